import { appendFileSync } from 'node:fs';
import { test as base, expect } from '@playwright/test';
import { Comparison } from './pages/comparison';
import { LinkedViews } from './pages/linked-views';
import { ProbustPage } from './pages/probust-page';
import { REQUEST_LOG } from './support/request-log';

export { expect } from '@playwright/test';

interface Fixtures {
  readonly probust: ProbustPage;
  readonly comparison: Comparison;
  readonly views: LinkedViews;
  /** Every address that was asked for, workers included. */
  readonly requests: readonly string[];
  /** The test provokes what the browser refuses, and looks at requests and errors itself. */
  readonly provokes: boolean;
}

/** Tests start with a page that is watched: no request may leave the origin and no error may reach the console. */
export const test = base.extend<Fixtures>({
  provokes: [false, { option: true }],
  requests: [
    async ({ context, provokes }, use) => {
      const requests: string[] = [];
      const errors: string[] = [];
      context.on('request', (request) => requests.push(request.url()));
      context.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
      context.on('weberror', (error) => errors.push(String(error.error())));
      await use(requests);
      if (provokes) return;
      // The first request is for the page itself.
      const { origin } = new URL(requests[0] ?? 'about:blank');
      const lines = requests.map((url) => JSON.stringify({ url, origin, test: base.info().title }));
      if (lines.length > 0) appendFileSync(REQUEST_LOG, `${lines.join('\n')}\n`);
      const local = (url: string) => /^(blob|data):/.test(url) || new URL(url).origin === origin;
      expect(requests.filter((url) => !local(url))).toEqual([]);
      expect(errors).toEqual([]);
    },
    { auto: true },
  ],
  probust: async ({ page }, use) => use(new ProbustPage(page)),
  views: async ({ page }, use) => use(new LinkedViews(page)),
  comparison: async ({ page }, use) => use(new Comparison(page)),
});
