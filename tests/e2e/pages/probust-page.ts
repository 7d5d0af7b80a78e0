import { readFile } from 'node:fs/promises';
import { expect, type Locator, type Page } from '@playwright/test';
import { parseSweepResult, type SweepResult } from '../../../src/results/sweep-result';
import type { PictureFile } from '../support/pictures';
import { dropFiles } from './drop';

export type Query = Readonly<Record<string, string | number>>;
export type PanelName =
  | 'worst'
  | 'classes'
  | 'landscape'
  | 'convergence'
  | 'table'
  | 'settings'
  | 'export'
  | 'help';
export type ExportKind = 'json' | 'csv' | 'npy';

/** The shown curve, or the one beside it. */
export type Series = 'main' | 'compared';

/** Selects what a chart draws of one of the two curves. */
export const ofSeries = (series: Series): string => `[data-compared="${series === 'compared'}"]`;

/** A sweep of which little is asked: three radii, 256 noisy copies each. */
export const SMALL = { radii: 3, stop: 'fixed', samples: 256 } as const;

/** The page as a person uses it. */
export class ProbustPage {
  readonly predicted: Locator;
  readonly sentence: Locator;
  readonly cursorEstimate: Locator;
  readonly status: Locator;
  readonly backend: Locator;
  readonly progress: Locator;
  readonly picture: Locator;
  readonly slider: Locator;
  readonly model: Locator;
  readonly chart: Locator;
  readonly copies: Locator;
  readonly alert: Locator;
  readonly table: Locator;
  readonly classBars: Locator;
  readonly gap: Locator;

  constructor(readonly page: Page) {
    this.predicted = page.getByTestId('predicted');
    this.sentence = page.getByTestId('sentence');
    this.cursorEstimate = page.getByTestId('cursor-estimate');
    this.status = page.getByTestId('status');
    this.backend = page.getByTestId('backend');
    this.progress = page.locator('[data-progress]');
    this.picture = page.getByRole('img', { name: /^The picture as the model sees it/ });
    this.slider = page.getByRole('slider', { name: /^Noise radius/ });
    this.model = page.getByRole('combobox', { name: 'Model', exact: true });
    this.chart = page.getByRole('img', { name: /^Probability that the prediction survives/ });
    this.copies = page.getByRole('img', { name: /noisy copies at radius/ });
    this.alert = page.getByRole('alert');
    this.table = page.getByRole('table');
    this.gap = page.locator('.gap-sentence');
    this.classBars = this.panel('classes').getByRole('listitem').getByRole('button');
  }

  async open(query: Query | string = {}): Promise<void> {
    const text =
      typeof query === 'string'
        ? query
        : new URLSearchParams(Object.entries(query).map(([name, value]) => [name, String(value)])).toString();
    await this.page.goto(`/?${text}`);
  }

  async openSwept(query: Query | string = {}): Promise<void> {
    await this.open(query);
    await this.waitForSweep();
  }

  async waitForSweep(): Promise<void> {
    await expect(this.progress).toHaveAttribute('data-status', 'done', { timeout: 90_000 });
    await expect(this.sentence).toBeVisible();
    await this.waitForCatchUp();
  }

  /** What is not in the window takes news in a little later. */
  async waitForCatchUp(): Promise<void> {
    await expect(this.page.locator('[aria-busy="true"]')).toHaveCount(0);
  }

  /** The worst case is computed after the sweep; its marks come onto the chart when it is known. */
  async waitForDistances(): Promise<void> {
    for (const name of ['adversary', 'certified'] as const) {
      await expect(this.distance(name).locator('b')).not.toHaveText('…');
    }
  }

  async waitForRunning(): Promise<void> {
    await expect(this.progress).toHaveAttribute('data-status', 'running');
  }

  async cancel(): Promise<void> {
    await this.page.getByRole('button', { name: 'Cancel' }).click();
  }

  line(estimator: string, series: Series = 'main'): Locator {
    return this.page.locator(`[data-part="line"]${ofSeries(series)}[data-series="${estimator}"]`);
  }

  points(estimator: string, series: Series = 'main'): Locator {
    return this.page.locator(`[data-part="points"]${ofSeries(series)}[data-series="${estimator}"] circle`);
  }

  /** One of the numbers beside the curve: the worst case and its average counterparts. */
  distance(name: 'adversary' | 'certified' | 'equivalent' | 'nines'): Locator {
    return this.page.locator(`[data-distance="${name}"]`);
  }

  /** The marks of an analytical estimator on the class bars. */
  classMarks(estimator: string): Locator {
    return this.panel('classes').locator(`[data-part="mark"][data-series="${estimator}"]`);
  }

  sample(id: string): Locator {
    return this.page.locator(`[data-sample="${id}"]`);
  }

  estimator(id: string): Locator {
    return this.page.locator(`[data-estimator="${id}"]`);
  }

  /** Switches an estimator on, unfolding those that are off at first. */
  async switchOn(id: string): Promise<void> {
    const fold = this.page.locator('.switches details');
    const isFolded = (await fold.locator(`[data-estimator="${id}"]`).count()) > 0;
    if (isFolded && (await fold.getAttribute('open')) === null) await fold.locator('summary').click();
    await this.estimator(id).check();
  }

  /** One of the segmented controls, such as Theme, Scale or the sources of a picture. */
  choice(group: string, option: string): Locator {
    return this.page.getByRole('group', { name: group }).getByRole('radio', { name: option, exact: true });
  }

  panel(name: PanelName): Locator {
    return this.page.locator(`[data-panel="${name}"]`);
  }

  async openPanel(name: PanelName): Promise<void> {
    const panel = this.panel(name);
    if ((await panel.getAttribute('open')) === null) await panel.locator('> summary').click();
  }

  field(label: string): Locator {
    return this.panel('settings').getByRole('spinbutton', { name: label });
  }

  async setField(label: string, value: number): Promise<void> {
    await this.openPanel('settings');
    await this.field(label).fill(String(value));
    await this.field(label).press('Enter');
  }

  async drop(file: PictureFile): Promise<void> {
    await dropFiles(this.page, [file]);
  }

  /** Does what brings a picture and waits until the model sees another one than before. */
  async expectNewPicture(bring: () => Promise<void>): Promise<void> {
    const before = (await this.picture.getAttribute('src')) ?? '';
    await bring();
    await expect(this.picture).not.toHaveAttribute('src', before);
  }

  async choose({ name, type, bytes }: PictureFile): Promise<void> {
    await this.choice('Where the picture comes from', 'Your file').check();
    const chooser = this.page.waitForEvent('filechooser');
    await this.page.locator('button', { hasText: 'Choose a picture' }).click();
    await (await chooser).setFiles({ name, mimeType: type, buffer: bytes });
  }

  async paste({ name, type, bytes }: PictureFile): Promise<void> {
    await this.page.evaluate(
      ({ name, type, base64 }) => {
        const content = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
        const clipboardData = new DataTransfer();
        clipboardData.items.add(new File([content], name, { type }));
        document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true }));
      },
      { name, type, base64: bytes.toString('base64') },
    );
  }

  async readExport(kind: ExportKind, series: Series = 'main'): Promise<Buffer> {
    await this.openPanel('export');
    const download = this.page.waitForEvent('download');
    const ofSeries =
      series === 'compared' ? this.panel('export').locator('[data-curve="compared"]') : this.panel('export');
    await ofSeries.locator(`[data-export="${kind}"]`).first().click();
    return readFile(await (await download).path());
  }

  async readSweep(series: Series = 'main'): Promise<SweepResult> {
    return parseSweepResult((await this.readExport('json', series)).toString('utf8'));
  }
}

/** A sweep without the times it took, which no two runs share. */
export function withoutTimes(sweep: SweepResult): SweepResult {
  const estimates = Object.entries(sweep.estimates).map(([id, rows]) => [
    id,
    rows.map((row) => ({ ...row, ms: 0 })),
  ]);
  return { ...sweep, estimates: Object.fromEntries(estimates) };
}
