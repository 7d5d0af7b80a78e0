/** What libraries and engines say, which nobody but a programmer can read. */
const RAW_TEXT: readonly RegExp[] = [
  /\b(Type|Range|Syntax|Reference|Internal|Val|Eval|URI|Aggregate)Error\b/,
  /\bError:/,
  /cannot read propert|is not a function|is not iterable|is not defined|is not a constructor/i,
  /\bundefined\b|\[object \w+\]/,
  /unexpected (token|end|non-whitespace|EOF|number|string)|in JSON at|JSON\.parse/i,
  /invalid (type|key|length|distance|block|array|typed array|stored|code lengths|date|string length|union|input|value):?/i,
  /expected .{0,60} but received|received \w/i,
  /maximum call stack|out of bounds|out of memory|call stack|allocation failed|bigint/i,
  /\bat .{0,80}:\d+:\d+|node_modules|\.[jt]s:\d+/,
  /\b(fflate|pngjs|hyparquet|valibot|thrift|zlib|tfjs cannot|tfjs says|ENOENT|EISDIR|ERR_[A-Z]+)\b/,
  /incorrect header check|crc error|must be (a|an|of type|greater|less)|could not be cloned/i,
];

const LONGEST = 700;

/** Why a sentence cannot be shown to a person; null if it can. */
export function whyNoSentence(text: string): string | null {
  if (text.trim() === '') return 'says nothing';
  if (text.length > LONGEST) return `has ${text.length} characters: ${text.slice(0, 200)}…`;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for.
  if (/[\u0000-\u001f\u007f-\u009f]/.test(text)) return `holds control characters: ${JSON.stringify(text)}`;
  const raw = RAW_TEXT.find((pattern) => pattern.test(text));
  if (raw !== undefined) return `shows a library’s raw text (${raw.source.slice(0, 40)}): ${text}`;
  return /[.!?…)]$/.test(text.trim()) ? null : `is no whole sentence: ${text}`;
}
