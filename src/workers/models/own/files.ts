import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import * as v from 'valibot';
import { dataFormat, pictureFormat } from '../../../image';
import { complaintOf } from '../../../text/complaint';
import { EngineError } from '../../errors';
import { tensorRoles } from './constants';
import { failedDownload, foreignFormat } from './foreign';
import { isNestedDeeper } from './json';
import { readLabels } from './labels';
import { assertModelSize, type OwnFile } from './own-file';
import { isZip, unpack } from './unpack';
import { assertFiniteWeights, type WeightSpec, weightBytes, weightSpecSchema } from './weights';

/** Fields within fields of a model.json; networks within networks have some ten for each. */
const MOST_LEVELS = 500;

const anyObject = v.record(v.string(), v.unknown());

const manifestSchema = v.array(v.object({ paths: v.array(v.string()), weights: v.array(weightSpecSchema) }));

/** The part of a tfjs model.json that is looked at. */
const modelJsonSchema = v.looseObject({
  format: v.optional(v.nullable(v.string())),
  modelTopology: anyObject,
  weightsManifest: manifestSchema,
  signature: v.optional(v.nullable(anyObject)),
  userDefinedMetadata: v.optional(v.nullable(anyObject)),
});

type ModelJson = v.InferOutput<typeof modelJsonSchema>;

/** A complete tfjs model whose files have the sizes that its manifest states. */
export interface ModelFiles {
  /** model.json first, then the shards in the manifest's order. */
  readonly files: readonly OwnFile[];
  readonly json: ModelJson;
  readonly specs: readonly WeightSpec[];
  /** All shards joined. */
  readonly weights: Uint8Array<ArrayBuffer>;
  /** SHA-256, in hex, over the bytes of `files` one after the other. */
  readonly sha256: string;
  readonly bytes: number;
  /** Class names that came along in a metadata.json or labels.txt. */
  readonly labels: readonly string[] | null;
}

/**
 * Finds a tfjs model among files, or in a zip of them, and checks that it is whole.
 * Throws EngineError model_format, model_incomplete, model_weights or model_too_large.
 */
export function readModelFiles(given: readonly OwnFile[]): ModelFiles {
  const packed = given.length === 1 && given[0] !== undefined && isZip(given[0]) ? given[0] : null;
  const foreign = packed && foreignFormat([packed]);
  if (foreign !== null) throw format(foreign);
  const all = (packed === null ? given : unpack(packed)).filter(({ path }) => !isClutter(path));
  assertModelSize(all.reduce((sum, { bytes }) => sum + bytes.length, 0));
  const found = findModelJson(all, packed?.path ?? null);
  const { json, file } = found;
  const shardFiles: OwnFile[] = [];
  const specs: WeightSpec[] = [];
  for (const group of json.weightsManifest) {
    const shards = group.paths.map((path) => findShard(path, file, all));
    // A file may be named more than once.
    assertModelSize([...shardFiles, ...shards].reduce((sum, { bytes }) => sum + bytes.length, 0));
    checkSizes(shards, group.weights);
    shardFiles.push(...shards);
    specs.push(...group.weights);
  }
  const weights = concatenate(shardFiles.map(({ bytes }) => bytes));
  assertFiniteWeights(specs, weights, tensorRoles(json.modelTopology));
  const files = [file, ...shardFiles];
  const hash = sha256.create();
  for (const { bytes } of files) hash.update(bytes);
  return {
    files,
    json,
    specs,
    weights,
    sha256: bytesToHex(hash.digest()),
    bytes: files.reduce((sum, { bytes }) => sum + bytes.length, 0),
    labels: findLabels(all),
  };
}

/** What operating systems leave in folders and archives. */
const isClutter = (path: string): boolean => /(^|\/)(\.DS_Store|__MACOSX\/|\._|Thumbs\.db)/.test(path);

const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);
const folderOf = (path: string): string => path.slice(0, path.lastIndexOf('/') + 1);

function format(message: string, cause?: unknown): EngineError {
  return new EngineError('model_format', message, { cause });
}

function incomplete(message: string): EngineError {
  return new EngineError('model_incomplete', message);
}

/** The file that describes the network: named model.json, or as tfjs's own download names it. */
function findModelJson(all: readonly OwnFile[], zip: string | null): { json: ModelJson; file: OwnFile } {
  const named = all.filter(({ path }) => nameOf(path) === 'model.json');
  const candidates = named.length > 0 ? named : all.filter(isNetworkText);
  const [file, other] = candidates;
  if (file === undefined) {
    const foreign = foreignFormat(all);
    if (foreign !== null) throw format(foreign);
    const text = all.find(({ path }) => path.endsWith('.json'));
    if (text !== undefined) parseModelJson(text);
    const isData = all.some(({ bytes }) => dataFormat(bytes) !== null || pictureFormat(bytes) !== null);
    if (isData) {
      throw format(
        `There is no model.json ${zip === null ? 'among these files' : `in ${zip}`}, but what looks like a data set: drop that in the view “Data set”.`,
      );
    }
    throw format(
      `There is no model.json ${zip === null ? 'among these files' : `in ${zip}`}: a TensorFlow.js model is a model.json with its weight files, dropped together, as a folder or as a zip.`,
    );
  }
  if (other !== undefined) {
    throw format(`There are two models here, ${file.path} and ${other.path}; give one at a time.`);
  }
  return { json: parseModelJson(file), file };
}

function isNetworkText({ path, bytes }: OwnFile): boolean {
  return path.endsWith('.json') && new TextDecoder().decode(bytes).includes('"weightsManifest"');
}

function parseModelJson(file: OwnFile): ModelJson {
  const { path, bytes } = file;
  const instead = failedDownload(file);
  if (instead !== null) throw format(`${path} is ${instead}.`);
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder().decode(bytes));
  } catch (cause) {
    throw format(`${path} is not JSON, or only a part of it; download it again.`, cause);
  }
  if (isNestedDeeper(value, MOST_LEVELS)) {
    throw format(`${path} is damaged: its fields lie within one another more than ${MOST_LEVELS} deep.`);
  }
  const object = v.safeParse(anyObject, value);
  const has = (key: string): boolean => object.success && object.output[key] !== undefined;
  if (!has('modelTopology') && !has('weightsManifest')) {
    throw format(`${path} is JSON, but not of a TensorFlow.js model: it has no modelTopology.`);
  }
  if (!has('modelTopology')) {
    throw format(`${path} describes weights but no network; save the whole model, not its weights alone.`);
  }
  if (!has('weightsManifest')) {
    throw format(`${path} describes a network but no weights; save the model with model.save().`);
  }
  const parsed = v.safeParse(modelJsonSchema, value);
  if (parsed.success) return parsed.output;
  const [issue] = parsed.issues;
  throw format(`${path} is damaged: ${complaintOf(issue)}.`);
}

/** By its path beside model.json, else by its name, where that is unmistakable. */
function findShard(path: string, { path: jsonPath }: OwnFile, all: readonly OwnFile[]): OwnFile {
  const wanted = `${folderOf(jsonPath)}${path}`.replaceAll(/(^|\/)\.\//g, '$1');
  const byName = all.filter((file) => nameOf(file.path) === nameOf(path));
  const shard = all.find((file) => file.path === wanted) ?? (byName.length === 1 ? byName[0] : undefined);
  if (shard === undefined) {
    throw incomplete(`The weight file ${path} is missing; drop it together with ${nameOf(jsonPath)}.`);
  }
  const instead = failedDownload(shard);
  if (instead !== null) throw incomplete(`The weight file ${path} is ${instead}.`);
  return shard;
}

function checkSizes(shards: readonly OwnFile[], specs: readonly WeightSpec[]): void {
  const total = shards.reduce((sum, { bytes }) => sum + bytes.length, 0);
  // Only the sizes of strings stand in the data.
  const hasStrings = specs.some(({ dtype }) => dtype === 'string');
  const data = hasStrings ? concatenate(shards.map(({ bytes }) => bytes)) : new Uint8Array();
  let needed = 0;
  for (const spec of specs) needed += weightBytes(spec, data.subarray(needed));
  const difference = total - needed;
  if (difference === 0) return;
  const [which, verb] = suspect(shards);
  if (difference > 0) {
    throw incomplete(
      `${which} ${verb} ${difference} bytes more than model.json describes: the files belong to different models, or were altered.`,
    );
  }
  throw incomplete(
    `${which} ${verb} ${-difference} bytes fewer than model.json describes: the download was cut off, or the files belong to different models. Download them again.`,
  );
}

/** Shards but for the last are all of one size, so one that is smaller stands out. */
function suspect(shards: readonly OwnFile[]): [string, 'has' | 'have'] {
  const full = Math.max(...shards.map(({ bytes }) => bytes.length));
  const odd = shards.slice(0, -1).filter(({ bytes }) => bytes.length !== full);
  const single = shards.length === 1 ? shards[0] : odd.length === 1 ? odd[0] : undefined;
  if (single !== undefined) return [`The weight file ${nameOf(single.path)}`, 'has'];
  return [`The ${shards.length} weight files together`, 'have'];
}

function concatenate(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const joined = new Uint8Array(parts.reduce((length, part) => length + part.byteLength, 0));
  let offset = 0;
  for (const part of parts) {
    joined.set(part, offset);
    offset += part.byteLength;
  }
  return joined;
}

/** Teachable Machine writes a metadata.json; others a labels.txt, one a line. */
function findLabels(all: readonly OwnFile[]): readonly string[] | null {
  const text = (name: string): string | undefined => {
    const file = all.find(({ path }) => nameOf(path).toLowerCase() === name);
    return file && new TextDecoder().decode(file.bytes);
  };
  const lines = text('labels.txt') ?? text('classes.txt');
  if (lines !== undefined) return readLabels(lines);
  try {
    const metadata = v.safeParse(
      v.looseObject({ labels: v.array(v.string()) }),
      JSON.parse(text('metadata.json') ?? ''),
    );
    return metadata.success ? metadata.output.labels : null;
  } catch {
    return null;
  }
}
