import { plainColour } from './colours';
import { copyStyled } from './copy-svg';
import { rounded, svgElement } from './svg';

/** Not part of the picture: controls that stand within it. */
const SKIPPED = 'input, select, textarea, [data-not-in-figure]';

/**
 * What an element of the page shows, drawn as SVG that needs no style sheet, in pixels from the element's upper left corner:
 * backgrounds, text as text, charts in SVG as they are, canvases and pictures as PNG.
 */
export function drawFigure(root: HTMLElement): SVGGElement {
  const { left, top } = root.getBoundingClientRect();
  const drawing = svgElement('g');
  drawing.append(...drawn(root, { left, top }));
  return drawing;
}

interface Origin {
  readonly left: number;
  readonly top: number;
}

function drawn(element: Element, origin: Origin): SVGElement[] {
  const style = getComputedStyle(element);
  const box = element.getBoundingClientRect();
  const isUnseen = style.display === 'none' || style.visibility === 'hidden' || box.width * box.height <= 1;
  if (isUnseen || element.matches(SKIPPED)) return [];
  const place = {
    x: rounded(box.left - origin.left),
    y: rounded(box.top - origin.top),
    width: rounded(box.width),
    height: rounded(box.height),
  };
  if (element instanceof SVGSVGElement) return embedded(element, place);
  if (element instanceof HTMLCanvasElement) return picture(element.toDataURL(), element, place);
  if (element instanceof HTMLImageElement) return picture(pixelsOf(element), element, place);

  const parts: SVGElement[] = [];
  const { hex, opacity } = plainColour(style.backgroundColor);
  if (opacity > 0) {
    const rx = Number.parseFloat(style.borderTopLeftRadius) || 0;
    parts.push(svgElement('rect', { ...place, rx, fill: hex, 'fill-opacity': opacity }));
  }
  for (const child of element.childNodes) {
    if (child instanceof Element) parts.push(...drawn(child, origin));
    else if (child instanceof Text) parts.push(...lines(child, style, origin));
  }
  if (Number(style.opacity) === 1) return parts;
  const group = svgElement('g', { opacity: style.opacity });
  group.append(...parts);
  return [group];
}

/** A chart in its place. Nothing of it is cut off at its edge. */
function embedded(chart: SVGSVGElement, place: Readonly<Record<string, number>>): SVGElement[] {
  const copy = copyStyled(chart);
  if (copy === null) return [];
  for (const [name, value] of Object.entries({ ...place, overflow: 'visible' })) {
    copy.setAttribute(name, String(value));
  }
  return [copy];
}

function picture(href: string, element: Element, place: Readonly<Record<string, number>>): SVGElement[] {
  const rendering = getComputedStyle(element).imageRendering;
  return [svgElement('image', { ...place, href, preserveAspectRatio: 'none', 'image-rendering': rendering })];
}

function pixelsOf(image: HTMLImageElement): string {
  const canvas = document.createElement('canvas');
  canvas.width = image.naturalWidth;
  canvas.height = image.naturalHeight;
  canvas.getContext('2d')?.drawImage(image, 0, 0);
  return canvas.toDataURL();
}

let measure: CanvasRenderingContext2D | null = null;

/** The lines that a text node was broken into, each where its letters stand. */
function lines(node: Text, style: CSSStyleDeclaration, origin: Origin): SVGElement[] {
  const found: { text: string; left: number; right: number; top: number }[] = [];
  for (const { 0: word, index } of node.data.matchAll(/\S+/g)) {
    const range = document.createRange();
    range.setStart(node, index);
    range.setEnd(node, index + word.length);
    const [box] = range.getClientRects();
    if (box === undefined || box.width === 0) continue;
    const last = found.at(-1);
    if (last !== undefined && Math.abs(last.top - box.top) < 2) {
      last.text += ` ${word}`;
      last.right = box.right;
    } else found.push({ text: word, left: box.left, right: box.right, top: box.top });
  }
  if (found.length === 0) return [];
  measure ??= document.createElement('canvas').getContext('2d');
  if (measure !== null) measure.font = `${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
  const ascent = measure?.measureText('x').fontBoundingBoxAscent ?? 0.9 * Number.parseFloat(style.fontSize);
  const { hex, opacity } = plainColour(style.color);
  // Another program's letters may be wider: they grow away from the side that the text is aligned to.
  const isRight = style.textAlign === 'right' || style.textAlign === 'end';
  return found.map(({ text, left, right, top }) => {
    const line = svgElement('text', {
      x: rounded((isRight ? right : left) - origin.left),
      y: rounded(top + ascent - origin.top),
      fill: hex,
      'font-size': Number.parseFloat(style.fontSize),
      ...(isRight ? { 'text-anchor': 'end' } : {}),
      ...(opacity < 1 ? { 'fill-opacity': opacity } : {}),
      ...(style.fontWeight === '400' ? {} : { 'font-weight': style.fontWeight }),
    });
    line.textContent = text;
    return line;
  });
}
