import * as tf from '@tensorflow/tfjs';
import { identityCotangents } from '../../../estimators/model';
import type { BackendName } from '../../backend-info';
import { whyNoGradient } from '../../models/own/explain';
import { MOST_GRADIENT_ROWS, MOST_ROWS, type TfjsClassifier } from '../../tfjs/classifier';
import { trialInputs } from '../trial-inputs';
import { fetchWeights, TRIAL_INPUTS } from './trial';

/** What a model can do on this machine. */
export interface Probe {
  /** Why there are no gradients, to follow “because”; null where there are. */
  readonly noGradients: string | null;
  /** Sentences on what runs elsewhere than expected. */
  readonly words: readonly string[];
}

/** Relative difference of logits, or of gradients by their norm, that float32 and the order of sums explain. */
const LOGIT_TOLERANCE = 1e-3;
const GRADIENT_TOLERANCE = 1e-2;
/** A pass in plain JavaScript that takes longer is not repeated. */
const PATIENCE_MS = 2000;
/** A Jacobian is held in float64 with its copy beside it. */
const MOST_JACOBIAN_VALUES = 40_000_000;
const FLAT =
  'All gradients are zero at a grey, noisy picture: its outputs do not change there, or only in steps, and what needs gradients says so of every answer.';
/** What a pass may hold at once: the largest single tensor, and all of them. */
const LARGEST_TENSOR_BYTES = 128e6;
const PASS_BYTES = 1e9;

/**
 * Compares the engine's backend with tfjs's plain JavaScript, logits and gradients, in batches and one by one, and sets
 * where `classifier` runs: some kernels are missing, and some are known to be wrong in shapes that nobody tested.
 */
export async function probeModel(
  classifier: TfjsClassifier,
  backend: BackendName,
  fallback: string | null,
): Promise<Probe> {
  const words: string[] = [];
  if (fallback !== null) {
    classifier.forwardOn = classifier.backwardOn = 'cpu';
    words.push(`${fallback} It runs in plain JavaScript instead, which is slow.`);
  }
  await limitRows(classifier);
  const reference = await logitsOneByOne(classifier);
  if (classifier.forwardOn === null && backend !== 'cpu' && !(await agrees(classifier, reference))) {
    classifier.forwardOn = classifier.backwardOn = 'cpu';
    words.push(
      `On ${backend} it gives other numbers than in plain JavaScript, so it runs there, which is slow; tfjs has a fault in one of its kernels.`,
    );
  }
  const noGradients = await probeGradients(classifier, { backend, words, quick: reference.quick });
  return { noGradients, words };
}

interface Reference {
  readonly inputs: Float32Array;
  readonly logits: Float32Array;
  readonly quick: boolean;
}

async function withForwardOn<T>(
  classifier: TfjsClassifier,
  where: BackendName | null,
  run: () => Promise<T>,
): Promise<T> {
  const before = classifier.forwardOn;
  classifier.forwardOn = where;
  try {
    return await run();
  } finally {
    classifier.forwardOn = before;
  }
}

async function logitsOneByOne(classifier: TfjsClassifier): Promise<Reference> {
  const { inputLength: d, classCount: K } = classifier;
  const all = trialInputs(TRIAL_INPUTS, d);
  const logits: number[] = [];
  const start = performance.now();
  await fetchWeights(classifier.network);
  await withForwardOn(classifier, 'cpu', async () => {
    for (let i = 0; i < TRIAL_INPUTS && performance.now() - start < PATIENCE_MS; i++) {
      logits.push(...(await classifier.logits(all.subarray(i * d, (i + 1) * d))));
    }
  });
  const done = logits.length / K;
  const quick = performance.now() - start < PATIENCE_MS;
  return { inputs: all.subarray(0, done * d), logits: Float32Array.from(logits), quick };
}

async function agrees(classifier: TfjsClassifier, { inputs, logits }: Reference): Promise<boolean> {
  const found = await classifier.logits(inputs);
  const scale = logits.reduce((most, value) => Math.max(most, Math.abs(value)), 1e-6);
  return found.every((value, i) => Math.abs(value - (logits[i] as number)) <= LOGIT_TOLERANCE * scale);
}

interface GradientProbe {
  readonly backend: BackendName;
  /** Gets what a person should know of the gradients. */
  readonly words: string[];
  /** Whether a pass in plain JavaScript may be repeated. */
  readonly quick: boolean;
}

/** Finds where gradients are right, and sets it. Why there are none, null where there are. */
async function probeGradients(
  classifier: TfjsClassifier,
  { backend, words, quick }: GradientProbe,
): Promise<string | null> {
  const { classCount: K, inputLength: d } = classifier;
  if (K * d > MOST_JACOBIAN_VALUES) {
    return `the gradients of ${K} classes by ${d} inputs do not fit into memory`;
  }
  const reference = quick ? await gradientsOneByOne(classifier) : null;
  const wanted = reference?.gradients ?? null;
  const { problem, isFlat } = await tryJacobian(classifier, wanted);
  if (isFlat) words.push(FLAT);
  if (problem === null) return null;
  const canMove = backend === 'wasm' && classifier.backwardOn === null;
  // Weights go to and fro between wasm and plain JavaScript without loss; from WebGPU they cannot be had at once.
  if (!canMove || (reference !== null && wanted === null)) return reference?.why ?? problem;
  classifier.backwardOn = 'cpu';
  const there = await tryJacobian(classifier, wanted);
  if (there.problem !== null) {
    classifier.backwardOn = null;
    return there.problem;
  }
  words.push(`Its gradients are taken in plain JavaScript, which is slow, because ${problem}.`);
  return null;
}

/** Two inputs, each with two mixtures of the logits. */
const GRADIENT_INPUTS = 2;
const PER_INPUT = 2;

function cotangentsFor(classCount: number): Float32Array {
  return trialInputs(GRADIENT_INPUTS * PER_INPUT, classCount).map((value) => value - 0.5);
}

/** The gradients in plain JavaScript, one at a time; null with the reason where there are none. */
async function gradientsOneByOne(
  classifier: TfjsClassifier,
): Promise<{ readonly gradients: Float32Array | null; readonly why: string | null }> {
  const { inputLength: d, classCount: K } = classifier;
  const inputs = trialInputs(GRADIENT_INPUTS, d);
  const cotangents = cotangentsFor(K);
  const gradients = new Float32Array(GRADIENT_INPUTS * PER_INPUT * d);
  const before = classifier.backwardOn;
  await fetchWeights(classifier.network);
  classifier.backwardOn = 'cpu';
  try {
    for (let i = 0; i < GRADIENT_INPUTS; i++) {
      for (let j = 0; j < PER_INPUT; j++) {
        const row = i * PER_INPUT + j;
        const found = await classifier.gradients(
          inputs.subarray(i * d, (i + 1) * d),
          cotangents.subarray(row * K, (row + 1) * K),
        );
        gradients.set(found.gradients, row * d);
      }
    }
    return { gradients, why: null };
  } catch (error) {
    return { gradients: null, why: whyNoGradient(error) };
  } finally {
    classifier.backwardOn = before;
  }
}

interface JacobianTrial {
  /** Why gradients cannot be had, null if all is well. */
  readonly problem: string | null;
  /** All of them were zero. */
  readonly isFlat: boolean;
}

/** Takes a whole Jacobian, and a batch of gradients to compare. */
async function tryJacobian(
  classifier: TfjsClassifier,
  reference: Float32Array | null,
): Promise<JacobianTrial> {
  const { inputLength: d, classCount: K } = classifier;
  try {
    const { gradients: jacobian } = await classifier.gradients(trialInputs(1, d), identityCotangents(K));
    if (!jacobian.every(Number.isFinite)) return { problem: 'some of them are not finite', isFlat: false };
    const isFlat = jacobian.every((value) => value === 0);
    if (reference === null) return { problem: null, isFlat };
    const inputs = trialInputs(GRADIENT_INPUTS, d);
    const { gradients } = await classifier.gradients(inputs, cotangentsFor(K));
    const agree = norm(gradients, reference) <= GRADIENT_TOLERANCE * norm(reference);
    return { problem: agree ? null : 'tfjs gives others in plain JavaScript, taken one by one', isFlat };
  } catch (error) {
    return { problem: whyNoGradient(error), isFlat: false };
  }
}

/** The Euclidean norm of a, or of a - b. */
function norm(a: ArrayLike<number>, b?: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += ((a[i] as number) - (b?.[i] ?? 0)) ** 2;
  return Math.sqrt(sum);
}

/** Sets how many rows go through a network at a time, by the tensors that one row makes. */
async function limitRows(classifier: TfjsClassifier): Promise<void> {
  const { shape, network, forwardOn } = classifier;
  if (forwardOn !== null) {
    classifier.batch = classifier.gradientBatch = 16;
    return;
  }
  const inputs = trialInputs(1, classifier.inputLength);
  const { kernels, result } = await tf.profile(() =>
    tf.tidy(() => network.forward(tf.tensor(inputs, [1, ...shape]))),
  );
  tf.dispose(result);
  const bytes = kernels.flatMap(({ outputShapes }) =>
    outputShapes.map((size) => 4 * size.reduce((product, each) => product * each, 1)),
  );
  const largest = Math.max(...bytes, 4);
  const whole = bytes.reduce((sum, each) => sum + each, 4);
  const most = (rows: number, room: number): number =>
    2 ** Math.floor(Math.log2(Math.max(1, Math.min(rows, room))));
  const roomForward = LARGEST_TENSOR_BYTES / largest;
  classifier.batch = most(MOST_ROWS, roomForward);
  classifier.gradientBatch = most(MOST_GRADIENT_ROWS, Math.min(roomForward, PASS_BYTES / whole));
}
