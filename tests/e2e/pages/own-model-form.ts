import type { Locator, Page } from '@playwright/test';
import type { SavedFile } from '../../support/own-models';
import { dropFiles, dropFolder } from './drop';

/** The dialog that asks what the files of a model do not say. */
export class OwnModelPage {
  readonly dialog: Locator;
  readonly problem: Locator;

  constructor(readonly page: Page) {
    this.dialog = page.getByRole('dialog');
    this.problem = this.dialog.getByRole('alert');
  }

  /** Drops the files of a model as a hand would. */
  drop(files: readonly SavedFile[]): Promise<void> {
    return dropFiles(
      this.page,
      files.map(({ path, bytes }) => ({ name: path, bytes })),
    );
  }

  dropFolder(files: readonly SavedFile[]): Promise<void> {
    return dropFolder(
      this.page,
      files.map(({ path, bytes }) => ({ name: path, bytes })),
    );
  }

  async choose(files: readonly SavedFile[]): Promise<void> {
    const chosen = files.map(({ path, bytes }) => ({
      name: path,
      mimeType: 'application/octet-stream',
      buffer: Buffer.from(bytes),
    }));
    await this.page.getByTestId('own-model-files').setInputFiles(chosen);
  }

  field(label: string): Locator {
    return this.dialog.getByLabel(label, { exact: true });
  }

  labels(): Locator {
    return this.dialog.getByRole('textbox', { name: /^Labels/ });
  }

  async press(button: 'Probe it' | 'Save' | 'Cancel' | 'Remove from this browser'): Promise<void> {
    await this.dialog.getByRole('button', { name: button }).click();
  }
}
