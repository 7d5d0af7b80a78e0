import { callRows, countCalls } from '../../src/estimators/calls';
import type { Classifier } from '../../src/estimators/model';
import { NormalSource, STREAMS } from '../../src/estimators/noise/gaussian';
import { HOPELESS_SAMPLES, TRUTH_SEED } from './plan';

/** Share of noisy copies that keep the target, on noise that no estimate sees. */
export interface Truth {
  readonly survived: number;
  readonly samples: number;
}

const BLOCK = 512;

export const truthOf = ({ survived, samples }: Truth): { p: number; variance: number } => {
  const p = survived / samples;
  return { p, variance: (p * (1 - p)) / samples };
};

/** The noise of all truths: samples x inputLength standard normals, some hundred MB that all images share. */
export function truthNoise(samples: number, inputLength: number): Float32Array {
  const noise = new Float32Array(samples * inputLength);
  const source = new NormalSource(TRUTH_SEED, STREAMS.plain);
  for (let i = 0; i < samples; i++) source.fill(i, noise, i * inputLength, inputLength);
  return noise;
}

/** Plain Monte Carlo on all of that noise, unless the first of it shows that failures are too rare for a score. */
export async function countSurvivors(
  classifier: Classifier,
  x: Float32Array,
  target: number,
  sigma: number,
  noise: Float32Array,
): Promise<Truth> {
  const d = classifier.inputLength;
  const samples = noise.length / d;
  const tally = {
    classCounts: new Array<number>(classifier.classCount).fill(0),
    survived: 0,
    nearTies: 0,
    exactTies: 0,
  };
  const block = new Float32Array(BLOCK * d);
  let first = 0;
  for (; first < samples; first += BLOCK) {
    if (first >= HOPELESS_SAMPLES && tally.survived === first) break;
    const count = Math.min(BLOCK, samples - first);
    for (let i = 0, at = first * d; i < count; i++) {
      for (let j = 0, k = i * d; j < d; j++, k++, at++) {
        block[k] = (x[j] as number) + sigma * (noise[at] as number);
      }
    }
    const logits = await classifier.logits(block.subarray(0, count * d));
    countCalls(tally, callRows(logits, classifier.classCount, target));
  }
  return { survived: tally.survived, samples: Math.min(first, samples) };
}
