import { createReadStream, existsSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';

const DIST = fileURLToPath(new URL('../../dist', import.meta.url));
const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.wasm': 'application/wasm',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.webmanifest': 'application/manifest+json',
  '.woff2': 'font/woff2',
};

/** What makes a page cross-origin isolated, without which there are no wasm threads. */
export const ISOLATION: Readonly<Record<string, string>> = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
};

export interface StaticHost {
  /** Where the page lies, with a slash at its end. */
  readonly url: string;
  close(): void;
}

export interface StaticHostOptions {
  /** Added to every answer; none unless given, as on a plain web space. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Folders that are searched before the built page. */
  readonly folders?: readonly string[];
}

/** Serves the built page below `path`, which begins and ends with a slash. */
export async function startStaticHost(
  path: string,
  { headers = {}, folders = [] }: StaticHostOptions = {},
): Promise<StaticHost> {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const inside = normalize(decodeURIComponent(pathname)).slice(path.length);
    const file = [...folders, DIST]
      .map((folder) => join(folder, inside === '' ? 'index.html' : inside))
      .find((candidate) => existsSync(candidate) && statSync(candidate).isFile());
    if (!pathname.startsWith(path) || file === undefined) {
      response.writeHead(404, headers).end();
      return;
    }
    const type = TYPES[extname(file)] ?? 'application/octet-stream';
    response.writeHead(200, { ...headers, 'Content-Type': type });
    createReadStream(file).pipe(response);
  });
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://localhost:${port}${path}`,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
