import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EXIT } from '../../../src/cli/errors';
import { projectFolder } from '../../../src/node/project';
import { runCli } from '../../support/cli';

const FIXTURE = join(projectFolder, 'tests', 'fixtures', 'mvn-cdf.json');

interface Known {
  readonly id: string;
  readonly kind: string;
  readonly p: number;
  readonly logp: number;
  readonly absTol: number;
}

interface Row {
  readonly id: string;
  readonly p: number;
  readonly logP: number | null;
  readonly stdErr: number;
}

const cdf = (problems: unknown, ...options: string[]) =>
  runCli(['cdf', '-', ...options], {
    stdin: typeof problems === 'string' ? problems : JSON.stringify(problems),
  });

const rowsOf = (out: string): Row[] => JSON.parse(out) as Row[];

describe('cdf', () => {
  it('answers the known problems within their tolerances, by default', async () => {
    const { problems } = JSON.parse(await readFile(FIXTURE, 'utf8')) as { problems: Known[] };
    const { code, out, err } = await runCli(['cdf', FIXTURE, '--json']);
    expect([code, err]).toEqual([EXIT.ok, '']);
    const rows = rowsOf(out);
    expect(rows.map(({ id }) => id)).toEqual(problems.map(({ id }) => id));
    for (const [i, { id, kind, p, logp, absTol }] of problems.entries()) {
      const row = rows[i] as Row;
      expect(Object.keys(row)).toEqual(['id', 'p', 'logP', 'stdErr']);
      if (kind === 'tail') expect(Math.abs((row.logP as number) - logp), id).toBeLessThanOrEqual(0.02);
      else expect(Math.abs(row.p - p), id).toBeLessThanOrEqual(absTol);
    }
  });

  it('prints the same rows as an array, as lines and as a table', async () => {
    const problems = [
      { id: 'a', z: [0], R: [[1]] },
      { z: [0, 0, 0], oneFactor: [0.7, 0.7, 0.7] },
    ];
    const array = rowsOf((await cdf({ problems }, '--json')).out);
    const lines = (await cdf(problems, '--json-lines')).out.trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line))).toEqual(array);
    expect(array.map(({ id, p }) => [id, p > 0.2])).toEqual([
      ['a', true],
      ['1', true],
    ]);
    const table = (await cdf(problems)).out.trimEnd().split('\n');
    expect(table.map((line) => line.split('\t').slice(0, 2))).toEqual([
      ['id', 'p'],
      ...array.map(({ id, p }) => [id, String(p)]),
    ]);
  });

  it('is more precise where that is asked for', async () => {
    const orthant = [{ z: [0, 0, 0, 0], oneFactor: new Array(4).fill(Math.SQRT1_2) }];
    const [row] = rowsOf(
      (await cdf(orthant, '--json', '--tolerance', '1e-6', '--max-points', '2000000')).out,
    );
    expect(row?.stdErr).toBeLessThanOrEqual(1e-6);
    expect(Math.abs((row?.p ?? 0) - 0.2)).toBeLessThan(5e-6);
  });

  it('takes infinite limits', async () => {
    const { out } = await cdf('[{"z":[1e999,0],"R":[[1,0],[0,1]]},{"z":[-1e999],"R":[[1]]}]', '--json');
    expect(rowsOf(out).map(({ p, logP }) => [p, logP === null])).toEqual([
      [0.5, false],
      [0, true],
    ]);
  });

  it.each([
    ['no JSON', 'z = 1', 'stdin'],
    ['no problems', '{"z": [1]}', 'problems'],
    ['no limits', '[{"R": [[1]]}]', 'z'],
    ['a limit that is no number', '[{"z": ["1"], "R": [[1]]}]', 'z.0'],
    ['no matrix', '[{"z": [1]}]', 'oneFactor'],
    ['a matrix of another size', '[{"id": "q", "z": [1, 2], "R": [[1]]}]', '“q”'],
    [
      'no correlation matrix',
      '[{"id": "q", "z": [0, 0, 0], "R": [[1,0.9,-0.9],[0.9,1,0.9],[-0.9,0.9,1]]}]',
      '“q”',
    ],
  ])('refuses %s in a sentence that names the place', async (_what, text, place) => {
    const { code, out, err } = await cdf(text);
    expect([code, out]).toEqual([EXIT.input, '']);
    expect(err).toMatch(/^probust: [^\n]+\n$/);
    expect(err).toContain(place);
  });

  it('answers any JSON with rows or with code 3', async () => {
    await fc.assert(
      fc.asyncProperty(fc.json(), async (text) => {
        const { code, out } = await cdf(text, '--json');
        if (code === EXIT.ok) expect(rowsOf(out)).toEqual([]);
        else expect([code, out]).toEqual([EXIT.input, '']);
      }),
      { seed: 1 },
    );
  });

  it('refuses both forms at once', async () => {
    expect((await cdf([], '--json', '--json-lines')).code).toBe(EXIT.usage);
  });
});
