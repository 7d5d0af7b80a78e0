import * as v from 'valibot';
import { complaintOf } from '../../text/complaint';
import { modelCardSchema } from '../../workers/models/card';
import { strings } from '../strings';

/** Fetches one of the page's own JSON files and checks its form. Throws an Error with a sentence. */
export async function fetchJson<T>(
  path: string,
  schema: v.BaseSchema<unknown, T, v.BaseIssue<unknown>>,
): Promise<T> {
  const response = await fetch(new URL(path, document.baseURI));
  if (!response.ok) throw new Error(strings.files.notFetched(path, response.status));
  const parsed = v.safeParse(schema, await response.json());
  if (!parsed.success) throw new Error(strings.files.notValid(path, complaintOf(parsed.issues[0])));
  return parsed.output;
}

export const sampleIndexSchema = v.object({
  schema: v.literal('probust-samples/2'),
  /** Ids of the samples that are shown first. */
  defaults: v.array(v.string()),
  samples: v.pipe(
    v.array(
      v.object({
        id: v.string(),
        dataset: v.string(),
        file: v.string(),
        label: v.string(),
        title: v.string(),
      }),
    ),
    v.minLength(1),
  ),
});

/** What is needed of a model's card before it is loaded. */
export const cardRangeSchema = v.object({ sigma: modelCardSchema.entries.sigma });
