import type { Locator, Page } from '@playwright/test';
import type { Series } from './probust-page';

/** What stands beside the shown curve: another model or another picture. */
export class Comparison {
  readonly button: Locator;
  readonly other: Locator;
  readonly sentence: Locator;
  readonly secondSentence: Locator;
  readonly readout: Locator;

  constructor(readonly page: Page) {
    this.button = page.getByRole('button', { name: /^(Ordinary against robust|Compare)$/ });
    this.other = page.getByRole('combobox', { name: 'Beside it' });
    this.sentence = page.getByTestId('compare-sentence');
    this.secondSentence = page.getByTestId('second-sentence');
    this.readout = page.getByTestId('readout');
  }

  /** The switch between a model and its robust relatives. */
  model(trait: string): Locator {
    const group = this.page.getByRole('group', { name: 'Ordinary or robust model' });
    return group.getByRole('radio', { name: trait, exact: true });
  }

  copies(series: Series): Locator {
    return this.page.locator(`[data-curve="${series}"]`).getByRole('img', { name: /noisy copies at radius/ });
  }

  /** How many of the hundred copies keep their class. */
  async kept(series: Series): Promise<number> {
    const label = (await this.copies(series).getAttribute('aria-label')) ?? '';
    return 100 - Number(/; (\d+) are called/.exec(label)?.[1]);
  }

  reading(series: Series, estimator: string): Locator {
    return this.readout.locator(`[data-curve="${series}"] [data-series="${estimator}"] dd b`);
  }

  async pinPicture(): Promise<void> {
    await this.other.selectOption({ label: 'Another picture' });
  }
}
