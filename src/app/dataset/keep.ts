import { clear, createStore, get, set, type UseStore } from 'idb-keyval';
import * as v from 'valibot';
import type { LabelledImages } from '../../data';
import { type DatasetHeader, type DatasetRow, headerSchema, rowSchema } from '../../dataset';
import type { CurrentData, RunForm } from './state';

/** The run that outlives the page, in IndexedDB. */

/** Rows of one record. */
const CHUNK = 200;
/** Rows that are not written yet are lost with the page: so much work at the most. */
const WRITE_EVERY_MS = 500;

/** The data without their pixels, which lie apart and are written once. */
export type KeptData = Omit<CurrentData, 'images'>;

export interface KeptRun {
  readonly form: RunForm;
  readonly data: KeptData;
  /** It was going on. */
  readonly isRunning: boolean;
  readonly runs: readonly {
    readonly header: DatasetHeader;
    readonly name: string;
    readonly rows: readonly DatasetRow[];
  }[];
  /** Null where they are to be fetched again. */
  readonly images: LabelledImages | null;
}

type Head = Omit<KeptRun, 'images' | 'runs'> & {
  readonly runs: readonly { readonly header: DatasetHeader; readonly name: string }[];
};

let store: UseStore | undefined;
const kept = (): UseStore => (store ??= createStore('probust-dataset', 'run'));

const rowsKey = (run: number, chunk: number): string => `rows:${run}:${chunk}`;

async function readRows(run: number): Promise<DatasetRow[]> {
  const rows: DatasetRow[] = [];
  for (let chunk = 0; ; chunk++) {
    const found = v.safeParse(v.array(rowSchema), await get<unknown>(rowsKey(run, chunk), kept()));
    if (!found.success) return rows;
    rows.push(...found.output);
    if (found.output.length < CHUNK) return rows;
  }
}

/** Null if nothing is kept, or nothing that this version reads. Rejects where the browser keeps nothing. */
export async function readKeptRun(): Promise<KeptRun | null> {
  const head = await get<Head>('head', kept());
  if (head === undefined || head.runs.some(({ header }) => !v.is(headerSchema, header))) return null;
  const found = await get<LabelledImages>('images', kept());
  // Earlier versions kept labels as bytes.
  const images = found ? { ...found, labels: Uint16Array.from(found.labels) } : null;
  const runs = await Promise.all(head.runs.map(async (run, i) => ({ ...run, rows: await readRows(i) })));
  return { ...head, images, runs };
}

/** Writes a run as it goes on. */
export class RunKeeper {
  #written: number[] = [];
  #rows: readonly (readonly DatasetRow[])[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;
  #busy: Promise<void> = Promise.resolve();

  /** @param onFailure called once if the browser keeps nothing */
  constructor(readonly onFailure: () => void) {}

  /** Takes the place of what was kept. */
  begin(head: Head, images: LabelledImages | null): void {
    this.#written = head.runs.map(() => 0);
    this.#rows = head.runs.map(() => []);
    this.#queue(async () => {
      await clear(kept());
      if (images !== null) await set('images', images, kept());
      await set('head', head, kept());
    });
  }

  /** The same run goes on, with rows that are kept already. */
  resume(head: Head, rows: readonly (readonly DatasetRow[])[]): void {
    this.#written = rows.map(({ length }) => length);
    this.#rows = rows;
    this.update(head);
  }

  update(head: Head): void {
    this.#queue(() => set('head', head, kept()));
  }

  /** @param rows of all runs, in the order in which they were found */
  add(rows: readonly (readonly DatasetRow[])[]): void {
    this.#rows = rows;
    this.#timer ??= setTimeout(() => this.flush(), WRITE_EVERY_MS);
  }

  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const rows = this.#rows;
    this.#queue(async () => {
      for (const [run, all] of rows.entries()) {
        const from = Math.floor((this.#written[run] ?? 0) / CHUNK);
        for (let chunk = from; chunk * CHUNK < all.length; chunk++) {
          await set(rowsKey(run, chunk), all.slice(chunk * CHUNK, (chunk + 1) * CHUNK), kept());
        }
        this.#written[run] = all.length;
      }
    });
  }

  forget(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#rows = [];
    this.#written = [];
    this.#queue(() => clear(kept()));
  }

  #queue(write: () => Promise<void>): void {
    this.#busy = this.#busy.then(write).catch(() => this.onFailure());
  }
}
