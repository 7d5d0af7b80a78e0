import type { Page } from '@playwright/test';
import { colourModel } from '../../support/colour-model';

/** Adds the model of colours to those that the page is offered, as `colours`. */
export async function offerColourModel(page: Page): Promise<void> {
  const files = colourModel();
  await page.route('**/models/index.json', async (route) => {
    const index = await (await route.fetch()).json();
    const entry = { id: 'colours', name: 'Colours', summary: 'Made by a test.', dataset: 'CIFAR-10' };
    await route.fulfill({ json: { ...index, models: [...index.models, entry] } });
  });
  await page.route('**/models/colours/*', (route) => {
    const path = new URL(route.request().url()).pathname.split('/').at(-1);
    const body = files.find((file) => file.path === path)?.bytes;
    return body === undefined
      ? route.fulfill({ status: 404 })
      : route.fulfill({ body, contentType: 'application/octet-stream' });
  });
}
