export type CsvValue = string | number | null | readonly string[];

function csvField(value: CsvValue): string {
  if (value === null) return '';
  const text = typeof value === 'object' ? value.join(' ') : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** A table by RFC 4180, its header first; null is an empty field, a list is joined by spaces. */
export function csvTable(rows: readonly (readonly CsvValue[])[]): string {
  return `${rows.map((row) => row.map(csvField).join(',')).join('\r\n')}\r\n`;
}
