import * as v from 'valibot';
import { modelCardSchema } from '../../workers/models/card';
import { strings } from '../strings';

/** Fetches one of the page's own files, unless the signal ends that. @param name of it, if another than its path. Throws an Error with a sentence. */
export async function fetchFile(path: string, name = path, signal?: AbortSignal): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(new URL(path, document.baseURI), signal === undefined ? {} : { signal });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new Error(strings.files.unreachable(name));
  }
  if (!response.ok) throw new Error(strings.files.notFetched(name, response.status));
  return response;
}

/** Fetches one of the page's own JSON files and checks its form. Throws an Error with a sentence. */
export async function fetchJson<T>(
  path: string,
  schema: v.BaseSchema<unknown, T, v.BaseIssue<unknown>>,
): Promise<T> {
  const response = await fetchFile(path);
  let value: unknown;
  try {
    value = await response.json();
  } catch {
    throw new Error(strings.files.notValid(path));
  }
  const parsed = v.safeParse(schema, value);
  if (!parsed.success) throw new Error(strings.files.notValid(path));
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
