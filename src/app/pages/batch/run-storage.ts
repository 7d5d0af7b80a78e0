import { createStore, entries, type UseStore } from 'idb-keyval';
import type { LabelledImages } from '../../../data';
import { type DatasetRow, runId } from '../../../dataset';
import { type Head, type KeptRows, readHead, readKeptImages, readKeptRows } from './kept-schema';

/** The run of each tab that outlives the page, in IndexedDB. */

/** Rows of one record. */
const CHUNK = 200;
/** Rows that are not written yet are lost with the page: so much work at the most. */
const WRITE_EVERY_MS = 500;

export interface KeptRun extends Omit<Head, 'runs'> {
  readonly runs: readonly (Head['runs'][number] & { readonly rows: readonly DatasetRow[] })[];
  /** Null where they are to be fetched again, or are damaged. */
  readonly images: LabelledImages | null;
  /** Rows that were damaged or of another run, and are not among these. */
  readonly lost: number;
}

let store: UseStore | undefined;
const kept = (): UseStore => (store ??= createStore('probust-dataset', 'run'));

/** Keys of the first slot have no prefix. */
const prefixOf = (slot: number): string => (slot === 0 ? '' : `tab${slot}/`);
const slotOf = (key: string): number => Number(/^tab(\d+)\//.exec(key)?.[1] ?? 0);
const rowsKey = (run: number, chunk: number): string => `rows:${run}:${chunk}`;

/** All records of a slot, by their keys within it. Rejects where the browser keeps nothing. */
async function recordsOf(slot: number): Promise<Map<string, unknown>> {
  const all = await entries<string, unknown>(kept());
  const own = all.filter(([key]) => slotOf(String(key)) === slot);
  return new Map(own.map(([key, value]) => [String(key).slice(prefixOf(slot).length), value]));
}

/** When each slot that holds a run was last written, by number. Rejects where the browser keeps nothing. */
export async function keptSlots(): Promise<Map<number, number>> {
  return kept()('readonly', async (records) => {
    const keys = await promised(records.getAllKeys());
    const slots = keys
      .map(String)
      .filter((key) => /^(tab\d+\/)?head$/.test(key))
      .map(slotOf);
    const times = await Promise.all(
      slots.map(async (slot) => Number(await promised(records.get(`${prefixOf(slot)}at`))) || 0),
    );
    return new Map(slots.map((slot, i) => [slot, times[i] as number]));
  });
}

/** The run of a slot; null if there is none, 'damaged' if it cannot be read. Rejects where the browser keeps nothing. */
export async function readKeptRun(slot: number): Promise<KeptRun | 'damaged' | null> {
  const records = await recordsOf(slot);
  if (!records.has('head')) return null;
  const head = readHead(records.get('head'));
  if (head === null) return 'damaged';
  let lost = 0;
  const runs = head.runs.map((run, i) => {
    const known = new Set<number>();
    const rows: DatasetRow[] = [];
    for (let chunk = 0; records.has(rowsKey(i, chunk)); chunk++) {
      const found = readKeptRows(records.get(rowsKey(i, chunk)), run.header, known);
      lost += found.lost;
      rows.push(...found.rows);
    }
    return { ...run, rows };
  });
  return { ...head, images: readKeptImages(records.get('images')), runs, lost };
}

function promised<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

/** Thrown inside where there is no slot to write to, or it was lost. */
class NothingKeptError extends Error {
  override readonly name = 'NothingKeptError';
}

/** Another page has taken the slot. */
class SlotTakenError extends Error {
  override readonly name = 'SlotTakenError';
}

/** Writes the run of one slot as it goes on. */
export class RunStorage {
  /** By which the store knows this page; who wrote it last alone may write on. */
  readonly #owner = crypto.getRandomValues(new Uint32Array(4)).join('-');
  #slot: number | null = null;
  #written: number[] = [];
  #names: readonly string[] = [];
  #rows: readonly (readonly DatasetRow[])[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;
  #busy: Promise<void> = Promise.resolve();
  /** Nothing of this run is in the store, or not any more. */
  #isLost = false;

  /** @param onFailure called if the browser keeps nothing, or another page has taken the slot */
  constructor(readonly onFailure: (isTaken: boolean) => void) {}

  /** Where runs are kept from now on; null: nowhere. */
  use(slot: number | null): void {
    this.#slot = slot;
  }

  /** Takes the place of what was kept. */
  begin(head: Head, images: LabelledImages | null): void {
    this.#follow(head);
    this.#queue((put, records) => {
      for (const key of records.keys) records.drop(key);
      if (images !== null) put('images', images);
      put('head', head);
    }, true);
  }

  /** The same run goes on, with the rows of it that are kept already. */
  resume(head: Head, rows: readonly (readonly DatasetRow[])[]): void {
    this.#follow(head);
    this.#rows = rows;
    this.#queue((put) => put('head', head), true);
    // Anew, as some may have been left out.
    this.flush();
  }

  update(head: Head): void {
    this.#queue((put) => put('head', head));
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
    this.#queue((put) => {
      for (const [run, all] of rows.entries()) {
        const from = Math.floor((this.#written[run] ?? 0) / CHUNK);
        for (let chunk = from; chunk * CHUNK < all.length; chunk++) {
          const part = all.slice(chunk * CHUNK, (chunk + 1) * CHUNK);
          put(rowsKey(run, chunk), { run: this.#names[run] ?? '', rows: part } satisfies KeptRows);
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
    this.#queue((_put, records) => {
      for (const key of records.keys) records.drop(key);
    });
  }

  #follow(head: Head): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#names = head.runs.map(({ header }) => runId(header));
    this.#written = head.runs.map(() => 0);
    this.#rows = head.runs.map(() => []);
  }

  /** All of a change in one transaction, or none of it. @param claims takes the slot, whoever wrote it last */
  #queue(change: Change, claims = false): void {
    this.#busy = this.#busy
      .then(() => this.#write(change, claims))
      .then(() => {
        if (claims) this.#isLost = false;
      })
      .catch((error: unknown) => {
        if (this.#isLost && !claims) return;
        this.#isLost = true;
        this.onFailure(error instanceof SlotTakenError);
      });
  }

  async #write(change: Change, claims: boolean): Promise<void> {
    const slot = this.#slot;
    if (slot === null || (this.#isLost && !claims)) throw new NothingKeptError();
    const prefix = prefixOf(slot);
    await kept()('readwrite', async (records) => {
      const { transaction } = records;
      const done = new Promise<void>((resolve, reject) => {
        transaction.oncomplete = () => resolve();
        transaction.onabort = () => reject(transaction.error ?? new SlotTakenError());
      });
      done.catch(() => {});
      const owner = await promised<unknown>(records.get(`${prefix}owner`));
      if (!claims && owner !== this.#owner) {
        transaction.abort();
        return done;
      }
      const keys = (await promised(records.getAllKeys())).map(String).filter((key) => slotOf(key) === slot);
      try {
        change((key, value) => records.put(value, prefix + key), {
          keys,
          drop: (key) => records.delete(key),
        });
        records.put(this.#owner, `${prefix}owner`);
        records.put(Date.now(), `${prefix}at`);
      } catch (error) {
        transaction.abort();
        throw error;
      }
      return done;
    });
  }
}

type Change = (
  put: (key: string, value: unknown) => void,
  records: { readonly keys: readonly string[]; drop(key: string): void },
) => void;
