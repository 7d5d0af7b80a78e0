import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Every request of the whole run, one JSON object a line. */
export const REQUEST_LOG = fileURLToPath(new URL('../../../test-results/requests.jsonl', import.meta.url));

interface LoggedRequest {
  readonly url: string;
  /** Of the page. */
  readonly origin: string;
  readonly test: string;
}

export function clearRequestLog(): void {
  mkdirSync(dirname(REQUEST_LOG), { recursive: true });
  rmSync(REQUEST_LOG, { force: true });
}

/** Counts the requests of the run. Throws if one of them was for another origin than its page's. */
export function checkRequestLog(): string {
  const lines = existsSync(REQUEST_LOG) ? readFileSync(REQUEST_LOG, 'utf8').trim().split('\n') : [];
  const requests = lines.map((line) => JSON.parse(line) as LoggedRequest);
  const isForeign = ({ url, origin }: LoggedRequest): boolean =>
    !/^(blob|data):/.test(url) && new URL(url).origin !== origin;
  const foreign = requests.filter(isForeign).map(({ url, test }) => `${url} (${test})`);
  if (foreign.length > 0) throw new Error(`Requests left the page's origin: ${foreign.join(', ')}`);
  return `${requests.length} requests, none of them to another origin than the page's.`;
}
