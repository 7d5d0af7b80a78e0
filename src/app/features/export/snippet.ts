import type { Embedded } from '../../state/settings';
import { strings } from '../../strings';

/** Enough for each figure at a usual width of text. */
const HEIGHTS: Readonly<Record<Embedded, number>> = { figure: 860, curve: 760, noise: 760 };

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '"': '&quot;', '<': '&lt;', '>': '&gt;' };
const escaped = (text: string): string => text.replace(/[&"<>]/g, (letter) => ESCAPES[letter] ?? letter);

/** The HTML of a frame with an embedded figure. @param link in full, with `embed` in its query */
export function snippet(kind: Embedded, link: string): string {
  return `<iframe src="${escaped(link)}" title="${escaped(strings.embed.titles[kind])}" width="100%" height="${HEIGHTS[kind]}" loading="lazy" style="border:0"></iframe>`;
}
