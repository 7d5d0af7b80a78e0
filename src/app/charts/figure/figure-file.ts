import { strings } from '../../strings';
import { resolvedColour } from './colours';
import { drawFigure } from './draw-figure';
import { rounded, SVG, svgElement } from './svg';

/** All that a figure needs to be understood away from the page. */
export interface FigureWords {
  /** Beginning of the file's name. */
  readonly fileName: string;
  readonly title: string;
  readonly legend: readonly {
    readonly name: string;
    /** In CSS. */
    readonly colour: string;
    readonly sampled: boolean;
    /** Hollow points and dashed lines, as charts draw the second of two curves. */
    readonly isCompared?: boolean | undefined;
  }[];
  /** Under the figure, each in lines of its own. */
  readonly caption: readonly string[];
  /** For those who do not see it, and whoever opens the file as text. */
  readonly description: string;
}

export type FigureTheme = 'light' | 'dark';

/** A PNG as a data URL, and its size on the page. */
export interface FigurePicture {
  readonly href: string;
  readonly width: number;
  readonly height: number;
}

export interface FigureFile {
  readonly text: string;
  readonly width: number;
  readonly height: number;
}

const MARGIN = 18;
const SIZES = { title: 16, legend: 12, caption: 11 } as const;
const LINE = 1.4;
/** Narrower figures leave no room for their words. */
const LEAST_WIDTH = 420;
/** Words take this share of the width, since the letters of another program may be wider. */
const SPARE = 0.86;
const SWATCH = 16;

/**
 * What a figure of the page shows as an SVG file that stands alone: with title, key and caption, on a ground of its own,
 * in the colours of either theme whatever the page shows, and with nothing beyond its edge.
 * @param picture for what draws itself in other ways, shown in the place of the element
 */
export function figureFile(
  element: HTMLElement,
  words: FigureWords,
  theme: FigureTheme,
  picture?: FigurePicture,
): FigureFile {
  // Only while it is drawn, and nothing is painted meanwhile: see styles/tokens.css.
  element.dataset.figureTheme = theme;
  try {
    const colour = (css: string): string => resolvedColour(css, element).hex;
    const content = picture === undefined ? drawFigure(element) : pictureOf(picture);
    const svg = svgElement('svg', {
      'font-family': getComputedStyle(element).fontFamily,
      'font-size': SIZES.legend,
      fill: colour('var(--ink)'),
    });
    return composed(svg, content, words, colour);
  } finally {
    delete element.dataset.figureTheme;
  }
}

function pictureOf({ href, width, height }: FigurePicture): SVGGElement {
  const group = svgElement('g');
  group.append(svgElement('image', { href, x: 0, y: 0, width, height }));
  return group;
}

/** Lays the parts out under each other, measured where the browser draws them. */
function composed(
  svg: SVGSVGElement,
  content: SVGGElement,
  words: FigureWords,
  colour: (css: string) => string,
): FigureFile {
  // Measured out of sight. Sizes come from attributes alone, so the page's styles change none of them.
  const bench = document.createElement('div');
  bench.style.cssText =
    'position: absolute; left: -99999px; top: 0; width: 1px; height: 1px; overflow: hidden';
  document.body.append(bench);
  try {
    bench.append(svg);
    const named = Object.assign(svgElement('title'), { textContent: words.title });
    const described = Object.assign(svgElement('desc'), { textContent: words.description });
    const ground = svgElement('rect', { fill: colour('var(--card)') });
    // Text whose colour the page inherits is black without a fill of its own.
    content.setAttribute('fill', '#000000');
    svg.append(named, described, ground, content);
    const box = content.getBBox();
    const width = Math.max(LEAST_WIDTH, Math.ceil(box.width) + 2 * MARGIN);
    const room = SPARE * (width - 2 * MARGIN);

    let y = MARGIN;
    const addLines = (text: string, size: number, attributes: Readonly<Record<string, string>>): void => {
      for (const line of wrapped(svg, text, size, attributes, room)) {
        y += size;
        line.setAttribute('x', String(MARGIN));
        line.setAttribute('y', String(rounded(y)));
        y += (LINE - 1) * size;
      }
    };
    addLines(words.title, SIZES.title, { 'font-weight': '650' });
    if (words.legend.length > 0) y = addLegend(svg, words.legend, y + 6, room, colour);
    y += 8;
    content.setAttribute('transform', `translate(${rounded(MARGIN - box.x)} ${rounded(y - box.y)})`);
    y += box.height + 12;
    for (const line of words.caption) addLines(line, SIZES.caption, { fill: colour('var(--soft-ink)') });
    const height = Math.ceil(y + MARGIN - 4);
    for (const target of [svg, ground]) {
      target.setAttribute('width', String(width));
      target.setAttribute('height', String(height));
    }
    svg.setAttribute('viewBox', `0 0 ${width} ${height}`);
    svg.setAttribute('xmlns', SVG);
    svg.setAttribute('role', 'img');
    const text = `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(svg)}\n`;
    return { text, width, height };
  } finally {
    bench.remove();
  }
}

/** The text in as many lines as it needs, added to the drawing. */
function wrapped(
  svg: SVGSVGElement,
  text: string,
  size: number,
  attributes: Readonly<Record<string, string>>,
  room: number,
): SVGTextElement[] {
  const made: SVGTextElement[] = [];
  const begin = (): SVGTextElement => {
    const line = svgElement('text', { 'font-size': size, ...attributes });
    svg.append(line);
    made.push(line);
    return line;
  };
  let line = begin();
  for (const word of text.split(' ')) {
    const before = line.textContent ?? '';
    line.textContent = before === '' ? word : `${before} ${word}`;
    if (before === '' || line.getComputedTextLength() <= room) continue;
    line.textContent = before;
    line = begin();
    line.textContent = word;
  }
  return made;
}

/** A key of lines and points with their names; returns where it ends. */
function addLegend(
  svg: SVGSVGElement,
  legend: FigureWords['legend'],
  top: number,
  room: number,
  colour: (css: string) => string,
): number {
  const row = LINE * SIZES.legend + 2;
  let [x, y] = [MARGIN, top];
  for (const { name, colour: css, sampled, isCompared = false } of legend) {
    const label = Object.assign(svgElement('text', { 'font-size': SIZES.legend }), { textContent: name });
    svg.append(label);
    const needed = SWATCH + 7 + label.getComputedTextLength() / SPARE + 12;
    if (x > MARGIN && x + needed > MARGIN + room / SPARE) [x, y] = [MARGIN, y + row];
    const ink = colour(css);
    const middle = rounded(y + row / 2);
    const swatch = sampled
      ? svgElement('circle', {
          cx: rounded(x + SWATCH / 2),
          cy: middle,
          ...(isCompared
            ? { r: 3.25, fill: 'none', stroke: ink, 'stroke-width': 1.75 }
            : { r: 4, fill: ink }),
        })
      : svgElement('path', {
          d: `M${rounded(x)} ${middle}h${SWATCH}`,
          stroke: ink,
          'stroke-width': 2.5,
          fill: 'none',
          ...(isCompared ? { 'stroke-dasharray': '5 3' } : {}),
        });
    label.setAttribute('x', String(rounded(x + SWATCH + 7)));
    label.setAttribute('y', String(rounded(middle + 0.35 * SIZES.legend)));
    svg.append(swatch);
    x += needed;
  }
  return y + row;
}

/** The file as the browser draws it. @param scale pixels of the PNG for one of the SVG */
export async function toPng({ text, width, height }: FigureFile, scale = 2): Promise<Blob> {
  const url = URL.createObjectURL(new Blob([text], { type: 'image/svg+xml' }));
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    const canvas = document.createElement('canvas');
    canvas.width = scale * width;
    canvas.height = scale * height;
    canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
    if (blob === null) throw new Error(strings.figure.noMemory);
    return blob;
  } finally {
    URL.revokeObjectURL(url);
  }
}
