import { test as base, expect } from '@playwright/test';
import { Comparison } from './pages/comparison';
import { LinkedViews } from './pages/linked-views';
import { ProbustPage } from './pages/probust-page';

export { expect } from '@playwright/test';

interface Fixtures {
  readonly probust: ProbustPage;
  readonly comparison: Comparison;
  readonly views: LinkedViews;
  /** Every address that was asked for, workers included. */
  readonly requests: readonly string[];
}

/** Tests start with a page that is watched: no request may leave the origin and no error may reach the console. */
export const test = base.extend<Fixtures>({
  requests: [
    async ({ context }, use) => {
      const requests: string[] = [];
      const errors: string[] = [];
      context.on('request', (request) => requests.push(request.url()));
      context.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
      context.on('weberror', (error) => errors.push(String(error.error())));
      await use(requests);
      // The first request is for the page itself.
      const { origin } = new URL(requests[0] ?? 'about:blank');
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
