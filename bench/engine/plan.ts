import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { readBundledIds } from '../../src/node/engine';
import type { Pass } from '../../src/workers/backend-info';
import { RESNET20 } from './resnet20';

/** Inputs of a forward batch, and copies of a Jacobian of ten classes. */
const BATCH: Record<Pass, number> = { forward: 64, input_gradient: 10 };
const ROUNDS = 7;
const QUICK_ROUNDS = 3;

export interface Plan {
  readonly models: readonly string[];
  readonly threads: readonly number[];
  readonly batch: Record<Pass, number>;
  readonly rounds: number;
  /** Compares with tfjs's own kernels instead of PyTorch. */
  readonly stock: boolean;
  readonly write: boolean;
}

function positiveIntegers(text: string, what: string): number[] {
  const values = text.split(',').map(Number);
  if (!values.every((value) => Number.isSafeInteger(value) && value > 0)) {
    throw new Error(`--${what} takes positive whole numbers, not “${text}”.`);
  }
  return values;
}

/** Reads the command's options. Throws an Error with a sentence where one cannot be used. */
export async function readPlan(args: readonly string[]): Promise<Plan> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      models: { type: 'string' },
      threads: { type: 'string' },
      batch: { type: 'string' },
      rounds: { type: 'string' },
      quick: { type: 'boolean', default: false },
      stock: { type: 'boolean', default: false },
      write: { type: 'boolean', default: false },
    },
  });
  const bundled = await readBundledIds();
  const known = values.stock ? bundled : [...bundled, RESNET20];
  const quickModels = values.stock ? ['mnist-cnn', 'cifar10-resnet20'] : ['mnist-cnn', RESNET20];
  const models = values.models?.split(',') ?? (values.quick ? quickModels : known);
  const unknown = models.find((id) => !known.includes(id));
  if (unknown !== undefined)
    throw new Error(`There is no model “${unknown}”; there are ${known.join(', ')}.`);
  const [batch] = values.batch === undefined ? [] : positiveIntegers(values.batch, 'batch');
  const [rounds = values.quick ? QUICK_ROUNDS : ROUNDS] =
    values.rounds === undefined ? [] : positiveIntegers(values.rounds, 'rounds');
  const most = Math.min(2, availableParallelism());
  const threads =
    values.threads === undefined
      ? Array.from({ length: most }, (_, i) => i + 1)
      : positiveIntegers(values.threads, 'threads');
  const isWhole = values.models === undefined && values.threads === undefined && !values.quick;
  if (values.stock && values.write && !(isWhole && most === 2)) {
    throw new Error(
      '--stock --write is for the whole run, on two cores or more: leave out --models, --threads and --quick.',
    );
  }
  return {
    models,
    threads,
    batch: batch === undefined ? BATCH : { forward: batch, input_gradient: batch },
    rounds,
    stock: values.stock,
    write: values.write,
  };
}
