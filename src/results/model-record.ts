import * as v from 'valibot';
import { finite, hash, listOf, numberFrom, text } from './fields';

/** More channels than any picture has. */
const MOST_CHANNELS = 16;

/** Which model a result is of. */
export const modelRecordSchema = v.object({
  id: text,
  /** Over the bytes of model.json and the weight files. */
  sha256: hash,
  /** How pixels in [0, 1] become a person's own model's input: onto range, less mean, divided by std, by channel. */
  normalisation: v.optional(
    v.object({
      range: v.tuple([finite, finite]),
      mean: listOf(finite, MOST_CHANNELS),
      std: listOf(numberFrom(Number.MIN_VALUE, 1e12), MOST_CHANNELS),
    }),
  ),
});

export type ModelRecord = v.InferOutput<typeof modelRecordSchema>;

interface Normalisation {
  readonly range: readonly [number, number];
  readonly mean: readonly number[];
  readonly std: readonly number[];
}

/** What a result needs to know of a model. */
export interface ResultModel {
  readonly sha256: string;
  readonly card: {
    readonly id: string;
    readonly labels: readonly string[];
    readonly input: { readonly normalisation?: Normalisation };
  };
}

export function toModelRecord({ sha256, card: { id, input } }: ResultModel): ModelRecord {
  if (input.normalisation === undefined) return { id, sha256 };
  const { range, mean, std } = input.normalisation;
  return { id, sha256, normalisation: { range: [...range], mean: [...mean], std: [...std] } };
}

/** The same as columns of a table; the last only where there is something to say. */
export function modelColumns({ id, sha256, normalisation }: ModelRecord): Record<string, string> {
  const columns = { model: id, modelSha256: sha256 };
  return normalisation === undefined
    ? columns
    : { ...columns, modelNormalisation: JSON.stringify(normalisation) };
}
