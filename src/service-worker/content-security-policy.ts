/**
 * What the page may load and run, by the Content Security Policy: its own files and nothing else, no eval. Formulas (KaTeX)
 * and the library of the landscape place what they draw by `style` attributes; those run nothing and, as `img-src` names no
 * other origin, load nothing.
 */
const SHARED = {
  'default-src': "'none'",
  'connect-src': "'self'",
  'img-src': "'self' blob: data:",
  'style-src': "'self'",
  'style-src-attr': "'unsafe-inline'",
  'font-src': "'self'",
  'manifest-src': "'self'",
  'base-uri': "'none'",
  'form-action': "'none'",
} as const;

const written = (directives: Readonly<Record<string, string>>): string =>
  Object.entries(directives)
    .map(([name, sources]) => `${name} ${sources}`)
    .join('; ');

/** Of the page itself, in its head, for hosts that cannot be told to send headers. Workers are not bound by it. */
export const PAGE_POLICY = written({
  ...SHARED,
  'script-src': "'self' 'wasm-unsafe-eval'",
  'worker-src': "'self'",
});

/**
 * Of every file, as a header: the page obeys both, its workers this one. tfjs starts its wasm threads from addresses of Blobs,
 * which only a worker of the page's own can make here.
 */
export const FILE_POLICY = written({
  ...SHARED,
  'script-src': "'self' 'wasm-unsafe-eval' blob:",
  'worker-src': "'self' blob:",
});
