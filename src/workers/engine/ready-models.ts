import { isOwnId } from '../models/card';
import type { LoadPhase, ModelInfo } from '../protocol/models';
import type { TfjsClassifier } from '../tfjs/classifier';

export interface ReadyModel {
  readonly info: ModelInfo;
  readonly classifier: TfjsClassifier;
}

type Load = (id: string, onPhase?: (phase: LoadPhase) => void) => Promise<ReadyModel>;

/**
 * Loaded models by id, each loaded once. The bundled ones are small and stay; of a person's own, which may be large, the
 * one asked for last. What is retired is disposed of when nothing uses it any more.
 */
export class ReadyModels {
  readonly #models = new Map<string, Promise<ReadyModel>>();
  readonly #users = new Map<ReadyModel, number>();
  readonly #retired = new Set<ReadyModel>();

  /** @param onDispose hears of each model that is disposed of */
  constructor(
    readonly load: Load,
    readonly onDispose: (model: ReadyModel) => void,
  ) {}

  get(id: string, onPhase?: (phase: LoadPhase) => void): Promise<ReadyModel> {
    const known = this.#models.get(id);
    if (known !== undefined) return known;
    const loading = this.load(id, onPhase);
    this.put(id, loading);
    return loading;
  }

  put(id: string, loading: Promise<ReadyModel>): void {
    for (const other of [...this.#models.keys()]) {
      if (other === id || (isOwnId(id) && isOwnId(other))) this.retire(other);
    }
    this.#models.set(id, loading);
    loading.catch(() => {
      if (this.#models.get(id) === loading) this.#models.delete(id);
    });
  }

  /** Runs something on a model that is not disposed of meanwhile. */
  async use<T>(id: string, work: (model: ReadyModel) => Promise<T>): Promise<T> {
    const model = await this.get(id);
    this.#users.set(model, (this.#users.get(model) ?? 0) + 1);
    try {
      return await work(model);
    } finally {
      this.#users.set(model, (this.#users.get(model) ?? 1) - 1);
      this.#disposeIfUnused(model);
    }
  }

  retire(id: string): void {
    const loading = this.#models.get(id);
    this.#models.delete(id);
    loading?.then(
      (model) => {
        this.#retired.add(model);
        this.#disposeIfUnused(model);
      },
      () => {},
    );
  }

  /** Retires all of them; resolves once those that nothing uses are disposed of. */
  async clear(): Promise<void> {
    const loading = [...this.#models.values()];
    for (const id of [...this.#models.keys()]) this.retire(id);
    await Promise.allSettled(loading);
  }

  #disposeIfUnused(model: ReadyModel): void {
    if ((this.#users.get(model) ?? 0) > 0) return;
    this.#users.delete(model);
    if (!this.#retired.delete(model)) return;
    this.onDispose(model);
    model.classifier.dispose();
  }
}
