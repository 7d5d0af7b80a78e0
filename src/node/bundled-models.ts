import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import { type ModelCard, type ModelIndex, modelCardSchema, modelIndexSchema } from '../workers/models/card';
import { relatedModels, spannedRange } from '../workers/models/relatives';
import { projectFolder } from './project';

/** Model folders on the disk. Nothing here loads the engine. */

export const modelsFolder = join(projectFolder, 'public', 'models');

/** Reads the model folder <id>/ in `folder`, that of the bundled models unless another is given. */
export function folderReader(modelId: string, folder = modelsFolder) {
  return async (path: string): Promise<Uint8Array | undefined> => {
    try {
      return new Uint8Array(await readFile(join(folder, modelId, path)));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw error;
    }
  };
}

async function readJson<S extends v.GenericSchema>(path: string, schema: S): Promise<v.InferOutput<S>> {
  return v.parse(schema, JSON.parse(await readFile(path, 'utf8')));
}

/** The bundled models, in its order, and which of them is the default. */
export const readIndex = (): Promise<ModelIndex> =>
  readJson(join(modelsFolder, 'index.json'), modelIndexSchema);

/** The card of a bundled model. */
export const readCard = (id: string): Promise<ModelCard> =>
  readJson(join(modelsFolder, id, 'card.json'), modelCardSchema);

/** The ids of the bundled models, in its order. */
export async function readBundledIds(): Promise<string[]> {
  return (await readIndex()).models.map(({ id }) => id);
}

/**
 * The radii that a sweep of a model covers unless it is told others, the same as on the page: those that the cards of the
 * model and its relatives recommend; of a model that is not bundled, its own.
 */
export async function recommendedRange({
  id,
  sigma,
}: Pick<ModelCard, 'id' | 'sigma'>): Promise<ModelCard['sigma']> {
  const cards = await Promise.all(relatedModels(await readIndex(), id).map((entry) => readCard(entry.id)));
  return spannedRange([sigma, ...cards.map((card) => card.sigma)]);
}
