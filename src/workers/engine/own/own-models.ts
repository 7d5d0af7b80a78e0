import type { BackendName } from '../../backend-info';
import { EngineError } from '../../errors';
import type { ModelFacts } from '../../models/card';
import { type BuiltModel, buildModel } from '../../models/own/build';
import { checkDescription, type OwnModelDescription, ownCard, ownId } from '../../models/own/description';
import { type ModelFiles, readModelFiles } from '../../models/own/files';
import { doubtOfRange, guessDescription } from '../../models/own/guess';
import { wordsOn } from '../../models/own/outputs';
import { assertModelSize } from '../../models/own/own-file';
import type { KeptFile, KeptModel, OwnModelStorage } from '../../models/own/storage';
import type { OwnModelFile, OwnModelReport } from '../../protocol/models';
import { longTask } from '../../pulse';
import { TfjsClassifier } from '../../tfjs/classifier';
import { probeModel } from './probe';
import { finishModel } from './trial';

/** A model of one's own, ready to be asked. */
export interface LoadedOwnModel {
  readonly card: ModelFacts;
  readonly sha256: string;
  readonly classifier: TfjsClassifier;
  readonly noGradients: string | null;
  readonly words: readonly string[];
}

async function readAll(files: readonly OwnModelFile[]): Promise<ModelFiles> {
  assertModelSize(files.reduce((sum, { data }) => sum + data.size, 0));
  const read = files.map(async ({ path, data }) => ({
    path,
    bytes: new Uint8Array(await data.arrayBuffer()),
  }));
  return readModelFiles(await Promise.all(read));
}

/** What was said of a model before, but for class names that come with its files now; the guess for a new model. */
function describedAnew(
  guessed: OwnModelDescription,
  labels: readonly string[] | null,
  before: OwnModelDescription | undefined,
): OwnModelDescription {
  if (before === undefined) return guessed;
  // Names that do not fit the classes are not in the guess either.
  return guessed.labels.join('\n') === labels?.join('\n') ? { ...before, labels: guessed.labels } : before;
}

/** Models that a person brings: looked at, described, kept, and loaded. One is in memory between look and description. */
export class OwnModels {
  #looked: ModelFiles | null = null;

  constructor(readonly storage: OwnModelStorage) {}

  /** What the files hold and what is to be guessed of the rest. Throws EngineError. */
  async inspect(given: readonly OwnModelFile[]): Promise<OwnModelReport> {
    this.#looked = null;
    const files = await readAll(given);
    const built = await longTask(LEAST_MS, () => buildModel(files));
    const clues = (classCount: number | null) => ({
      shape: built.layout.shape,
      classCount,
      names: [...nameClues(built, given), ...built.names],
      changes: built.changes,
      labels: files.labels,
      hasMetadata: given.some(({ path }) => path.endsWith('metadata.json')),
    });
    const described = guessDescription(clues(null));
    const bound = loadingBound(files, described.shape);
    const outputs = await longTask(bound, () => this.#tryOutputs(built, described));
    const known = await this.storage.read(files.sha256).catch(() => null);
    const classCount = outputs?.classCount ?? null;
    const doubt = known === null ? doubtOfRange(clues(classCount)) : null;
    const words = outputs === null ? [] : wordsOn(built.head, outputs.form, built.mended);
    this.#looked = files;
    return {
      id: ownId(files.sha256),
      format: built.format,
      bytes: files.bytes,
      parameters: built.parameters,
      shape: built.layout.shape,
      flat: built.layout.flat,
      classCount,
      guessed: describedAnew(guessDescription(clues(classCount)), files.labels, known?.model.described),
      isKept: known !== null,
      words: doubt === null ? words : [...words, doubt],
      doubt,
    };
  }

  /** Null where the size that was guessed is not one the network can take. */
  async #tryOutputs(built: BuiltModel, guessed: OwnModelDescription) {
    try {
      const { network, outputs } = await finishModel(built, guessed);
      network.dispose();
      return outputs;
    } catch (error) {
      if (built.layout.shape.includes(null)) return null;
      throw error;
    }
  }

  /**
   * Loads what was looked at last under a description, and keeps it. `kept` says why it could not be.
   * Throws EngineError, and keeps nothing then.
   */
  async add(
    id: string,
    description: unknown,
    backend: BackendName,
  ): Promise<{ readonly loaded: LoadedOwnModel; readonly notKept: string | null }> {
    const described = checkDescription(description);
    const files = this.#looked;
    if (files === null || ownId(files.sha256) !== id) {
      throw new EngineError('bad_request', 'The files of this model are no longer at hand; drop them again.');
    }
    const loaded = await this.#load(files, described, backend);
    this.#looked = null;
    const kept: KeptFile[] = files.files.map(({ path, bytes }) => ({
      path,
      data: new Blob([bytes as Uint8Array<ArrayBuffer>]),
    }));
    try {
      const { sha256, bytes } = files;
      await this.storage.put({ sha256, bytes, described }, kept);
      return { loaded, notKept: null };
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      return {
        loaded,
        notKept: `The browser did not keep it (${why}): it is here until the page is closed.`,
      };
    }
  }

  /** Loads a model that is kept. Throws EngineError model_not_found or model_checksum. */
  async load(id: string, backend: BackendName): Promise<LoadedOwnModel> {
    const { model, files } = await this.#kept(id);
    return this.#load(await this.#checked(id, model, files), model.described, backend);
  }

  async #checked(id: string, { described }: KeptModel, kept: readonly KeptFile[]): Promise<ModelFiles> {
    const altered = new EngineError(
      'model_checksum',
      `What this browser kept of “${described.name}” is no longer what was dropped; remove it and drop its files again.`,
    );
    const files = await readAll(kept).catch(() => Promise.reject(altered));
    if (ownId(files.sha256) !== id) throw altered;
    return files;
  }

  /** Loads a model that is kept by another description, which is kept if it fits. Throws EngineError. */
  async describe(id: string, description: unknown, backend: BackendName): Promise<LoadedOwnModel> {
    const described = checkDescription(description);
    const { model, files } = await this.#kept(id);
    const loaded = await this.#load(await this.#checked(id, model, files), described, backend);
    await this.storage.describe(model.sha256, described);
    return loaded;
  }

  forget(): void {
    this.#looked = null;
  }

  async remove(id: string): Promise<void> {
    await this.storage.remove(id.slice(ownId('').length));
  }

  async #kept(id: string) {
    const kept = await this.storage.read(id.slice(ownId('').length)).catch(() => null);
    if (kept !== null) return kept;
    throw new EngineError(
      'model_not_found',
      `The model ${id.slice(0, 15)}… is not kept in this browser; drop its files on the page to probe it.`,
    );
  }

  #load(files: ModelFiles, described: OwnModelDescription, backend: BackendName): Promise<LoadedOwnModel> {
    return longTask(loadingBound(files, described.shape), () => this.#built(files, described, backend));
  }

  async #built(
    files: ModelFiles,
    described: OwnModelDescription,
    backend: BackendName,
  ): Promise<LoadedOwnModel> {
    const built = await buildModel(files);
    const { network, outputs, fallback } = await finishModel(built, described);
    try {
      const card = ownCard(files.sha256, described, outputs.classCount);
      const classifier = new TfjsClassifier(network, described.shape, outputs.classCount);
      classifier.allowFirstPass(loadingBound(files, described.shape));
      const { noGradients, words } = await probeModel(classifier, backend, fallback?.why ?? null);
      return {
        card,
        sha256: files.sha256,
        classifier,
        noGradients,
        words: [...wordsOn(built.head, outputs.form, built.mended), ...words],
      };
    } catch (error) {
      network.dispose();
      throw error;
    }
  }
}

/** Multiplications a millisecond of plain JavaScript on a slow machine. */
const SLOWEST = 2e4;
const LONGEST_MS = 300_000;
/** What is allowed whatever the size, and for putting a network together. */
const LEAST_MS = 10_000;

/**
 * Milliseconds that a step of loading a model may take: its passes in plain JavaScript, where each weight is multiplied
 * at most once a pixel, in batches of a few pictures.
 */
function loadingBound({ weights }: ModelFiles, [height, width]: OwnModelDescription['shape']): number {
  const multiplications = (weights.byteLength / 4) * height * width;
  return Math.min(LONGEST_MS, LEAST_MS + multiplications / SLOWEST);
}

/** The name of the zip, the folder or the file, where it says anything. */
function nameClues(built: BuiltModel, given: readonly OwnModelFile[]): string[] {
  const paths = given.map(({ path }) => path);
  const zip = paths.length === 1 ? paths[0]?.replace(/^.*\//, '').replace(/\.zip$/, '') : undefined;
  const json = paths.find((path) => path.endsWith('.json')) ?? '';
  const parts = json.split('/');
  const folder = parts.at(-2);
  const file = parts.at(-1)?.replace(/\.json$/, '');
  const named = [zip, folder, file, built.names[0]].filter((name) => name !== undefined && name !== '');
  const generic = /^(model|metadata|labels|tfjs|web_model|sequential_?\d*|functional_?\d*)?$/i;
  return named.filter((name): name is string => name !== undefined && !generic.test(name)).slice(0, 1);
}
