import { expect, type Locator, type Page } from '@playwright/test';
import type { Query } from './probust-page';

/** The lesson as a student uses it. */
export class LessonPage {
  readonly main: Locator;
  readonly heading: Locator;
  readonly point: Locator;
  readonly plane: Locator;
  readonly reveal: Locator;
  readonly score: Locator;
  readonly guesses: Locator;
  readonly gloss: Locator;
  readonly next: Locator;

  constructor(readonly page: Page) {
    this.main = page.getByRole('main');
    this.heading = this.main.getByRole('heading', { level: 2 });
    this.point = page.getByRole('slider', { name: /^The picture: drag it/ });
    this.plane = page.getByRole('group', { name: /^A plane of pictures with two pixels/ });
    this.reveal = page.getByRole('button', { name: 'Reveal' });
    this.score = page.locator('.guess-score');
    this.guesses = page.getByRole('slider', { name: /^Your guess at/ });
    this.gloss = page.getByRole('tooltip');
    this.next = page.locator('.lesson-next .primary');
  }

  async open(step: string, more: Query = {}, base = '/'): Promise<void> {
    const query = new URLSearchParams({ view: 'learn', step, ...more } as Record<string, string>);
    await this.page.goto(`${base}?${query}`);
    await expect(this.main).toHaveAttribute('data-step', step);
  }

  place(name: string): Locator {
    return this.page.getByRole('button', { name, exact: true });
  }

  /** The probability that an estimator states under the figure. */
  async probability(name: string): Promise<number> {
    const value = this.page.locator('.readouts > div').filter({ hasText: name }).locator('strong');
    await expect(value).toHaveText(/^0\.\d+|^> 1/);
    return Number.parseFloat((await value.innerText()).replace('> ', ''));
  }

  answer(text: string): Locator {
    return this.page.getByRole('radio', { name: text });
  }

  symbol(name: string): Locator {
    return this.page.locator(`.lesson-text button[data-symbol="${name}"]`).first();
  }
}
