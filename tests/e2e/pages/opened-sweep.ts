import type { Locator } from '@playwright/test';
import type { PictureFile } from '../support/pictures';
import type { ProbustPage } from './probust-page';

/** A saved sweep that is looked at in place of the page's own. */
export class OpenedSweepView {
  readonly root: Locator;
  readonly from: Locator;
  readonly picture: Locator;
  readonly table: Locator;

  constructor(readonly probust: ProbustPage) {
    this.root = probust.page.getByTestId('opened');
    this.from = this.root.getByRole('status');
    this.picture = this.root.getByRole('img', { name: /^The picture that the sweep is of/ });
    this.table = this.root.getByRole('table');
  }

  points(estimator: string): Locator {
    return this.root.locator(`[data-part="points"][data-series="${estimator}"] circle`);
  }

  async choose(files: readonly PictureFile[]): Promise<void> {
    await this.probust.openPanel('export');
    const chooser = this.probust.page.waitForEvent('filechooser');
    await this.probust.page.getByRole('button', { name: 'Open a saved sweep…' }).click();
    await (await chooser).setFiles(
      files.map(({ name, type, bytes }) => ({ name, mimeType: type, buffer: bytes })),
    );
  }

  async close(): Promise<void> {
    await this.root.getByRole('button', { name: 'Back to the page' }).click();
  }
}
