import { createHash } from 'node:crypto';
import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectFolder } from '../../src/node/engine';

/**
 * What was computed before, one line of JSON an entry, in an ignored folder: a run that was interrupted goes on where
 * it was. Every process appends to a file of its own and reads all of them.
 */
export class Store<Value> {
  readonly #known = new Map<string, Value>();
  readonly #file: string;

  /** @param folder made if it is not there @param writer number of the process */
  constructor(folder: string, kind: string, writer: number) {
    mkdirSync(folder, { recursive: true });
    this.#file = join(folder, `${kind}.${writer}.jsonl`);
    for (const name of readdirSync(folder)) {
      if (!name.startsWith(`${kind}.`)) continue;
      for (const line of readFileSync(join(folder, name), 'utf8').split('\n')) {
        // The last line may have been cut off with the process that wrote it.
        if (!line.endsWith(']')) continue;
        const [key, value] = JSON.parse(line) as [string, Value];
        this.#known.set(key, value);
      }
    }
  }

  get(key: string): Value | undefined {
    return this.#known.get(key);
  }

  set(key: string, value: Value): void {
    this.#known.set(key, value);
    const gap = existsSync(this.#file) ? '' : '\n';
    appendFileSync(this.#file, `${gap}${JSON.stringify([key, value])}\n`);
  }
}

export function digest(...parts: readonly (string | Uint8Array)[]): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest('hex').slice(0, 16);
}

const sources = new Map<string, string>();

/** A digest of the estimators' sources; of the folders in `methods/`, only the estimator's own counts. */
export function sourcesDigest(estimator: string): string {
  const known = sources.get(estimator);
  if (known !== undefined) return known;
  const folder = join(projectFolder, 'src', 'estimators');
  const own = join('methods', estimator.replaceAll('_', '-'));
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(
      (name) => name.endsWith('.ts') && (!name.startsWith('methods') || name.startsWith(join(own, '/'))),
    )
    .sort();
  const found = digest(...files.map((name) => readFileSync(join(folder, name))));
  sources.set(estimator, found);
  return found;
}
