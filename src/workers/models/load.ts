import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { io, type LayersModel, loadLayersModel } from '@tensorflow/tfjs';
import * as v from 'valibot';
import { complaintOf } from '../../text/complaint';
import { EngineError } from '../errors';
import { type ModelCard, modelCardSchema } from './card';

/** Reads a file of a model folder; undefined if there is none. */
export type FileReader = (path: string) => Promise<Uint8Array | undefined>;

export interface LoadedModel {
  readonly card: ModelCard;
  readonly sha256: string;
  readonly model: LayersModel;
}

interface LayersManifest {
  modelTopology: object;
  weightsManifest: { paths: string[]; weights: io.WeightsManifestEntry[] }[];
}

/**
 * Loads a model folder: card, then the files it lists, each checked against its SHA-256, then the tfjs Layers model.
 * Throws EngineError model_not_found, model_invalid or model_checksum.
 */
export async function loadModelFolder(id: string, read: FileReader): Promise<LoadedModel> {
  const cardBytes = await read('card.json');
  if (cardBytes === undefined) {
    throw new EngineError('model_not_found', `There is no model “${id}” here; choose one from the list.`);
  }
  const card = v.safeParse(modelCardSchema, parseJson(cardBytes, id, 'card.json'));
  if (!card.success) {
    const issue = card.issues[0];
    throw new EngineError('model_invalid', `The card of model “${id}” is not valid: ${complaintOf(issue)}.`);
  }
  const files = new Map<string, Uint8Array>();
  const whole = sha256.create();
  for (const file of card.output.files) {
    const bytes = await read(file.path);
    if (bytes === undefined) {
      throw new EngineError('model_not_found', `The file ${file.path} of model “${id}” is missing.`);
    }
    if (bytesToHex(sha256(bytes)) !== file.sha256) {
      throw new EngineError(
        'model_checksum',
        `The file ${file.path} of model “${id}” is not the one its card describes; reload the page, or fetch it anew.`,
      );
    }
    whole.update(bytes);
    files.set(file.path, bytes);
  }
  const model = await buildModel(id, files);
  const outputs = model.outputs[0]?.shape.at(-1);
  if (outputs !== card.output.labels.length) {
    model.dispose();
    throw new EngineError(
      'model_invalid',
      `Model “${id}” has ${outputs} outputs and its card ${card.output.labels.length} labels.`,
    );
  }
  return { card: card.output, sha256: bytesToHex(whole.digest()), model };
}

async function buildModel(id: string, files: ReadonlyMap<string, Uint8Array>): Promise<LayersModel> {
  const json = files.get('model.json');
  if (json === undefined) throw new EngineError('model_invalid', `The card of “${id}” lists no model.json.`);
  const manifest = parseJson(json, id, 'model.json') as LayersManifest;
  try {
    const shards = manifest.weightsManifest.flatMap(({ paths }) => paths);
    const weightData = concatenate(
      shards.map((path) => {
        const bytes = files.get(path);
        if (bytes === undefined) throw new Error(`the shard ${path} is not on the card`);
        return bytes;
      }),
    );
    return await loadLayersModel(
      io.fromMemory({
        modelTopology: manifest.modelTopology,
        weightSpecs: manifest.weightsManifest.flatMap(({ weights }) => weights),
        weightData,
      }),
    );
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    throw new EngineError('model_invalid', `The model “${id}” could not be built: ${message}`, { cause });
  }
}

function parseJson(bytes: Uint8Array, id: string, path: string): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch (cause) {
    throw new EngineError('model_invalid', `The file ${path} of model “${id}” is not JSON.`, { cause });
  }
}

function concatenate(parts: readonly Uint8Array[]): ArrayBuffer {
  const joined = new Uint8Array(parts.reduce((length, part) => length + part.byteLength, 0));
  let offset = 0;
  for (const part of parts) {
    joined.set(part, offset);
    offset += part.byteLength;
  }
  return joined.buffer;
}

/** Reads model files over HTTP from below `folderUrl`, which ends in a slash. */
export function fetchReader(folderUrl: string): FileReader {
  return async (path) => {
    let response: Response;
    try {
      response = await fetch(new URL(path, folderUrl));
    } catch (cause) {
      throw unreachable(path, cause);
    }
    // A static host with a fallback page answers 200 with HTML for what does not exist.
    const isFallback = response.headers.get('content-type')?.includes('text/html') ?? false;
    if (response.status === 404 || isFallback) return undefined;
    if (!response.ok) {
      throw new EngineError('model_not_found', `The model could not be fetched (status ${response.status}).`);
    }
    try {
      return new Uint8Array(await response.arrayBuffer());
    } catch (cause) {
      throw unreachable(path, cause);
    }
  };
}

function unreachable(path: string, cause: unknown): EngineError {
  const message = `The file ${path} of the model could not be fetched: the connection may be down.`;
  return new EngineError('model_not_found', message, { cause });
}
