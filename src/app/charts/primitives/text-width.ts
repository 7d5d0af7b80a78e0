/** Average width of a letter in each kind of text that charts draw, in CSS pixels at 12 px, and at 13 px for names. */
const LETTER = {
  note: 6.1,
  text: 6.6,
  digit: 6.8,
  name: 7.2,
  strongName: 7.8,
} as const;

export type TextKind = keyof typeof LETTER;

/** Width of a text in CSS pixels, by the average width of its letters: good enough to lay out labels without drawing them first. */
export const textWidth = (text: string, kind: TextKind = 'text'): number => LETTER[kind] * text.length;

/** The text cut to so many CSS pixels, an ellipsis in the place of the rest. */
export function shortened(text: string, width: number): string {
  const most = Math.floor(width / LETTER.text);
  return text.length <= most ? text : `${text.slice(0, Math.max(1, most - 1))}…`;
}
