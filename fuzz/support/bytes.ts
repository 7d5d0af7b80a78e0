/** The parts one after the other. */
export const joined = (...parts: readonly Uint8Array[]): Uint8Array => allJoined(parts);

/** The same for more parts than a call takes arguments. */
export function allJoined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}

/** Bytes of a text in UTF-8. */
export const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

/** Where two lists differ, in words; null where they do not. Equal means Object.is. */
export function firstDifference(
  what: string,
  found: ArrayLike<unknown>,
  wanted: ArrayLike<unknown>,
): string | null {
  if (found.length !== wanted.length) return `${what}: ${found.length} in place of ${wanted.length}`;
  for (let i = 0; i < wanted.length; i++) {
    if (!Object.is(found[i], wanted[i])) return `${what} ${i}: ${found[i]} in place of ${wanted[i]}`;
  }
  return null;
}

/** The first complaint; null if there is none. */
export const firstOf = (...complaints: readonly (string | null)[]): string | null =>
  complaints.find((complaint) => complaint !== null) ?? null;
