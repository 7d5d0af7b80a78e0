import type { Page } from '@playwright/test';
import { expect, test } from './fixtures';
import { type ProbustPage, SMALL } from './pages/probust-page';

/** Some seconds of sampling. */
const LONG = { ...SMALL, model: 'mnist-cnn', estimators: 'taylor.mc', samples: 4096, threads: 1 };

const workerOf = (page: Page, name: string) =>
  page.workers().find((each) => each.url().includes(`${name}.worker`));

/** Ends a worker as a crash does: nobody is told. */
async function close(page: Page, name: string): Promise<void> {
  await workerOf(page, name)?.evaluate(() => self.close());
}

/** Has a worker never come to an end. */
function hang(page: Page, name: string): void {
  workerOf(page, name)
    ?.evaluate(() => {
      for (;;);
    })
    .catch(() => {});
}

async function numbers(probust: ProbustPage) {
  const { estimates } = await probust.readSweep();
  return Object.entries(estimates).map(([id, all]) => [
    id,
    all.map(({ p, lo, hi, evaluations }) => [p, lo, hi, evaluations]),
  ]);
}

/** Five seconds, and as long again for a machine that is busy. */
const NOTICED_MS = 10_000;
const RESTARTED = /^The engine stopped answering and was started anew\. What was running goes on\./;

for (const [what, lose] of [
  ['ends', close],
  ['hangs', hang],
] as const) {
  test(`an engine that ${what} in mid-sweep is started anew within seconds and finds the same`, async ({
    probust,
    page,
  }) => {
    test.setTimeout(300_000);
    await probust.openSwept(LONG);
    const undisturbed = await numbers(probust);
    await probust.open(LONG);
    await expect(probust.progress).toHaveAttribute('data-status', 'running', { timeout: 90_000 });
    await expect(probust.points('mc').first()).toBeVisible();
    await lose(page, 'engine');
    await expect(probust.alert).toHaveText(RESTARTED, { timeout: NOTICED_MS });
    await probust.waitForSweep();
    expect(await numbers(probust)).toEqual(undisturbed);
  });

  test(`an engine that ${what} while it has nothing to do answers the next sweep`, async ({
    probust,
    page,
  }) => {
    test.setTimeout(300_000);
    await probust.openSwept(SMALL);
    await lose(page, 'engine');
    await expect(probust.alert).toHaveText(RESTARTED, { timeout: NOTICED_MS });
    await probust.expectNewPicture(() => probust.sample('four-or-nine').click());
    await probust.waitForSweep();
  });
}

test('a part that reads pictures and ends is started anew', async ({ probust, page }) => {
  await probust.openSwept(SMALL);
  await close(page, 'image');
  await expect(probust.alert).toHaveText(/^The part that reads pictures stopped answering/, {
    timeout: NOTICED_MS,
  });
  await probust.expectNewPicture(() => probust.sample('four-or-nine').click());
  await probust.waitForSweep();
});
