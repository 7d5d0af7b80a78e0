export type CsvValue = string | number | null | readonly string[];

/** A spreadsheet takes a cell that begins so for a formula; the last four are the wide forms of = + - @. */
const FORMULA = /^'*[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/;
/** A number, written out, is none. */
const PLAIN_NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/** A text that no spreadsheet evaluates: one apostrophe is put before what looks like a formula. */
export const harmlessText = (text: string): string =>
  FORMULA.test(text) && !PLAIN_NUMBER.test(text) ? `'${text}` : text;

/** The inverse of `harmlessText`. */
export const originalText = (text: string): string =>
  text.startsWith("'") && FORMULA.test(text) ? text.slice(1) : text;

/**
 * JSON with the same meaning, whose texts hold no = + - @ but behind a letter or digit: cut at any comma, semicolon or quote,
 * no part of it is a formula.
 */
export const harmlessJson = (json: string): string =>
  json.replace(/"(?:[^"\\]|\\.)*"/g, (text) =>
    text.replace(
      /(?<![a-z\d])[=+\-@\uff1d\uff0b\uff0d\uff20]/gi,
      (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
    ),
  );

function csvField(value: CsvValue): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const text = harmlessText(typeof value === 'string' ? value : value.join(' '));
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/**
 * A table by RFC 4180, its header first; null is an empty field, a list is joined by spaces. Texts that a spreadsheet would
 * take for formulas get an apostrophe before them (`originalText` takes it away).
 */
export function csvTable(rows: readonly (readonly CsvValue[])[]): string {
  return `${rows.map((row) => row.map(csvField).join(',')).join('\r\n')}\r\n`;
}
