/** Rows of an RFC 4180 file as records by the names of its first row. */
export function readCsv(text: string): Record<string, string>[] {
  const [header = [], ...rows] = parse(text);
  return rows.map((row) => {
    if (row.length !== header.length) throw new Error(`a row has ${row.length} of ${header.length} fields`);
    return Object.fromEntries(header.map((name, i) => [name, row[i] as string]));
  });
}

function parse(text: string): string[][] {
  if (!text.endsWith('\r\n')) throw new Error('the last row is not ended by CRLF');
  const rows: string[][] = [];
  const row: string[] = [];
  // A field, quoted or not, and what ends it.
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/g)) {
    row.push(quoted === undefined ? (plain as string) : quoted.replaceAll('""', '"'));
    if (end !== ',') rows.push(row.splice(0));
  }
  if (row.length > 0) throw new Error('the last row is cut off');
  return rows;
}
