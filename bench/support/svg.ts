/** Colours of series that stand out on white and on black. */
const COLOURS = [
  '#3b82f6',
  '#ef4444',
  '#10b981',
  '#a855f7',
  '#f59e0b',
  '#0ea5b7',
  '#ec4899',
  '#84a61c',
  '#8b7355',
] as const;

export const colour = (i: number): string => COLOURS[i % COLOURS.length] as string;

/** A coordinate with the digits that a picture can show. */
export const px = (value: number): string => value.toFixed(1);

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
export const escapeXml = (text: string): string => text.replace(/[&<>"]/g, (c) => ESCAPES[c] as string);

/** A whole picture for a page in Markdown, readable on light and dark. Classes: title, small, grid, faint. */
export function svgDocument(width: number, height: number, label: string, body: string): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${escapeXml(label)}">
<style>text{font:10px system-ui,sans-serif;fill:#444}.title{font-weight:600;font-size:12px}.small{font-size:9px}.grid{stroke:#888;stroke-opacity:.25}.faint{stroke:#888;stroke-opacity:.7}.page{fill:#fff}@media (prefers-color-scheme:dark){text{fill:#ccc}.page{fill:#0d1117}}</style>
<rect class="page" width="${width}" height="${height}"/>
${body}
</svg>
`;
}
