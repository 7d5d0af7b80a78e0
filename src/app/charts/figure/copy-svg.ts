import { plainColour } from './colours';
import { SVG } from './svg';

/** Paints and what goes with them. Inherited, as all that follows but what is in `OWN`. */
const PAINTS = { fill: 'fill-opacity', stroke: 'stroke-opacity' } as const;
const SHAPE = {
  'stroke-width': '1px',
  'stroke-dasharray': 'none',
  'stroke-linecap': 'butt',
  'stroke-linejoin': 'miter',
  'fill-rule': 'nonzero',
  'image-rendering': 'auto',
} as const;
const TEXT = {
  'font-size': '',
  'font-weight': '400',
  'font-style': 'normal',
  'text-anchor': 'start',
  'dominant-baseline': 'auto',
  'letter-spacing': 'normal',
} as const;
const OWN = { opacity: '1', 'vector-effect': 'none' } as const;

const HOLDS_TEXT = new Set(['svg', 'g', 'text', 'tspan']);
const LEFT_OUT = /^(class|style|role|tabindex|data-.*|aria-.*|on.*|xmlns.*)$/;

type Inherited = Readonly<Record<string, string>>;
const INITIAL: Inherited = {
  fill: 'rgb(0, 0, 0)',
  'fill-opacity': '1',
  stroke: 'none',
  'stroke-opacity': '1',
  ...SHAPE,
  ...TEXT,
};

/**
 * A copy of drawn elements that needs no style sheet: what the page's styles make of them is written into attributes,
 * where it is not what they inherit. Text stays text.
 */
export function copyStyled(source: SVGElement, inherited: Inherited = INITIAL): SVGElement | null {
  const style = getComputedStyle(source);
  if (style.display === 'none') return null;
  const copy = document.createElementNS(SVG, source.tagName) as SVGElement;
  for (const { name, value } of source.attributes) if (!LEFT_OUT.test(name)) copy.setAttribute(name, value);

  const passedOn: Record<string, string> = { ...inherited };
  const write = (name: string, value: string, instead = value): void => {
    if (value === inherited[name]) copy.removeAttribute(name);
    else copy.setAttribute(name, instead.replace(/px\b/g, ''));
    passedOn[name] = value;
  };
  for (const [paint, opacityName] of Object.entries(PAINTS)) {
    const value = style.getPropertyValue(paint);
    const isColour = value !== 'none' && !value.startsWith('url');
    const { hex, opacity } = isColour ? plainColour(value) : { hex: value, opacity: 1 };
    write(paint, value, hex);
    write(opacityName, String(opacity * Number(style.getPropertyValue(opacityName))));
  }
  for (const name of Object.keys(SHAPE)) write(name, style.getPropertyValue(name));
  if (HOLDS_TEXT.has(source.tagName)) {
    for (const name of Object.keys(TEXT)) write(name, style.getPropertyValue(name));
  }
  for (const [name, initial] of Object.entries(OWN)) {
    const value = style.getPropertyValue(name);
    if (value !== initial) copy.setAttribute(name, value);
  }
  for (const child of source.childNodes) {
    const part = child instanceof SVGElement ? copyStyled(child, passedOn) : child.cloneNode();
    if (part !== null && !(part instanceof Comment)) copy.append(part);
  }
  return copy;
}
