import { FILE_POLICY, framePolicy } from './content-security-policy';

/**
 * The same response with the headers that make a page cross-origin isolated, keep its workers to its own origin, and say who
 * may show it in a frame.
 *
 * @param url that was asked for
 */
export function isolated(response: Response, url: string): Response {
  // An opaque response has status 0 and cannot be rebuilt.
  if (response.status === 0) return response;
  const headers = new Headers(response.headers);
  headers.set('Cross-Origin-Opener-Policy', 'same-origin');
  headers.set('Cross-Origin-Embedder-Policy', 'require-corp');
  headers.set('Cross-Origin-Resource-Policy', 'same-origin');
  const isPage = headers.get('Content-Type')?.startsWith('text/html') ?? false;
  headers.set('Content-Security-Policy', isPage ? framePolicy(url) : FILE_POLICY);
  const { status, statusText } = response;
  const hasNoBody = status === 101 || status === 204 || status === 205 || status === 304;
  return new Response(hasNoBody ? null : response.body, { status, statusText, headers });
}
