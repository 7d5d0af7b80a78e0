/**
 * npm run icons
 * Draws public/icon.svg as the PNG files that the web app manifest lists, in the Chromium of the end-to-end tests.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { chromium } from '@playwright/test';
import { findChromium } from './support/find-chromium';
import { thisMachine } from './support/this-machine';

const PUBLIC = new URL('../public/', import.meta.url);
const BLUE = '#1d4fb8';
/** A maskable icon may be cut to a circle of four fifths of its width. */
const ICONS = [
  { name: 'icon-192.png', size: 192, inset: 0, ground: 'transparent' },
  { name: 'icon-512.png', size: 512, inset: 0, ground: 'transparent' },
  { name: 'icon-maskable-512.png', size: 512, inset: 0.12, ground: BLUE },
];

async function main(): Promise<void> {
  const svg = readFileSync(new URL('icon.svg', PUBLIC), 'utf8');
  const executablePath = await findChromium(thisMachine);
  const browser = await chromium.launch({ executablePath, chromiumSandbox: process.getuid?.() !== 0 });
  const page = await browser.newPage();
  for (const { name, size, inset, ground } of ICONS) {
    await page.setViewportSize({ width: size, height: size });
    await page.setContent(
      `<style>body{margin:0;background:${ground}}svg{position:absolute;inset:${100 * inset}%;width:${100 - 200 * inset}%}</style>${svg}`,
    );
    writeFileSync(new URL(name, PUBLIC), await page.screenshot({ omitBackground: ground === 'transparent' }));
  }
  await browser.close();
}

await main();
