/** A colour as any program that reads SVG understands it. */
export interface PlainColour {
  /** #rrggbb */
  readonly hex: string;
  /** In [0, 1]. */
  readonly opacity: number;
}

const known = new Map<string, PlainColour>();

/** @param css a computed colour, such as rgb(1 2 3 / 4%), color(srgb 0 0 0) or transparent. */
export function plainColour(css: string): PlainColour {
  let colour = known.get(css);
  if (colour === undefined) {
    colour = fromRgb(css) ?? painted(css);
    known.set(css, colour);
  }
  return colour;
}

const hexOf = (parts: readonly number[]): string =>
  `#${parts.map((part) => Math.round(part).toString(16).padStart(2, '0')).join('')}`;

function fromRgb(css: string): PlainColour | null {
  const parts = /^rgba?\(([^)]*)\)$/.exec(css)?.[1]?.split(/[\s,/]+/);
  if (parts === undefined) return null;
  const [r, g, b, opacity = 1] = parts.map(Number);
  if (r === undefined || g === undefined || b === undefined) return null;
  if (![r, g, b, opacity].every(Number.isFinite)) return null;
  return { hex: hexOf([r, g, b]), opacity };
}

/** Whatever else CSS can say of a colour: the browser paints it and reads it back. */
function painted(css: string): PlainColour {
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = 1;
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (context === null) return { hex: '#000000', opacity: 1 };
  context.fillStyle = css;
  context.fillRect(0, 0, 1, 1);
  const [r = 0, g = 0, b = 0, a = 0] = context.getImageData(0, 0, 1, 1).data;
  return { hex: hexOf([r, g, b]), opacity: a / 255 };
}

/** What a CSS colour, `var()` and `light-dark()` included, is within an element. */
export function resolvedColour(css: string, within: HTMLElement): PlainColour {
  const probe = document.createElement('span');
  probe.style.color = css;
  within.append(probe);
  const colour = plainColour(getComputedStyle(probe).color);
  probe.remove();
  return colour;
}
