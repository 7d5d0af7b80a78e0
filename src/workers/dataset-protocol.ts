/** Everything that crosses between the page and the workers of the data set view. */
import type { DataErrorCode, DataPurpose, LabelledImages, PackedSet } from '../data';
import type { ClassBias, DatasetTable, PairedDifferences } from '../dataset';
import type { ImageErrorCode } from '../image';

/** Files as a person gave them, or an unpacked set below an absolute address with a slash at its end. */
export type DataSource =
  | { readonly kind: 'files'; readonly files: readonly { readonly path: string; readonly data: Blob }[] }
  | { readonly kind: 'packed'; readonly set: PackedSet; readonly baseUrl: string };

export interface LoadedData {
  /** What the set is called in exports. */
  readonly name: string;
  readonly sha256: string;
  readonly images: LabelledImages;
  /** Picture files were cropped and resized for the model's input. */
  readonly isPrepared: boolean;
  /** Sentences on how the files were read: where the classes come from, what was left out. */
  readonly notes: readonly string[];
}

export type LoadResult =
  | { readonly ok: true; readonly data: LoadedData }
  | {
      readonly ok: false;
      readonly code: DataErrorCode | ImageErrorCode | 'internal';
      /** One sentence for a person. */
      readonly message: string;
    };

export type TableFormat = 'csv' | 'parquet';

/** The worker that reads one data set. */
export interface DataReaderApi {
  /** @param onProgress images that are there so far, of how many, where that is known */
  load(
    source: DataSource,
    purpose: DataPurpose,
    onProgress?: (images: number, of: number) => void,
  ): Promise<LoadResult>;
}

/** The worker for what takes long of a run, as the page sees it. */
export interface DatasetApi {
  classBias(table: DatasetTable, sigmaIndex: number): Promise<ClassBias>;
  pairedDifferences(
    first: DatasetTable,
    second: DatasetTable,
    sigmaIndex: number,
  ): Promise<PairedDifferences>;
  exportTable(table: DatasetTable, format: TableFormat): Promise<Uint8Array>;
}
