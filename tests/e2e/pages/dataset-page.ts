import { readFile } from 'node:fs/promises';
import { expect, type Locator, type Page } from '@playwright/test';
import { type DatasetTable, fromDatasetCsv, fromDatasetParquet } from '../../../src/dataset';

export interface GivenFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** The view of whole data sets as a person uses it. */
export class DatasetPage {
  readonly status: Locator;
  readonly progress: Locator;
  readonly data: Locator;
  readonly alert: Locator;
  readonly run: Locator;
  readonly images: Locator;

  constructor(readonly page: Page) {
    this.status = page.getByTestId('dataset-status');
    this.progress = page.locator('[data-progress]');
    this.data = page.getByTestId('dataset-data');
    this.alert = page.locator('[role="alert"]').first();
    this.run = page.getByRole('button', { name: /^Run/ });
    this.images = page.locator('[data-image]');
  }

  async open(query: Readonly<Record<string, string | number>> = {}): Promise<void> {
    const parameters = new URLSearchParams({ view: 'data' });
    for (const [name, value] of Object.entries(query)) parameters.set(name, String(value));
    await this.page.goto(`/?${parameters}`);
    await expect(this.page.getByRole('button', { name: 'Files…' })).toBeEnabled();
  }

  async give(...files: readonly GivenFile[]): Promise<void> {
    await this.page.getByTestId('dataset-files').setInputFiles(
      files.map(({ name, bytes }) => ({
        name,
        mimeType: 'application/octet-stream',
        buffer: Buffer.from(bytes),
      })),
    );
  }

  async useSet(name: string): Promise<void> {
    await this.page.locator(`[data-set="${name}"]`).click();
    await expect(this.data).toBeVisible();
  }

  async setRadii(text: string): Promise<void> {
    await this.page.getByLabel('Radii σ, with commas').fill(text);
  }

  async choose(label: 'Model' | 'Beside it' | 'Estimator', option: string): Promise<void> {
    const select = this.page.getByLabel(label, { exact: true });
    await select.selectOption(option);
    // A model is chosen once it is loaded.
    await expect(select).toHaveValue(option);
  }

  async waitUntilDone(): Promise<void> {
    await expect(this.progress).toHaveAttribute('data-status', 'done', { timeout: 90_000 });
  }

  async readRows(model: string, format: 'csv' | 'parquet' = 'csv'): Promise<DatasetTable> {
    const waiting = this.page.waitForEvent('download');
    await this.page.locator(`[data-rows="${format}-${model}"]`).click();
    const path = await (await waiting).path();
    return format === 'csv'
      ? fromDatasetCsv(await readFile(path, 'utf8'), path)
      : fromDatasetParquet(await readFile(path), path);
  }
}
