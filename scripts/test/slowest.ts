import * as v from 'valibot';

/** A test and the time that it took. */
export interface Timed {
  readonly name: string;
  readonly seconds: number;
}

/** The part of Vitest's JSON report that is read here; durations in milliseconds. */
const unitReportSchema = v.object({
  testResults: v.array(
    v.object({
      name: v.string(),
      assertionResults: v.array(v.object({ fullName: v.string(), duration: v.nullish(v.number()) })),
    }),
  ),
});

const specSchema = v.object({
  title: v.string(),
  file: v.string(),
  tests: v.array(v.object({ results: v.array(v.object({ duration: v.number() })) })),
});

interface Suite {
  readonly specs: readonly v.InferOutput<typeof specSchema>[];
  readonly suites?: readonly Suite[] | undefined;
}

/** A file of Playwright's JSON report, with the groups in it. */
const suiteSchema: v.GenericSchema<unknown, Suite> = v.object({
  specs: v.array(specSchema),
  suites: v.optional(v.array(v.lazy(() => suiteSchema))),
});

const browserReportSchema = v.object({ suites: v.array(suiteSchema) });

/** @throws ValiError for what is no report of Vitest. */
export function unitTimes(report: unknown, root: string): Timed[] {
  return v.parse(unitReportSchema, report).testResults.flatMap(({ name, assertionResults }) =>
    assertionResults.map(({ fullName, duration }) => ({
      name: `${name.replace(`${root}/`, '')}: ${fullName}`,
      seconds: (duration ?? 0) / 1000,
    })),
  );
}

/** @throws ValiError for what is no report of Playwright. */
export function browserTimes(report: unknown): Timed[] {
  const specsOf = ({ specs, suites = [] }: Suite): Suite['specs'][number][] => [
    ...specs,
    ...suites.flatMap(specsOf),
  ];
  return v.parse(browserReportSchema, report).suites.flatMap((suite) =>
    specsOf(suite).map(({ file, title, tests }) => ({
      name: `${file}: ${title}`,
      seconds:
        tests.flatMap(({ results }) => results).reduce((sum, { duration }) => sum + duration, 0) / 1000,
    })),
  );
}

/** The `count` tests that took longest, the longest first. */
export const slowest = (times: readonly Timed[], count: number): Timed[] =>
  times.toSorted((a, b) => b.seconds - a.seconds).slice(0, count);
