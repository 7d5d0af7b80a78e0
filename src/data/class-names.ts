/** What a text says of a class. `by` tells a name as it is written, one that is like it, and a number. */
export type ClassMatch =
  | { readonly kind: 'class'; readonly index: number; readonly by: 'name' | 'likeness' | 'number' }
  /** Several classes are called so, or alike. */
  | { readonly kind: 'ambiguous'; readonly indices: readonly number[] }
  | { readonly kind: 'unknown' };

/** Composed and decomposed letters are the same name. */
const exact = (name: string): string => name.normalize('NFC');

/** Names as folders may spell them: without regard to case, and to what stands between words. */
const alike = (name: string): string =>
  exact(name)
    .trim()
    .toLowerCase()
    .replace(/[\s_-]+/g, ' ');

function numbersBy(labels: readonly string[], spell: (name: string) => string): Map<string, number[]> {
  const numbers = new Map<string, number[]>();
  for (const [i, label] of labels.entries()) {
    const name = spell(label);
    numbers.set(name, [...(numbers.get(name) ?? []), i]);
  }
  return numbers;
}

/**
 * Finds a model's classes as people name them. A label as it is written comes first, then one that differs in case, in
 * Unicode form or in what stands between words, and last the class's number, from 0, where no label is called so.
 */
export class ClassNames {
  readonly #exact: ReadonlyMap<string, readonly number[]>;
  readonly #alike: ReadonlyMap<string, readonly number[]>;

  /** @param labels names of the classes, by number */
  constructor(readonly labels: readonly string[]) {
    this.#exact = numbersBy(labels, exact);
    this.#alike = numbersBy(labels, alike);
  }

  find(text: string): ClassMatch {
    for (const [by, known] of [
      ['name', this.#exact.get(exact(text))],
      ['likeness', this.#alike.get(alike(text))],
    ] as const) {
      const [index, ...more] = known ?? [];
      if (index !== undefined && known !== undefined)
        return more.length === 0 ? { kind: 'class', index, by } : { kind: 'ambiguous', indices: known };
    }
    const number = /^\d+$/.test(text.trim()) ? Number(text) : Number.NaN;
    return number < this.labels.length ? { kind: 'class', index: number, by: 'number' } : { kind: 'unknown' };
  }

  /** Some classes with their numbers, for a sentence: “Cat” (class 0) or “cat” (class 1). */
  listed(indices: readonly number[]): string {
    return indices.map((index) => `“${shortened(this.labels[index] ?? '')}” (class ${index})`).join(' or ');
  }
}

const MOST_LETTERS = 40;

/** A name as a sentence may carry it. */
export function shortened(name: string): string {
  return name.length <= MOST_LETTERS ? name : `${name.slice(0, MOST_LETTERS)}…`;
}

/** Names in quotes, the first few of them. */
export function quoted(names: readonly string[], most = 5): string {
  const first = names.slice(0, most).map((name) => `“${shortened(name)}”`);
  return names.length > most ? `${first.join(', ')} and ${names.length - most} more` : first.join(', ');
}
