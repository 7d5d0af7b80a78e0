import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import type { Plugin } from 'vite';
import { isPackedPath, PACKED_INDEX } from '../src/data/packed-paths.ts';

const PREFIX = '/data/';
/** The index where nothing was unpacked. */
const EMPTY = JSON.stringify({ schema: 'probust-data/1', sets: [] });

type Next = () => void;

/** Answers requests below /data/ from a folder that `npm run data` filled; without it, with an index of nothing. */
export function serveData(folder: string) {
  return async (request: IncomingMessage, response: ServerResponse, next: Next): Promise<void> => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    if (!pathname.startsWith(PREFIX)) return next();
    const path = pathname.slice(PREFIX.length);
    const isRead = request.method === 'GET' || request.method === 'HEAD';
    // Nothing else may be asked for, so that no path leaves the folder.
    const file = isRead && isPackedPath(path) ? join(folder, path) : undefined;
    const found = file === undefined ? undefined : await stat(file).catch(() => undefined);
    const isIndex = path === PACKED_INDEX;
    response.setHeader('Content-Type', isIndex ? 'application/json' : 'application/octet-stream');
    response.setHeader('Cache-Control', 'no-cache');
    if (file !== undefined && found?.isFile()) {
      response.setHeader('Content-Length', found.size);
      if (request.method === 'HEAD') response.end();
      else createReadStream(file).pipe(response);
    } else if (isIndex && isRead) {
      response.end(EMPTY);
    } else {
      response.statusCode = 404;
      response.end();
    }
  };
}

/**
 * Lets the development server and the preview of the built page list the data sets that `npm run data` unpacked. The
 * built page itself lists none, unless the folder is copied into it; it never asks for what is not there.
 */
export function testData(folder: string): Plugin {
  return {
    name: 'probust:test-data',
    configureServer(server) {
      server.middlewares.use(serveData(folder));
    },
    configurePreviewServer(server) {
      server.middlewares.use(serveData(folder));
    },
    generateBundle() {
      this.emitFile({ type: 'asset', fileName: `data/${PACKED_INDEX}`, source: EMPTY });
    },
  };
}
