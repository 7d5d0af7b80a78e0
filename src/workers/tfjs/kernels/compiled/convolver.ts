import type * as tf from '@tensorflow/tfjs';
import { FilterCache } from '../filter-cache';
import { isOurs } from '../groups';
import type { WasmBackend } from '../wasm-backend';
import { type Filter, packForConvolve, packForWinograd, paddedChannels } from './pack';
import type { KernelPool } from './pool';

/** As in assembly/simd.ts. */
export const ACTIVATION = { linear: 0, relu: 1, relu6: 2 } as const;
export type Activation = keyof typeof ACTIVATION;

interface Size {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
}

/** A convolution over NHWC data: output (y, x) sees the inputs from (y strideY - padTop, x strideX - padLeft) on. */
export interface Convolution {
  readonly batch: number;
  readonly input: Size;
  readonly output: Size;
  readonly filter: { readonly height: number; readonly width: number };
  readonly strideY: number;
  readonly strideX: number;
  readonly padTop: number;
  readonly padLeft: number;
  readonly activation: Activation;
}

/** Where output (n, y, x) goes, in floats: offset + n imagePitch + y rowPitch + x pixelPitch. */
export interface Placement {
  readonly offset: number;
  readonly imagePitch: number;
  readonly rowPitch: number;
  readonly pixelPitch: number;
}

/** Working sets that stay in the inner caches; measured on x64, where twice or half as much is within 10 %. */
const WINOGRAD_BYTES = 96 * 1024;
const GATHER_BYTES = 64 * 1024;
/** Rows are taken six at a time. */
const BLOCK = { step: 6, min: 6, max: 60 } as const;
/** So that no thread waits long for the last one. */
const BLOCKS_A_THREAD = 4;
const TILE = 4;

/** Convolutions and dense layers by the compiled kernels, with their packed filters. */
export class Convolver {
  readonly #filters = new FilterCache();

  constructor(
    readonly pool: KernelPool,
    readonly backend: WasmBackend,
  ) {}

  /**
   * @param source the filter tensor; with `variant` it identifies the packed filter @param makeFilter its values
   * @param bias outChannels values @param to the output tensor, all of it written unless `placement` says otherwise
   */
  run(
    convolution: Convolution,
    input: tf.TensorInfo,
    source: tf.TensorInfo,
    variant: string,
    makeFilter: () => Filter,
    bias: tf.TensorInfo | undefined,
    to: tf.TensorInfo,
    placement?: Placement,
  ): void {
    const { batch, input: from, output, filter, strideY, strideX, padTop, padLeft } = convolution;
    const isWinograd = placement === undefined && suitsWinograd(convolution);
    const packed = this.#filters.get(source, `${variant}|${isWinograd}`, this.backend, () => {
      const values = (isWinograd ? packForWinograd : packForConvolve)(makeFilter());
      const made = this.backend.makeOutput([values.length], 'float32');
      this.backend.typedArrayFromHeap(made).set(values);
      return made;
    });
    const place = placement ?? {
      offset: 0,
      imagePitch: output.height * output.width * output.channels,
      rowPitch: output.width * output.channels,
      pixelPitch: output.channels,
    };
    const common = [
      this.#address(input),
      this.#address(to) + 4 * place.offset,
      this.#address(packed),
      bias === undefined ? 0 : this.#address(bias),
      ACTIVATION[convolution.activation],
      batch,
      from.height,
      from.width,
      from.channels,
      output.height,
      output.width,
      output.channels,
      padTop,
      padLeft,
    ];
    const width = paddedChannels(output.channels);
    const pixels = batch * output.height * output.width;
    const work = pixels * filter.height * filter.width * from.channels * width;
    if (isWinograd) {
      const channels = from.channels + width;
      const tiles = batch * Math.ceil(output.height / TILE) * Math.ceil(output.width / TILE);
      const block = this.#block(WINOGRAD_BYTES / (36 * 4 * channels), tiles);
      const scratch = 4 * (36 * block * channels + 36 * from.channels + 144);
      this.pool.run('winograd', work / 4, scratch, [...common, block]);
    } else {
      const depth = filter.height * filter.width * from.channels;
      const block = this.#block(GATHER_BYTES / (4 * depth), pixels);
      const steps = [block, filter.height, filter.width, strideY, strideX];
      const pitches = [place.imagePitch, place.rowPitch, place.pixelPitch];
      const scratch = 4 * block * (depth + width);
      this.pool.run('convolve', work, scratch, [...common, ...steps, ...pitches]);
    }
  }

  #address({ dataId }: tf.TensorInfo): number {
    return this.backend.dataIdMap.get(dataId).memoryOffset;
  }

  #block(fitting: number, total: number): number {
    const share = total / (BLOCKS_A_THREAD * this.pool.size);
    const wanted = Math.ceil(Math.min(fitting, share) / BLOCK.step) * BLOCK.step;
    return Math.min(BLOCK.max, Math.max(BLOCK.min, wanted));
  }
}

function suitsWinograd({ input, output, filter, strideY, strideX }: Convolution): boolean {
  if (!isOurs('winograd')) return false;
  if (filter.height !== 3 || filter.width !== 3 || strideY !== 1 || strideX !== 1) return false;
  if (input.channels % 4 !== 0) return false;
  // Below that most of a tile is thrown away.
  return output.height >= 3 && output.width >= 3;
}
