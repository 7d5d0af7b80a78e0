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

/**
 * Of the page itself, in its head, for hosts that cannot be told to send headers. Workers are not bound by it.
 *
 * @param scripts what else may run, as sources of the policy: hashes of what stands in the page itself
 * @param styles the same of its style sheets
 */
export const pagePolicy = (scripts: readonly string[], styles: readonly string[]): string =>
  written({
    ...SHARED,
    'style-src': [SHARED['style-src'], ...styles].join(' '),
    'script-src': ["'self'", "'wasm-unsafe-eval'", ...scripts].join(' '),
    'worker-src': "'self'",
  });

/**
 * Of every other file, as a header, which binds the workers. tfjs starts its wasm threads from addresses of Blobs, which only
 * a worker of the page's own can make here. The page has its own in its head alone: it obeyed both, and this one does not
 * know what stands in it.
 */
export const FILE_POLICY = written({
  ...SHARED,
  'frame-ancestors': "'none'",
  'script-src': "'self' 'wasm-unsafe-eval' blob:",
  'worker-src': "'self' blob:",
});

/**
 * Of the page as a header, beside the one in its head, which cannot say this: other sites may show the figures that are
 * made for it in a frame (`embed` in the query), and not the whole page, where they could lead clicks astray.
 *
 * @param url of the page, with its query
 */
export function framePolicy(url: string): string {
  const isFigure = new URLSearchParams(url.replace(/#.*$/, '').replace(/^[^?]*/, '')).get('embed');
  return written({ 'frame-ancestors': isFigure ? '*' : "'self'" });
}
