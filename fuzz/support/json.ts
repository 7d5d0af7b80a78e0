import type { Damaged } from './damage';
import { damagedText } from './damage';
import type { Dice } from './dice';

/** Text that stands in JSON as it is: what JSON.stringify would not write. */
class Raw {
  constructor(readonly text: string) {}
}

/** JSON with `Raw` parts, and -0 as it is. */
export function jsonText(value: unknown, indent = ''): string {
  if (value instanceof Raw) return value.text;
  if (Object.is(value, -0)) return '-0';
  const [open, separator] = indent === '' ? ['', ','] : [`\n${indent}`, `,\n${indent}`];
  if (Array.isArray(value)) {
    return `[${open}${value.map((item) => jsonText(item, indent)).join(separator)}]`;
  }
  if (typeof value === 'object' && value !== null) {
    const fields = Object.entries(value).filter(([, item]) => item !== undefined);
    return `{${open}${fields.map(([key, item]) => `${JSON.stringify(key)}:${jsonText(item, indent)}`).join(separator)}}`;
  }
  return JSON.stringify(value) ?? 'null';
}

/** The same JSON value written otherwise: fields in another order, spaces, escapes. */
export function rewritten(value: unknown, dice: Dice): string {
  const shuffled = dice.chance(0.5) ? reordered(value, dice) : value;
  const text = jsonText(shuffled, dice.pick(['', '', ' ', '\t', '\r\n']));
  return dice.chance(0.3) ? `${text}\n` : text;
}

/** The same with the fields of every object in another order. */
export function reordered(value: unknown, dice: Dice): unknown {
  if (Array.isArray(value)) return value.map((item) => reordered(item, dice));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    dice.shuffled(Object.entries(value)).map(([key, item]) => [key, reordered(item, dice)]),
  );
}

interface Place {
  readonly parent: Record<string, unknown>;
  readonly key: string;
}

function placesOf(value: unknown): Place[] {
  if (typeof value !== 'object' || value === null || value instanceof Raw) return [];
  const parent = value as Record<string, unknown>;
  return Object.keys(parent).flatMap((key) => [{ parent, key }, ...placesOf(parent[key])]);
}

/** Fields and items of what is still changed. */
const MOST_PLACES = 2000;

/** As many levels as overflow the stack of a reader that recurses. */
const DEEP = 20_000;

const LITERALS: readonly Raw[] = [
  '1e999',
  '-1e999',
  '1e308',
  '-0',
  '0.1e-400',
  '9007199254740993',
  '1e21',
].map((text) => new Raw(text));

type Change = (place: Place, dice: Dice, places: readonly Place[]) => void;

const put =
  (make: (dice: Dice, old: unknown) => unknown): Change =>
  ({ parent, key }, dice) => {
    parent[key] = make(dice, parent[key]);
  };

const CHANGES: Readonly<Record<string, Change>> = {
  'a field less': ({ parent, key }) => {
    if (Array.isArray(parent)) parent.splice(Number(key), 1);
    else delete parent[key];
  },
  null: put(() => null),
  'an extreme number': put((dice) => (dice.chance(0.5) ? dice.extreme() : dice.pick(LITERALS))),
  'a number as text': put((_dice, old) => String(old)),
  'text as a number': put((dice) => dice.between(-3, 300)),
  'an empty list': put(() => []),
  'an empty object': put(() => ({})),
  'a list around': put((_dice, old) => [old]),
  true: put(() => true),
  'an empty text': put(() => ''),
  'a long text': put((dice) => dice.word(3).repeat(dice.pick([100, 5000, 100_000]))),
  'a strange text': put((dice) =>
    dice.pick([
      '__proto__',
      'constructor',
      'é\u0301',
      '\u0000',
      '\ud800',
      '../../x',
      'a\nb',
      '=1+1',
      '%',
      ' ',
    ]),
  ),
  'deep nesting': put((dice) => {
    const [open, close] = dice.pick([
      ['[', ']'],
      ['{"a":', '}'],
    ] as const);
    return new Raw(`${open.repeat(DEEP)}0${close.repeat(DEEP)}`);
  }),
  'many items': put((dice, old) => new Array<unknown>(dice.pick([300, 3000])).fill(old)),
  'another field’s value': ({ parent, key }, dice, places) => {
    const other = dice.pick(places);
    parent[key] = structuredClone(other.parent[other.key]);
  },
  'two swapped': ({ parent, key }, dice) => {
    const other = dice.pick(Object.keys(parent));
    [parent[key], parent[other]] = [parent[other], parent[key]];
  },
  'a field more': ({ parent }, dice) => {
    if (Array.isArray(parent)) parent.push(dice.extreme());
    else parent[dice.pick(['__proto__x', 'extra', 'toString', dice.word()])] = dice.extreme();
  },
  'a number a little off': put((dice, old) =>
    typeof old === 'number' ? dice.pick([old + 1, old - 1, -old, old * 2, old + 0.5, old * 1e6]) : old,
  ),
};

/** JSON with a change of one kind somewhere in it, at times of several, or with its text damaged. */
export function damagedJson(value: unknown, dice: Dice): Damaged<string> {
  if (dice.chance(0.15)) return damagedText(jsonText(value), dice);
  const root = { root: structuredClone(value) };
  const hows: string[] = [];
  for (let i = dice.chance(0.25) ? dice.between(2, 4) : 1; i > 0; i--) {
    const places = placesOf(root).filter(({ parent, key }) => !(parent[key] instanceof Raw));
    // A change to one of very many would only make more of them.
    if (places.length === 0 || places.length > MOST_PLACES) break;
    const place = dice.pick(places);
    const how = dice.pick(Object.keys(CHANGES));
    // Text that is put in as it is cannot be cloned.
    const isCloned = how === 'another field’s value' && hows.includes('deep nesting');
    if (isCloned) continue;
    (CHANGES[how] as Change)(place, dice, places);
    hows.push(`${how} at ${place.key}`);
    if (!('root' in root)) break;
  }
  return { how: hows.join(', '), value: jsonText((root as { root?: unknown }).root) };
}
