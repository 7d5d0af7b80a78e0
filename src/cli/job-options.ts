import { DEFAULT_SEED, DEFAULT_STOP, type StopRule } from '../estimators/estimate';
import { readCard, readIndex } from '../node/bundled-models';
import type { ModelCard, ModelFacts } from '../workers/models/card';
import type { OptionTable, OptionValues } from './command';
import { CliError, EXIT, usageError } from './errors';
import type { EngineChoice, OpenEngine } from './open-engine';
import { checkWritable } from './output';
import type { OpenOwnModel } from './own-model';
import { OWN_MODEL_OPTIONS } from './own-model-options';
import { type Picture, readPicture } from './picture';
import {
  parseChoice,
  parseCrop,
  parseInputSize,
  parseRange,
  parseSeed,
  parseStop,
  parseThreads,
} from './values';

/** Options of every command that runs a model on a picture. */
export const JOB_OPTIONS = {
  image: {
    type: 'string',
    short: 'i',
    value: 'FILE',
    help: 'the picture: a PNG, or the model’s input as .npy, as the page exports it; needed',
  },
  crop: {
    type: 'string',
    value: 'X,Y,SIZE',
    help: 'the part of a photo that the model sees, for models that take photos: left and top edge as parts of width and height, size as a part of the largest square that fits; each 0 to 1',
    fallback: 'the largest square in the middle',
  },
  model: {
    type: 'string',
    short: 'm',
    value: 'ID|FILE',
    help: 'a bundled model, or a tfjs model from the disk: the path of its model.json, of its folder, or of a zip of it',
    fallback: 'as on the page',
  },
  ...OWN_MODEL_OPTIONS,
  seed: {
    type: 'string',
    value: 'N',
    help: 'seed of the noise, a whole number',
    fallback: String(DEFAULT_SEED),
  },
  stop: {
    type: 'string',
    value: 'RULE',
    help: 'when sampling ends: fixed:N after N copies a radius, precision:W:N at the first multiple of 256 copies with which 95 % limits W to each side hold under this rule, or after N copies (where N decides: up to 5 % fewer, from 1000 on)',
    fallback: 'precision:0.02:20000',
  },
  format: {
    type: 'string',
    value: 'json|csv',
    help: 'form of the result',
    fallback: 'json, or csv for --out *.csv',
  },
  out: { type: 'string', short: 'o', value: 'FILE', help: 'where the result goes', fallback: 'stdout' },
  backend: {
    type: 'string',
    value: 'wasm|cpu',
    help: 'what computes; cpu is slow and plain',
    fallback: 'wasm',
  },
  threads: { type: 'string', value: 'N', help: 'threads of wasm, 1 to 8', fallback: 'one a core' },
  progress: { type: 'boolean', help: 'show progress on stderr even if that is no terminal' },
} as const satisfies OptionTable;

type Values = OptionValues<typeof JOB_OPTIONS>;
/** Those that say which model. */
type ModelValues = Pick<Values, 'model' | keyof typeof OWN_MODEL_OPTIONS>;

export interface JobSettings {
  readonly card: ModelFacts;
  /** The engine that a model from the disk was loaded into. */
  readonly opened: OpenEngine | undefined;
  readonly picture: Picture;
  readonly seed: number;
  readonly stop: StopRule;
  readonly format: 'json' | 'csv';
  readonly out: string | undefined;
  readonly backend: 'wasm' | 'cpu';
  readonly threads: number | null;
}

/** The card of a bundled model, the default model's without an id. Throws a CliError. */
async function findCard(id: string | undefined): Promise<ModelCard> {
  const index = await readIndex();
  const wanted = id ?? index.default;
  const known = index.models.map((model) => model.id);
  if (!known.includes(wanted)) {
    throw new CliError(EXIT.model, `There is no bundled model “${wanted}”; there are ${known.join(', ')}.`);
  }
  return readCard(wanted);
}

/** Ids of bundled models hold letters, digits and hyphens. */
const isPath = (model: string): boolean => /[./\\]/.test(model);

async function openFromDisk(
  path: string,
  values: ModelValues,
  choice: EngineChoice,
  say: (text: string) => void,
): Promise<OpenOwnModel> {
  // What is mistyped is said before anything is loaded.
  if (values.range !== undefined) parseRange(values.range);
  if (values['input-size'] !== undefined) parseInputSize(values['input-size']);
  const pictures = values.pictures && parseChoice('--pictures', values.pictures, ['mnist', 'photo']);
  // Only here is the engine needed before the picture is read.
  const { openOwnModel } = await import('./own-model');
  return openOwnModel(path, { ...values, ...(pictures && { pictures }) }, choice, say);
}

function assertNoOwnOptions(values: ModelValues): void {
  const given = Object.keys(OWN_MODEL_OPTIONS).find(
    (name) => values[name as keyof ModelValues] !== undefined,
  );
  if (given !== undefined) {
    throw usageError(`--${given} describes a model from the disk; the bundled ones have a card.`);
  }
}

/**
 * The model that `--model` names; one from the disk comes with the engine that it was loaded into, and `say` gets what is
 * in doubt of it. Throws a CliError.
 */
export async function readModel(
  values: ModelValues,
  choice: EngineChoice,
  say: (text: string) => void,
): Promise<{ readonly card: ModelFacts; readonly opened: OpenOwnModel | undefined }> {
  const { model } = values;
  const opened =
    model !== undefined && isPath(model) ? await openFromDisk(model, values, choice, say) : undefined;
  if (opened === undefined) assertNoOwnOptions(values);
  return { card: opened?.model.card ?? (await findCard(model)), opened };
}

/** Reads the common options, then the files they name. Throws a CliError before any work is done. */
export async function readJobSettings(values: Values, say: (text: string) => void): Promise<JobSettings> {
  const { image, out } = values;
  if (image === undefined) throw usageError('No picture was given; name one with --image FILE.');
  const settings = {
    seed: values.seed === undefined ? DEFAULT_SEED : parseSeed(values.seed),
    stop: values.stop === undefined ? DEFAULT_STOP : parseStop(values.stop),
    format: parseChoice('--format', values.format ?? (out?.endsWith('.csv') ? 'csv' : 'json'), [
      'json',
      'csv',
    ]),
    out,
    backend: parseChoice('--backend', values.backend ?? 'wasm', ['wasm', 'cpu']),
    threads: values.threads === undefined ? null : parseThreads(values.threads),
  } as const;
  const crop = values.crop === undefined ? undefined : parseCrop(values.crop);
  await checkWritable(out);
  const { card, opened } = await readModel(values, settings, say);
  return { ...settings, card, opened, picture: await readPicture(image, card.input, crop) };
}
