import type { Locator, Page } from '@playwright/test';
import { ofSeries, type Series } from './probust-page';

/** What follows the cursor and the estimator that is pointed at, all over the page. */
export class LinkedViews {
  readonly convergence: Locator;

  constructor(readonly page: Page) {
    this.convergence = page.getByRole('img', { name: /^Each estimate at σ/ });
  }

  /** An estimator's way on the convergence chart. */
  way(estimator: string, series: Series = 'main'): Locator {
    return this.convergence.locator(`[data-part="way"]${ofSeries(series)}[data-series="${estimator}"]`);
  }

  /** Everything that stands for an estimator and is emphasised. */
  emphasised(): Locator {
    return this.page.locator('[data-highlighted]');
  }

  /** Ids of the estimators that stepped back on any chart. */
  async faded(): Promise<string[]> {
    const ids = await this.page
      .locator('[data-faded="true"]')
      .evaluateAll((all) => all.map((one) => (one as SVGElement).dataset.series ?? ''));
    return [...new Set(ids)].sort();
  }

  /** The label of an estimator's switch. */
  switchOf(estimator: string): Locator {
    return this.page.locator(`.switches label[data-series="${estimator}"]`);
  }

  readingRow(estimator: string): Locator {
    return this.page.locator(`.readout [data-series="${estimator}"]`);
  }

  axisMark(kind: 'adversary' | 'certified' | 'equivalent', series: Series = 'main'): Locator {
    return this.page.locator(`[data-mark="${kind}"]${ofSeries(series)}`);
  }

  /** One of the pictures of the worst case. */
  worstPicture(name: 'clean' | 'adversary' | 'noisy' | 'difference'): Locator {
    return this.page.locator(`[data-panel="worst"] [data-picture="${name}"]`);
  }
}
