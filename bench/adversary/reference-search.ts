import { callRows } from '../../src/estimators/calls';
import type { Classifier } from '../../src/estimators/model';
import { NormalSource } from '../../src/estimators/noise/gaussian';
import { marginPlanes } from '../../src/estimators/plane';

/** Classes that are aimed at, starts for each of them, and steps from each start. */
const CLASSES = 9;
const STARTS = 3;
/** Length of the random vector that each of these starts at, in linearised distances. */
const NOISE = [1e-6, 1, 1.5] as const;
const STEPS = 200;
/** The step, as a share of the linearised distance, and the change of the radius after it: first and last. */
const STEP = [1, 0.005] as const;
const CHANGE = [0.1, 0.0005] as const;
const BISECTIONS = 12;

/** A value between two, at a share of the way, along half a cosine. */
const cosine = ([first, last]: readonly [number, number], share: number): number =>
  last + 0.5 * (first - last) * (1 + Math.cos(Math.PI * share));

function scaleTo(vector: Float64Array, norm: number): void {
  const factor = norm / Math.hypot(...vector);
  for (let j = 0; j < vector.length; j++) vector[j] = (vector[j] as number) * factor;
}

interface Start {
  readonly other: number;
  readonly delta: Float64Array;
  radius: number;
  /** Shortest perturbation so far that changes the class. */
  best: Float64Array | null;
}

/**
 * L2 length of the smallest change of class that a long search finds: decoupled direction and norm, targeted at each of
 * the nearest classes, from the image and from random points around it. It shares no code with the page's search but
 * the classifier. Infinite where nothing was found. Source: Rony et al., CVPR 2019 (DDN).
 */
export async function referenceDistance(
  classifier: Classifier,
  x: Float32Array,
  target: number,
  seed: number,
): Promise<{ readonly distance: number; readonly passes: number }> {
  const { classCount: K, inputLength: d } = classifier;
  const planes = marginPlanes(await classifier.linearise(x), target, null);
  const nearest = planes.sort((a, b) => a.offset - b.offset).slice(0, CLASSES);
  const source = new NormalSource(seed, 0);
  const starts = nearest.flatMap(({ other, offset }, c) =>
    Array.from({ length: STARTS }, (_, s): Start => {
      const delta = new Float64Array(d);
      source.fill(c * STARTS + s, delta);
      scaleTo(delta, (NOISE[s] as number) * offset);
      return { other, delta, radius: offset, best: null };
    }),
  );
  const scale = nearest[0]?.offset ?? 0;
  let passes = 1 + 2 * K;
  const inputs = new Float32Array(starts.length * d);
  const cotangents = new Float32Array(starts.length * K);
  for (const [i, { other }] of starts.entries()) {
    cotangents[i * K + target] = -1;
    cotangents[i * K + other] = 1;
  }
  const place = (at: (start: Start) => ArrayLike<number>): void => {
    for (const [i, start] of starts.entries()) {
      const delta = at(start);
      for (let j = 0; j < d; j++) inputs[i * d + j] = (x[j] as number) + (delta[j] as number);
    }
  };
  for (let step = 0; step < STEPS; step++) {
    place(({ delta }) => delta);
    const { logits, gradients } = await classifier.gradients(inputs, cotangents);
    passes += 3 * starts.length;
    const { margins } = callRows(logits, K, target);
    const alpha = scale * cosine(STEP, step / STEPS);
    const change = cosine(CHANGE, step / STEPS);
    for (const [i, start] of starts.entries()) {
      const { delta } = start;
      const isChanged = (margins[i] as number) < 0;
      const length = Math.hypot(...delta);
      if (isChanged && (start.best === null || length < Math.hypot(...start.best))) {
        start.best = delta.slice();
      }
      const gradient = Float64Array.from(gradients.subarray(i * d, (i + 1) * d));
      if (gradient.every((value) => value === 0)) continue;
      scaleTo(gradient, alpha);
      for (let j = 0; j < d; j++) delta[j] = (delta[j] as number) + (gradient[j] as number);
      start.radius *= isChanged ? 1 - change : 1 + change;
      if (start.best !== null) start.radius = Math.min(start.radius, Math.hypot(...start.best));
      scaleTo(delta, start.radius);
    }
  }
  const found = starts.filter(({ best }) => best !== null);
  const brackets = found.map(({ best }) => ({ best: best as Float64Array, low: 0, high: 1 }));
  for (let level = 0; level < BISECTIONS; level++) {
    const points = new Float32Array(brackets.length * d);
    for (const [i, { best, low, high }] of brackets.entries()) {
      const middle = (low + high) / 2;
      for (let j = 0; j < d; j++) points[i * d + j] = (x[j] as number) + middle * (best[j] as number);
    }
    if (brackets.length === 0) break;
    const { margins } = callRows(await classifier.logits(points), K, target);
    passes += brackets.length;
    for (const [i, bracket] of brackets.entries()) {
      const middle = (bracket.low + bracket.high) / 2;
      if ((margins[i] as number) < 0) bracket.high = middle;
      else bracket.low = middle;
    }
  }
  const distance = Math.min(Infinity, ...brackets.map(({ best, high }) => high * Math.hypot(...best)));
  return { distance, passes };
}
