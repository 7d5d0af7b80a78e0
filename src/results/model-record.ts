import * as v from 'valibot';

const pair = v.tuple([v.number(), v.number()]);

/** Which model a result is of. */
export const modelRecordSchema = v.object({
  id: v.string(),
  /** Over the bytes of model.json and the weight files. */
  sha256: v.string(),
  /** How pixels in [0, 1] become a person's own model's input: onto range, less mean, divided by std, by channel. */
  normalisation: v.optional(v.object({ range: pair, mean: v.array(v.number()), std: v.array(v.number()) })),
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
