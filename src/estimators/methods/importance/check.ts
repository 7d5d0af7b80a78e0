import { callClass } from '../../calls';
import { assertFinite, type Classifier } from '../../model';
import { NormalSource, STREAMS } from '../../noise/gaussian';

/** Samples of a level where the estimate itself is of many, and of few. */
export const CHECK_SAMPLES = 512;
export const SHORT_CHECK_SAMPLES = 256;
const CHAIN_LENGTH = 8;
/** 8^-18 is less than what tells a probability from 1 in float64. */
const MAX_LEVELS = 18;
/** Forward passes at most. */
export const CHECK_LIMIT = CHECK_SAMPLES + MAX_LEVELS * (CHECK_SAMPLES - CHECK_SAMPLES / CHAIN_LENGTH);
const BATCH = 256;
/** Chains of a level share ancestors, which the correlation along each of them does not see. */
const ANCESTRY = 2;
/** Acceptance for which the step of the chains is tuned. */
const ACCEPTANCE = 0.44;

/** What plain and conditional sampling say of one outcome, without any design point. */
export interface Check {
  readonly outcome: 'kept' | 'lost';
  readonly probability: number;
  /** Standard error of log probability (levels = 0: of the probability, as a share of it). */
  readonly relativeError: number;
  /** Whether the outcome was seen; else it is less likely than `probability`, and the levels were used up. */
  readonly isSeen: boolean;
  /** Conditional levels that were needed; 0 is plain Monte Carlo. */
  readonly levels: number;
  /** Noisy copies in each level; those of the first are plain, and so many of them had the outcome. */
  readonly samples: number;
  readonly plainHits: number;
  readonly evaluations: number;
}

/** Noise vectors with the margin of the target at each, its sign turned so that the outcome lies below zero. */
interface Population {
  readonly states: Float32Array;
  readonly values: Float64Array;
}

/**
 * Subset simulation of the rarer outcome on noise of its own: a product of conditional probabilities of about 1/8, each
 * level sampled by Markov chains from those of the last that fell below its threshold.
 * Sources: Au and Beck, Probab. Eng. Mech. 16 (2001), with the error estimate there; chains by conditional sampling,
 * Papaioannou, Betz, Zwirglmaier, Straub, Probab. Eng. Mech. 41 (2015). Yields after every batch.
 * @param known margins of the first samples of the check's stream, where they were evaluated before.
 */
export async function* subsetSimulation(
  classifier: Classifier,
  x: Float32Array,
  target: number,
  sigma: number,
  seed: number,
  samples = CHECK_SAMPLES,
  known: Float64Array = new Float64Array(0),
): AsyncGenerator<number, Check, undefined> {
  const chains = samples / CHAIN_LENGTH;
  const { inputLength: d, classCount: K } = classifier;
  const source = new NormalSource(seed, STREAMS.check);
  let used = 0;
  let evaluations = 0;
  const draw = (count: number): Float32Array => {
    const noise = new Float32Array(count * d);
    for (let i = 0; i < count; i++) source.fill(used++, noise, i * d, d);
    return noise;
  };
  const margins = async (states: Float32Array): Promise<Float64Array> => {
    const logits = await classifier.logits(states.map((value, at) => (x[at % d] as number) + sigma * value));
    assertFinite(logits, 'logits');
    evaluations += logits.length / K;
    return Float64Array.from(
      { length: logits.length / K },
      (_, i) => callClass(logits.subarray(i * K, (i + 1) * K), target).margin,
    );
  };

  const first: Population = { states: draw(samples), values: new Float64Array(samples) };
  first.values.set(known.subarray(0, samples));
  for (let done = Math.min(samples, known.length); done < samples; done += BATCH) {
    first.values.set(
      await margins(first.states.subarray(done * d, Math.min(samples, done + BATCH) * d)),
      done,
    );
    yield evaluations;
  }
  const lost = first.values.reduce((count, margin) => count + (margin > 0 ? 0 : 1), 0);
  const outcome = 2 * lost <= samples ? 'lost' : 'kept';
  const happens =
    outcome === 'lost' ? (value: number): boolean => value <= 0 : (value: number): boolean => value < 0;
  const sign = outcome === 'lost' ? 1 : -1;
  let population: Population = { ...first, values: first.values.map((value) => sign * value) };

  let probability = 1;
  let squaredError = 0;
  let step = 0.6;
  for (let level = 0; ; level++) {
    const { values } = population;
    const order = Array.from(values.keys()).sort((a, b) => (values[a] as number) - (values[b] as number));
    const threshold = values[order[chains - 1] as number] as number;
    const isLast = happens(threshold) || level === MAX_LEVELS;
    const isIn = isLast ? happens : (value: number): boolean => value <= threshold;
    const inside = values.reduce((count, value) => count + (isIn(value) ? 1 : 0), 0);
    const share = inside / samples;
    const isSeen = inside > 0;
    if (isSeen) {
      probability *= share;
      squaredError +=
        ((1 - share) / inside) * (level === 0 ? 1 : ANCESTRY + correlation(values, isIn, share, chains));
    }
    // Without an order among the values the next level would be the same again.
    const isStuck = share > 0.5 && !isLast;
    if (isLast || isStuck) {
      return {
        outcome,
        probability: isStuck || (level === 0 && !isSeen) ? 0 : probability,
        relativeError: isStuck ? Number.POSITIVE_INFINITY : Math.sqrt(squaredError),
        isSeen: isSeen && !isStuck,
        levels: level,
        samples,
        plainHits: Math.min(lost, samples - lost),
        evaluations,
      };
    }

    const states = new Float32Array(samples * d);
    const next = new Float64Array(samples);
    for (const [chain, from] of order.slice(0, chains).entries()) {
      states.set(population.states.subarray(from * d, (from + 1) * d), chain * d);
      next[chain] = values[from] as number;
    }
    let accepted = 0;
    const keep = Math.sqrt(1 - step * step);
    for (let link = 1; link < CHAIN_LENGTH; link++) {
      const before = (link - 1) * chains;
      const proposals = draw(chains);
      for (let at = 0; at < proposals.length; at++) {
        proposals[at] = keep * (states[before * d + at] as number) + step * (proposals[at] as number);
      }
      const found = (await margins(proposals)).map((value) => sign * value);
      for (let chain = 0; chain < chains; chain++) {
        const moves = (found[chain] as number) <= threshold;
        const old = before + chain;
        const from = moves
          ? proposals.subarray(chain * d, (chain + 1) * d)
          : states.subarray(old * d, (old + 1) * d);
        states.set(from, (link * chains + chain) * d);
        next[link * chains + chain] = (moves ? found[chain] : next[old]) as number;
        if (moves) accepted++;
      }
      yield evaluations;
    }
    const rate = accepted / (samples - chains);
    step = Math.min(0.95, Math.max(0.1, step * Math.exp(rate - ACCEPTANCE)));
    population = { states, values: next };
  }
}

/** gamma of Au and Beck: twice the sum of the indicator's autocorrelations along the chains, not below zero. */
function correlation(
  values: Float64Array,
  isIn: (value: number) => boolean,
  share: number,
  chains: number,
): number {
  const variance = share * (1 - share);
  if (!(variance > 0)) return 0;
  let gamma = 0;
  for (let lag = 1; lag < CHAIN_LENGTH; lag++) {
    let sum = 0;
    for (let at = 0; at < (CHAIN_LENGTH - lag) * chains; at++) {
      if (isIn(values[at] as number) && isIn(values[at + lag * chains] as number)) sum++;
    }
    const covariance = sum / ((CHAIN_LENGTH - lag) * chains) - share * share;
    gamma += 2 * (1 - lag / CHAIN_LENGTH) * (covariance / variance);
  }
  return Math.max(0, gamma);
}
