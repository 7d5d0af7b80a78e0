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
