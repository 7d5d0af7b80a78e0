import type { Crop, ImageErrorCode, PreparedImage } from '../../image';
import type { SweepResult } from '../../results/sweep-result';
import type { ModelCard } from '../models/card';

export type PrepareResult =
  | {
      readonly ok: true;
      readonly prepared: PreparedImage;
      /** SHA-256 of the prepared float32 little-endian NHWC bytes. */
      readonly sha256: string;
      /** Size of the source picture. */
      readonly width: number;
      readonly height: number;
    }
  | { readonly ok: false; readonly code: ImageErrorCode; readonly message: string };

/** A model's input as an export has it. */
export type ReadInputResult =
  | {
      readonly ok: true;
      readonly shape: readonly number[];
      readonly data: Float32Array;
      /** As of a prepared image. */
      readonly sha256: string;
    }
  | { readonly ok: false; readonly code: ImageErrorCode; readonly message: string };

/** A saved sweep, or what is wrong with it. */
export type ReadSweepResult =
  | { readonly ok: true; readonly result: SweepResult }
  | { readonly ok: false; readonly message: string };

/** The image worker as the page sees it. */
export interface ImageApi {
  /**
   * From a picture file to a model's input. `key` names the file among those of the page: while the same one is asked
   * for again, with another crop perhaps, it is not decoded anew.
   */
  prepare(file: Blob, key: number, input: ModelCard['input'], crop: Crop | null): Promise<PrepareResult>;
  /** Reads an exported input. */
  readInput(npy: Blob): Promise<ReadInputResult>;
  /** Reads a saved sweep and checks it, away from the page: a large one takes a while. */
  readSweep(json: Blob): Promise<ReadSweepResult>;
  /** The noise of copies that are to be drawn: `count` rows of `length` standard normals, from the start of Monte Carlo's stream. */
  normals(seed: number, count: number, length: number): Float32Array;
}
