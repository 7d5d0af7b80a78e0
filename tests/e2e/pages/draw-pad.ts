import { expect, type Locator, type Page } from '@playwright/test';
import type { Point } from '../support/pictures';

/** The pad on which digits are drawn. Strokes are given in a unit box and fill the middle of it. */
export class DrawPad {
  readonly canvas: Locator;

  constructor(readonly page: Page) {
    this.canvas = page.getByLabel('Draw a digit here with mouse, pen or finger');
  }

  async open(): Promise<void> {
    await this.page.getByRole('radio', { name: 'Draw' }).check();
    await expect(this.canvas).toBeVisible();
  }

  async drawWithMouse(stroke: readonly Point[]): Promise<void> {
    const { mouse } = this.page;
    const [first, ...rest] = await this.#onScreen(stroke);
    if (first === undefined) return;
    await mouse.move(...first);
    await mouse.down();
    for (const point of rest) await mouse.move(...point, { steps: 4 });
    await mouse.up();
  }

  async drawWithFinger(stroke: readonly Point[]): Promise<void> {
    const devtools = await this.page.context().newCDPSession(this.page);
    const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', points: readonly Point[]) =>
      devtools.send('Input.dispatchTouchEvent', { type, touchPoints: points.map(([x, y]) => ({ x, y })) });
    const path = (await this.#onScreen(stroke)).flatMap((point, i, all) => between(all[i - 1], point));
    for (const [i, point] of path.entries()) await touch(i === 0 ? 'touchStart' : 'touchMove', [point]);
    await touch('touchEnd', []);
    await devtools.detach();
  }

  async undo(): Promise<void> {
    await this.page.getByRole('button', { name: 'Undo' }).click();
  }

  async clear(): Promise<void> {
    await this.page.getByRole('button', { name: 'Clear' }).click();
  }

  /** What is drawn, as an image's address. */
  async content(): Promise<string> {
    return this.canvas.evaluate((canvas) => (canvas as HTMLCanvasElement).toDataURL());
  }

  async #onScreen(stroke: readonly Point[]): Promise<[x: number, y: number][]> {
    await this.canvas.scrollIntoViewIfNeeded();
    const box = await this.canvas.boundingBox();
    if (box === null) throw new Error('the pad is not on the screen');
    return stroke.map(([x, y]) => [
      box.x + (0.25 + 0.6 * x) * box.width,
      box.y + (0.2 + 0.6 * y) * box.height,
    ]);
  }
}

/** The point, after three on the way from the one before. */
function between(from: Point | undefined, to: Point): Point[] {
  if (from === undefined) return [to];
  return [0.25, 0.5, 0.75, 1].map((t) => [from[0] + t * (to[0] - from[0]), from[1] + t * (to[1] - from[1])]);
}
