import * as v from 'valibot';

/** Class names, one a line; or a JSON list of them. Empty lines at the end do not count. */
export function readLabels(text: string): string[] {
  const trimmed = text.replace(/^\uFEFF/, '').trimEnd();
  if (trimmed.startsWith('[')) {
    try {
      const list = v.safeParse(v.array(v.string()), JSON.parse(trimmed));
      if (list.success) return list.output;
    } catch {
      // A line that begins with a bracket.
    }
  }
  return trimmed === '' ? [] : trimmed.split(/\r?\n/).map((line) => line.trim());
}

/** Repeated labels get the number of their class, as in “crane (134)”; all others stay. No two of the result are the same. */
export function toldApart(labels: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1);
  const taken = new Set(labels);
  return labels.map((label, i) => {
    if (counts.get(label) === 1) return label;
    let own = `${label} (${i})`;
    while (taken.has(own)) own = `${own} (${i})`;
    taken.add(own);
    return own;
  });
}
