import { createStore, del, entries, get, setMany, type UseStore, update } from 'idb-keyval';
import * as v from 'valibot';
import { type OwnModelDescription, ownModelDescriptionSchema } from './description';

/** A model of one's own as it is listed. */
export interface KeptModel {
  readonly sha256: string;
  readonly bytes: number;
  readonly described: OwnModelDescription;
}

/** A file as it is kept. */
export interface KeptFile {
  readonly path: string;
  readonly data: Blob;
}

/** Where models of one's own outlive the engine, by their SHA-256. */
export interface OwnModelStorage {
  list(): Promise<KeptModel[]>;
  read(sha256: string): Promise<{ readonly model: KeptModel; readonly files: readonly KeptFile[] } | null>;
  put(model: KeptModel, files: readonly KeptFile[]): Promise<void>;
  describe(sha256: string, described: OwnModelDescription): Promise<void>;
  remove(sha256: string): Promise<void>;
}

const keptSchema = v.object({ sha256: v.string(), bytes: v.number(), described: ownModelDescriptionSchema });

function readKept(value: unknown): KeptModel | null {
  const parsed = v.safeParse(keptSchema, value);
  return parsed.success ? parsed.output : null;
}

/** In the browser's IndexedDB. Lists are read often and files rarely, so they lie apart. */
export function browserStorage(): OwnModelStorage {
  let models: UseStore | undefined;
  let contents: UseStore | undefined;
  const modelStore = (): UseStore => (models ??= createStore('probust-own-models', 'models'));
  const fileStore = (): UseStore => (contents ??= createStore('probust-own-model-files', 'files'));
  return {
    async list() {
      const found = await entries<string, unknown>(modelStore());
      return found.flatMap(([, value]) => readKept(value) ?? []);
    },
    async read(sha256) {
      const model = readKept(await get(sha256, modelStore()));
      const files = await get<readonly KeptFile[]>(sha256, fileStore());
      return model && files ? { model, files } : null;
    },
    async put(model, files) {
      await setMany([[model.sha256, files]], fileStore());
      await setMany([[model.sha256, model]], modelStore());
    },
    async describe(sha256, described) {
      await update<KeptModel>(sha256, (known) => ({ ...(known as KeptModel), described }), modelStore());
    },
    async remove(sha256) {
      await del(sha256, modelStore());
      await del(sha256, fileStore());
    },
  };
}

/** For as long as the process lives. */
export function memoryStorage(): OwnModelStorage {
  const kept = new Map<string, { model: KeptModel; files: readonly KeptFile[] }>();
  return {
    list: async () => [...kept.values()].map(({ model }) => model),
    read: async (sha256) => kept.get(sha256) ?? null,
    put: async (model, files) => {
      kept.set(model.sha256, { model, files });
    },
    describe: async (sha256, described) => {
      const known = kept.get(sha256);
      if (known !== undefined) kept.set(sha256, { ...known, model: { ...known.model, described } });
    },
    remove: async (sha256) => {
      kept.delete(sha256);
    },
  };
}

/** A storage that may refuse, as in a private window or on a full disk; what it refuses is kept as long as the process lives. */
export function withMemory(storage: OwnModelStorage): OwnModelStorage {
  const memory = memoryStorage();
  const placeOf = async (sha256: string): Promise<OwnModelStorage> =>
    (await memory.read(sha256)) === null ? storage : memory;
  return {
    list: async () => [...(await storage.list().catch(() => [])), ...(await memory.list())],
    read: async (sha256) => (await placeOf(sha256)).read(sha256),
    async put(model, files) {
      try {
        await storage.put(model, files);
      } catch (error) {
        await memory.put(model, files);
        throw error;
      }
    },
    describe: async (sha256, described) => (await placeOf(sha256)).describe(sha256, described),
    remove: async (sha256) => (await placeOf(sha256)).remove(sha256),
  };
}

/** What is kept, for a trial: nothing is written to it. */
export function readOnly(storage: OwnModelStorage): OwnModelStorage {
  return { ...storage, put: async () => {}, describe: async () => {}, remove: async () => {} };
}
