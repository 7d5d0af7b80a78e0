/**
 * npm run bench:page -- [--loads 5] [--sweeps 50] [--write]
 * The built page as a visitor has it: script, time until it answers, time to the first curve, the longest task of the main
 * thread during a sweep, memory over many sweeps; on a desk and on a phone whose processor is four times slower. --write
 * puts that into docs/benchmarks.md.
 */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Browser, BrowserContext, Page } from '@playwright/test';
import { median } from 'd3';
import { loadedScriptBytes } from '../../scripts/support/page-scripts';
import { projectFolder } from '../../src/node/engine';
import { openBuiltPage } from '../support/built-page';
import { type Cleanup, runCommand } from '../support/cleanup';
import { environment } from '../support/environment';
import { table } from '../support/markdown';
import { today, writeSection } from '../support/section';
import { blockingTime, interactiveAt, longestTask, type Observed, observe } from './observe';

interface Profile {
  readonly name: string;
  readonly viewport: { readonly width: number; readonly height: number };
  /** How many times slower the processor is made. */
  readonly slower: number;
}

const PROFILES: readonly Profile[] = [
  { name: 'desk, 1440x900', viewport: { width: 1440, height: 900 }, slower: 1 },
  { name: 'phone, 390x844, processor 4 times slower', viewport: { width: 390, height: 844 }, slower: 4 },
];
const SAMPLES = '[data-sample]';
const DONE_MS = 240_000;
/** Memory is read after so many sweeps for the first time: caches fill and code is compiled. */
const FILLED = 10;

interface Visit {
  readonly script: number;
  readonly paint: number;
  readonly interactive: number;
  readonly curve: number;
  readonly loadBlocking: number;
  readonly sweepLongest: number;
  readonly sweepBlocking: number;
  readonly sweepMs: number;
}

const waitUntilSwept = (page: Page) =>
  page.waitForFunction(() => window.observed.swept > 0 && window.observed.curve !== null, null, {
    timeout: DONE_MS,
  });

async function newPage(
  browser: Browser,
  { viewport, slower }: Profile,
): Promise<{ context: BrowserContext; page: Page }> {
  const context = await browser.newContext({ viewport, serviceWorkers: 'block' });
  const page = await context.newPage();
  // tsx wraps named functions in a helper that the page does not have.
  await page.addInitScript('globalThis.__name = (named) => named');
  await page.addInitScript(observe);
  const session = await context.newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: slower });
  return { context, page };
}

/** Does what starts a sweep and waits for its end; returns when it was done, by the page's clock, and how long it took. */
async function sweepBy(page: Page, start: () => Promise<void>): Promise<{ from: number; ms: number }> {
  const [from, before] = await page.evaluate(() => [performance.now(), window.observed.swept] as const);
  await start();
  await page.waitForFunction((known) => window.observed.swept > known, before, { timeout: DONE_MS });
  return { from, ms: (await page.evaluate(() => performance.now())) - from };
}

const choose = (page: Page, index: number) => (): Promise<void> =>
  page.evaluate(({ selector, at }) => document.querySelectorAll<HTMLElement>(selector)[at]?.click(), {
    selector: SAMPLES,
    at: index,
  });

async function visit(browser: Browser, url: string, profile: Profile): Promise<Visit> {
  const { context, page } = await newPage(browser, profile);
  await page.goto(url);
  await waitUntilSwept(page);
  const loaded: Observed = await page.evaluate(() => window.observed);
  const urls = await page.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => name));
  const { from, ms } = await sweepBy(page, choose(page, 3));
  const { longTasks } = await page.evaluate(() => window.observed);
  const [interactive, { paint, curve }] = [interactiveAt(loaded), loaded];
  if (interactive === null || paint === null || curve === null)
    throw new Error('the page never drew a curve');
  await context.close();
  return {
    script: (await loadedScriptBytes(join(projectFolder, 'dist'), urls)).page,
    paint,
    interactive,
    curve,
    loadBlocking: blockingTime(loaded.longTasks.filter(({ start }) => start < curve)),
    sweepLongest: longestTask(longTasks, from),
    sweepBlocking: blockingTime(longTasks, from),
    sweepMs: ms,
  };
}

/** Bytes of the page and its workers, after a collection, after `FILLED` sweeps and after all of them. */
async function memoryOver(browser: Browser, url: string, sweeps: number): Promise<readonly [number, number]> {
  const { context, page } = await newPage(browser, PROFILES[0] as Profile);
  await page.goto(`${url}?radii=3&stop=fixed&samples=256`);
  await waitUntilSwept(page);
  const read = (): Promise<number> =>
    page.evaluate(async () => {
      const { bytes } = await (
        performance as unknown as { measureUserAgentSpecificMemory(): Promise<{ bytes: number }> }
      ).measureUserAgentSpecificMemory();
      return bytes;
    });
  const [samples, shown] = await page.evaluate((selector) => {
    const all = [...document.querySelectorAll(selector)];
    return [all.length, all.findIndex((sample) => sample.getAttribute('aria-pressed') === 'true')] as const;
  }, SAMPLES);
  const settings = page.locator('[data-panel="settings"]');
  await settings.locator('> summary').click();
  const seed = settings.getByRole('spinbutton', { name: 'Seed' });
  let [first, at] = [0, shown];
  for (let i = 1; i <= sweeps; i++) {
    // What is known is not computed again: once all samples were, the noise is another.
    if (i % samples === 0) {
      await sweepBy(page, async () => {
        await seed.fill(String(1 + i / samples));
        await seed.press('Enter');
      });
    } else {
      at = (at + 1) % samples;
      await sweepBy(page, choose(page, at));
    }
    if (i === Math.min(FILLED, sweeps - 1)) first = await read();
  }
  const last = await read();
  await context.close();
  return [first, last];
}

const ms = (value: number): string => `${Math.round(value)} ms`;
const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`;

function row(name: string, visits: readonly Visit[]): string[] {
  const middle = (of: (visit: Visit) => number): number => median(visits, of) as number;
  const worst = Math.max(...visits.map(({ sweepLongest }) => sweepLongest));
  return [
    name,
    `${(middle(({ script }) => script) / 1000).toFixed(0)} kB`,
    ms(middle(({ paint }) => paint)),
    ms(middle(({ interactive }) => interactive)),
    ms(middle(({ curve }) => curve)),
    ms(middle(({ loadBlocking }) => loadBlocking)),
    ms(middle(({ sweepMs }) => sweepMs)),
    worst === 0 ? 'under 50 ms' : ms(worst),
    ms(middle(({ sweepBlocking }) => sweepBlocking)),
  ];
}

async function main(cleanup: Cleanup): Promise<void> {
  const { values } = parseArgs({
    options: {
      loads: { type: 'string', default: '5' },
      sweeps: { type: 'string', default: '50' },
      write: { type: 'boolean', default: false },
    },
  });
  const [loads, sweeps] = [Number(values.loads), Number(values.sweeps)];
  if (!(Number.isSafeInteger(loads) && loads > 0 && Number.isSafeInteger(sweeps) && sweeps > 1)) {
    throw new Error('--loads takes a whole number above 0 and --sweeps one above 1.');
  }
  const { browser, modelsUrl } = await openBuiltPage(cleanup);
  const url = new URL('..', modelsUrl).href;
  const rows: string[][] = [];
  for (const profile of PROFILES) {
    const visits: Visit[] = [];
    for (let i = 0; i < loads; i++) visits.push(await visit(browser, url, profile));
    rows.push(row(profile.name, visits));
    console.error(rows.at(-1)?.join('; '));
  }
  const [first, last] = await memoryOver(browser, url, sweeps);
  const header = [
    '',
    'script, gzipped',
    'first paint',
    'interactive',
    'first curve',
    'blocking until then',
    'a sweep',
    'longest task in it (worst)',
    'blocking in it',
  ];
  const options = process.argv.slice(2).filter((each) => each !== '--write');
  const text = `\`${['npm run bench:page --', ...options, '--write'].join(' ')}\`, ${today()}, on ${environment(browser.version(), 'page alone')}.

Medians of ${loads} first visits without a cache, and of the sweep of another digit afterwards; served from this machine. Interactive: the controls are there and no long task holds them. Blocking: what tasks of the main thread took beyond 50 ms each.

${table(header, rows)}

Memory of page and workers: ${megabytes(first)} after ${Math.min(FILLED, sweeps - 1)} sweeps, ${megabytes(last)} after ${sweeps}.
`;
  console.log(text);
  if (values.write) await writeSection('The page', text);
}

await runCommand(main);
