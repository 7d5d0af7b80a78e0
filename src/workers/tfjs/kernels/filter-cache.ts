import type * as tf from '@tensorflow/tfjs';
import type { WasmBackend } from './wasm-backend';

/**
 * Rearranged filters by the filter they come from. Keeping them lets XNNPACK keep its packed copy as well, which
 * it drops with the tensor. Entries go once their filter is disposed of.
 */
export class FilterCache {
  readonly #entries = new Map<tf.DataId, Map<string, tf.TensorInfo>>();

  /** @param variant what besides the filter's values the result depends on. */
  get(
    filter: tf.TensorInfo,
    variant: string,
    backend: WasmBackend,
    rearrange: () => tf.TensorInfo,
  ): tf.TensorInfo {
    const known = this.#entries.get(filter.dataId)?.get(variant);
    if (known !== undefined) return known;
    this.#dropOrphans(backend);
    const made = rearrange();
    const variants = this.#entries.get(filter.dataId) ?? new Map<string, tf.TensorInfo>();
    variants.set(variant, made);
    this.#entries.set(filter.dataId, variants);
    return made;
  }

  #dropOrphans(backend: WasmBackend): void {
    for (const [source, variants] of this.#entries) {
      if (backend.dataIdMap.has(source)) continue;
      for (const { dataId } of variants.values()) backend.disposeData(dataId);
      this.#entries.delete(source);
    }
  }
}
