import { readFile } from 'node:fs/promises';
import type { Locator, Page } from '@playwright/test';

export type FigureKind = 'svg' | 'png';
export type FigureTheme = 'Light' | 'Dark';

/** A chart that can be saved. */
export class Figure {
  readonly root: Locator;
  readonly button: Locator;
  readonly menu: Locator;

  constructor(
    readonly page: Page,
    name: string,
  ) {
    this.root = page.locator(`[data-figure="${name}"]`);
    this.button = this.root.getByRole('button', { name: /^Save chart:/ });
    this.menu = this.root.getByRole('dialog');
  }

  async openMenu(): Promise<void> {
    await this.button.click();
  }

  async save(kind: FigureKind, theme: FigureTheme): Promise<{ name: string; bytes: Buffer }> {
    await this.openMenu();
    await this.menu.getByRole('radio', { name: theme }).check();
    const download = this.page.waitForEvent('download');
    await this.menu.locator(`[data-save="${kind}"]`).click();
    const saved = await download;
    return { name: saved.suggestedFilename(), bytes: await readFile(await saved.path()) };
  }
}
