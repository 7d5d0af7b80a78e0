/**
 * npm run plane-model
 * Trains the classifier of the lesson, three classes of pictures of two pixels, and writes its weights. Always the same ones.
 */
import { writeFileSync } from 'node:fs';
import { NormalSource } from '../src/estimators/noise/gaussian';

const HIDDEN = 12;
const CLASSES = 3;
const SEED = 3;
const STEPS = 6000;
const POINTS = 1600;
const RATE = 0.01;
const DECAY = 2e-4;
const OUT = new URL('../src/app/pages/lesson/plane/weights.json', import.meta.url);

/** The regions that the classifier is to learn: a plain, a headland that reaches into it, and an island. */
function classOf(x: number, y: number): number {
  if (Math.hypot(x - 0.76, y - 0.76) < 0.17) return 2;
  return y > 0.36 + 0.34 * Math.exp(-(((x - 0.27) / 0.11) ** 2)) ? 0 : 1;
}

function trainingSet(): { x: number; y: number; label: number }[] {
  const source = new NormalSource(SEED, 0);
  const pair = new Float64Array(2);
  return Array.from({ length: POINTS }, (_, i) => {
    source.fill(i, pair);
    const [x, y] = Array.from(pair, (value) => 0.5 + 0.38 * value) as [number, number];
    return { x, y, label: classOf(x, y) };
  });
}

/** Parameters in one row: HIDDEN x (2 weights, bias), then CLASSES x (HIDDEN weights, bias). */
function train(): Float64Array {
  const first = HIDDEN * 3;
  const size = first + CLASSES * (HIDDEN + 1);
  const parameters = new Float64Array(size);
  new NormalSource(SEED, 1).fill(0, parameters);
  for (let h = 0; h < HIDDEN; h++) {
    for (let j = 0; j < 3; j++) parameters[h * 3 + j] = 4 * (parameters[h * 3 + j] as number);
    // Hidden units begin in the middle of the picture.
    parameters[h * 3 + 2] =
      -0.5 * ((parameters[h * 3] as number) + (parameters[h * 3 + 1] as number)) +
      0.3 * (parameters[h * 3 + 2] as number);
  }
  const data = trainingSet();
  const mean = new Float64Array(size);
  const square = new Float64Array(size);
  const at = (i: number): number => parameters[i] as number;
  for (let step = 1; step <= STEPS; step++) {
    const gradient = parameters.map((value) => DECAY * value);
    let loss = 0;
    for (const { x, y, label } of data) {
      const hidden = Float64Array.from({ length: HIDDEN }, (_, h) =>
        Math.tanh(at(h * 3) * x + at(h * 3 + 1) * y + at(h * 3 + 2)),
      );
      const logits = Array.from({ length: CLASSES }, (_, k) => {
        const row = first + k * (HIDDEN + 1);
        return hidden.reduce((sum, value, h) => sum + at(row + h) * value, at(row + HIDDEN));
      });
      const top = Math.max(...logits);
      const odds = logits.map((value) => Math.exp(value - top));
      const total = odds.reduce((sum, value) => sum + value, 0);
      loss -= Math.log((odds[label] as number) / total) / POINTS;
      const backward = new Float64Array(HIDDEN);
      for (let k = 0; k < CLASSES; k++) {
        const error = ((odds[k] as number) / total - (k === label ? 1 : 0)) / POINTS;
        const row = first + k * (HIDDEN + 1);
        for (let h = 0; h < HIDDEN; h++) {
          gradient[row + h] = (gradient[row + h] as number) + error * (hidden[h] as number);
          backward[h] = (backward[h] as number) + error * at(row + h);
        }
        gradient[row + HIDDEN] = (gradient[row + HIDDEN] as number) + error;
      }
      for (let h = 0; h < HIDDEN; h++) {
        const slope = (backward[h] as number) * (1 - (hidden[h] as number) ** 2);
        gradient[h * 3] = (gradient[h * 3] as number) + slope * x;
        gradient[h * 3 + 1] = (gradient[h * 3 + 1] as number) + slope * y;
        gradient[h * 3 + 2] = (gradient[h * 3 + 2] as number) + slope;
      }
    }
    const rate = RATE * (1 - step / (STEPS + 1)) + 1e-4;
    for (let i = 0; i < size; i++) {
      const g = gradient[i] as number;
      mean[i] = 0.9 * (mean[i] as number) + 0.1 * g;
      square[i] = 0.999 * (square[i] as number) + 0.001 * g * g;
      const corrected = (mean[i] as number) / (1 - 0.9 ** step);
      parameters[i] =
        at(i) - (rate * corrected) / (Math.sqrt((square[i] as number) / (1 - 0.999 ** step)) + 1e-9);
    }
    if (step % 1000 === 0) console.log(`step ${step}: cross-entropy ${loss.toFixed(4)}`);
  }
  return parameters;
}

const round = (value: number): number => Number(value.toPrecision(6));
const parameters = Array.from(train(), round);
const rows = (from: number, count: number, length: number): number[][] =>
  Array.from({ length: count }, (_, i) => parameters.slice(from + i * length, from + (i + 1) * length));
const weights = { hidden: rows(0, HIDDEN, 3), output: rows(HIDDEN * 3, CLASSES, HIDDEN + 1) };
writeFileSync(OUT, `${JSON.stringify(weights, null, 2)}\n`);
