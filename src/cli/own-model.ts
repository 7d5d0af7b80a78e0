import { readdir, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import * as v from 'valibot';
import type { OwnModelDescription } from '../workers/models/own/description';
import { readLabels } from '../workers/models/own/labels';
import type { ModelInfo, OwnModelFile, OwnModelReport } from '../workers/protocol/models';
import type { OptionValues } from './command';
import { watched } from './model-watch';
import { type EngineChoice, type OpenEngine, openEngine } from './open-engine';
import { cannotRead } from './output';
import type { OWN_MODEL_OPTIONS } from './own-model-options';
import { readBounded } from './read-file';
import { parseInputSize, parseNumbers, parseRange } from './values';

type Values = OptionValues<typeof OWN_MODEL_OPTIONS>;

/** A model of one's own in an engine that runs. */
export interface OpenOwnModel extends OpenEngine {
  readonly model: ModelInfo;
}

/** Of one file. */
const MOST_BYTES = 2 ** 31 - 1;

async function readBlob(path: string): Promise<Blob> {
  return new Blob([await readBounded(path, MOST_BYTES)]);
}

const manifestSchema = v.object({ weightsManifest: v.array(v.object({ paths: v.array(v.string()) })) });

/** The weight files that a model.json names; none where it is no such file, which the engine will say. */
function shardPaths(text: string): string[] {
  try {
    const parsed = v.safeParse(manifestSchema, JSON.parse(text));
    if (!parsed.success) return [];
    return [...new Set(parsed.output.weightsManifest.flatMap(({ paths }) => paths))];
  } catch {
    return [];
  }
}

/** model.json with what belongs to it, all of a folder, or a zip. Throws a CliError. */
async function readFiles(path: string): Promise<OwnModelFile[]> {
  const info = await stat(path).catch((error: unknown) => {
    throw cannotRead(path, error);
  });
  if (info.isDirectory()) {
    const entries = await readdir(path, { withFileTypes: true }).catch((error: unknown) => {
      throw cannotRead(path, error);
    });
    const names = entries.filter((entry) => entry.isFile());
    return Promise.all(
      names.map(async ({ name }) => ({
        path: `${basename(path)}/${name}`,
        data: await readBlob(join(path, name)),
      })),
    );
  }
  const data = await readBlob(path);
  const folder = basename(dirname(path));
  const named = (name: string): string => (folder === '' || folder === '.' ? name : `${folder}/${name}`);
  const files: OwnModelFile[] = [{ path: named(basename(path)), data }];
  if (!path.endsWith('.json')) return [{ path: basename(path), data }];
  for (const name of [...shardPaths(await data.text()), 'labels.txt', 'metadata.json']) {
    const there = join(dirname(path), name);
    const isThere = await stat(there).then(
      (found) => found.isFile(),
      () => false,
    );
    // What is missing is named by the engine.
    if (isThere) files.push({ path: named(name), data: await readBlob(there) });
  }
  return files;
}

async function describe(report: OwnModelReport, path: string, values: Values): Promise<OwnModelDescription> {
  const { guessed } = report;
  const shape = values['input-size'] === undefined ? guessed.shape : parseInputSize(values['input-size']);
  const channels = shape[2];
  const isRechannelled = channels !== guessed.shape[2];
  const numbers = (option: 'mean' | 'std', rest: number): number[] => {
    const text = values[option];
    if (text !== undefined) return parseNumbers(`--${option}`, text, channels);
    return isRechannelled ? new Array<number>(channels).fill(rest) : guessed[option];
  };
  const isDigits = shape.join() === '28,28,1';
  const pictures = values.pictures as 'mnist' | 'photo' | undefined;
  return {
    name: guessed.name === 'My model' ? basename(path) : guessed.name,
    shape,
    preparation: pictures ?? (isDigits ? 'mnist' : 'photo'),
    range: values.range === undefined ? guessed.range : parseRange(values.range),
    mean: numbers('mean', 0),
    std: numbers('std', 1),
    labels:
      values.labels === undefined ? guessed.labels : readLabels(await (await readBlob(values.labels)).text()),
  };
}

/** Starts the engine with a model from the disk, and says what is in doubt of it. Rejects with a CliError or the engine's error. */
export async function openOwnModel(
  path: string,
  values: Values,
  choice: EngineChoice,
  say: (text: string) => void,
): Promise<OpenOwnModel> {
  const files = await readFiles(path);
  const open = await openEngine(choice);
  return watched(async () => {
    const report = await open.engine.inspectOwnModel(files);
    if (report.doubt !== null && values.range === undefined) say(`${report.doubt}\n`);
    const { model } = await open.engine.addOwnModel(report.id, await describe(report, path, values));
    return { ...open, model };
  });
}
