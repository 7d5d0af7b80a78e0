import type { Page } from '@playwright/test';
import { PNG } from 'pngjs';

/** A rendered picture by its pixels. */
export class Drawn {
  readonly #png: PNG;

  constructor(bytes: Buffer) {
    this.#png = PNG.sync.read(bytes);
  }

  get size(): readonly [number, number] {
    return [this.#png.width, this.#png.height];
  }

  /** #rrggbb */
  colour(x: number, y: number): string {
    return `#${this.#png.data.subarray(4 * (y * this.#png.width + x), 4 * (y * this.#png.width + x) + 3).toString('hex')}`;
  }

  /** The colours along the edge, each once. What is cut off there shows. */
  edge(): string[] {
    const [width, height] = this.size;
    const found = new Set<string>();
    for (let x = 0; x < width; x++)
      for (const y of [0, 1, height - 2, height - 1]) found.add(this.colour(x, y));
    for (let y = 0; y < height; y++)
      for (const x of [0, 1, width - 2, width - 1]) found.add(this.colour(x, y));
    return [...found];
  }

  /** How many colours there are within. */
  colours(): number {
    const found = new Set<string>();
    const [width, height] = this.size;
    for (let y = 0; y < height; y += 3) for (let x = 0; x < width; x += 3) found.add(this.colour(x, y));
    return found.size;
  }
}

/** What another program makes of an SVG file: shown as a picture, on a page that has none of Probust's styles. */
export async function renderAlone(page: Page, svg: Buffer): Promise<Drawn> {
  await page.goto('about:blank');
  await page.setContent(
    `<body style="margin: 0; background: #ff00ff"><img src="data:image/svg+xml;base64,${svg.toString('base64')}" style="display: block">`,
  );
  return new Drawn(await page.locator('img').screenshot());
}

export interface Drawing {
  readonly viewBox: string | null;
  readonly fontFamily: string | null;
  readonly title: string;
  readonly description: string;
  readonly texts: readonly { readonly text: string; readonly fill: string; readonly isOver: boolean }[];
  /** Attributes that need something from elsewhere. */
  readonly needs: readonly string[];
}

/** The file as its markup says. Throws if it is not well-formed. */
export function readDrawing(page: Page, svg: Buffer): Promise<Drawing> {
  return page.evaluate((text) => {
    const parsed = new DOMParser().parseFromString(text, 'image/svg+xml');
    const error = parsed.querySelector('parsererror');
    if (error !== null) throw new Error(error.textContent ?? 'not well-formed');
    document.body.replaceChildren(document.importNode(parsed.documentElement, true));
    const root = document.body.firstElementChild as SVGSVGElement;
    const frame = root.getBoundingClientRect();
    const elements = [...root.querySelectorAll('*')];
    const isOutside = (value: string) =>
      /var\(|url\((?!["']?#)|light-dark|currentcolor/i.test(value) || /^(https?:)?\/\//.test(value);
    return {
      viewBox: root.getAttribute('viewBox'),
      fontFamily: root.getAttribute('font-family'),
      title: root.querySelector('title')?.textContent ?? '',
      description: root.querySelector('desc')?.textContent ?? '',
      texts: elements
        .filter((element) => element.tagName === 'text')
        .map((element) => {
          const box = element.getBoundingClientRect();
          const isOver =
            box.left < frame.left ||
            box.right > frame.right ||
            box.top < frame.top ||
            box.bottom > frame.bottom;
          return { text: element.textContent ?? '', fill: getComputedStyle(element).fill, isOver };
        }),
      needs: elements.flatMap((element) =>
        [...element.attributes]
          .filter(({ name, value }) => name === 'class' || name === 'style' || isOutside(value))
          .map(({ name, value }) => `${element.tagName} ${name}=${value.slice(0, 60)}`),
      ),
    };
  }, svg.toString('utf8'));
}

/** WCAG contrast of two colours. @param colour rgb(r, g, b) @param ground #rrggbb */
export function contrast(colour: string, ground: string): number {
  const luminance = (parts: readonly number[]): number => {
    const [r = 0, g = 0, b = 0] = parts.map((part) => {
      const value = part / 255;
      return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const one = luminance((colour.match(/[\d.]+/g) ?? []).map(Number));
  const other = luminance([1, 3, 5].map((at) => Number.parseInt(ground.slice(at, at + 2), 16)));
  return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
}
