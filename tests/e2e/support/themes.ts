import { expect } from '@playwright/test';
import type { ProbustPage } from '../pages/probust-page';
import { violations } from './accessibility';

/** Does something in light and then in dark, by the page's own switch. */
export async function inBothThemes(
  probust: ProbustPage,
  run: (theme: string) => Promise<void>,
): Promise<void> {
  for (const theme of ['Light', 'Dark']) {
    await probust.choice('Theme', theme).check({ force: true });
    await expect(probust.page.locator('html')).toHaveAttribute('data-theme', theme.toLowerCase());
    await run(theme);
  }
}

/** That nothing on the page is a serious barrier, in light and in dark. */
export const expectNoBarrier = (probust: ProbustPage, state: string): Promise<void> =>
  inBothThemes(probust, async (theme) => {
    const what = theme === 'Light' ? 'everything' : 'colours';
    expect(await violations(probust.page, what), `${state}, ${theme}`).toEqual([]);
  });
