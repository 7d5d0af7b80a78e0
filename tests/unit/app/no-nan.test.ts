import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ClassifierError } from '../../../src/estimators/model';
import { ESTIMATORS } from '../../../src/estimators/registry';
import { toRow } from '../../../src/results/build-sweep';
import {
  type EstimateRow,
  parseSweepResult,
  type SweepResult,
  SweepResultError,
  toCsv,
  toJson,
} from '../../../src/results/sweep-result';
import { linearClassifier } from '../../support/classifiers';
import { contextFor, finalEstimates } from '../../support/run';

const sweepOf = (estimates: Record<string, EstimateRow[]>): SweepResult => ({
  schema: 'probust-sweep/1',
  app: '0.0.0',
  model: { id: 'm', sha256: 'ab' },
  image: { sha256: 'cd', width: 2, height: 2 },
  target: { index: 0, label: 'a' },
  seed: 1,
  backend: 'cpu',
  stop: { rule: 'fixed', samples: 256 },
  options: {},
  sigmas: [0.1],
  estimates,
});

/** Zero, small and large weights, of which rows are likely to coincide. */
const weight = fc
  .tuple(fc.constantFrom(0, 1, -1, 0.5, 0.3), fc.integer({ min: -12, max: 12 }))
  .map(([lead, exponent]) => lead * 10 ** exponent);
const row = fc.oneof(fc.constant([0, 0, 0]), fc.array(weight, { minLength: 3, maxLength: 3 }));
const nets = fc.array(row, { minLength: 2, maxLength: 5 });

describe('what is exported', () => {
  it('holds no NaN and no infinity, however extreme the model', async () => {
    await fc.assert(
      fc.asyncProperty(
        nets,
        fc.array(weight, { minLength: 5, maxLength: 5 }),
        fc.integer({ min: -9, max: 4 }),
        async (weights, biases, power) => {
          const classifier = linearClassifier(weights, biases.slice(0, weights.length));
          const context = await contextFor(classifier, Float32Array.of(0.2, 0.7, 1), [10 ** power], {
            stop: { rule: 'fixed', samples: 256 },
          });
          const estimates: Record<string, EstimateRow[]> = {};
          for (const definition of ESTIMATORS) {
            try {
              estimates[definition.id] = (await finalEstimates(definition, context)).map(toRow);
            } catch (error) {
              // float32 cannot hold every product: said, not exported.
              if (!(error instanceof ClassifierError)) throw error;
            }
          }
          const result = sweepOf(estimates);
          expect(parseSweepResult(toJson(result))).toEqual(result);
          for (const text of [toJson(result), toCsv(result)]) expect(text).not.toMatch(/NaN|Infinity/);
        },
      ),
      { seed: 5, numRuns: 60 },
    );
  });

  it.each([
    ['p', Number.NaN],
    ['numericalError', Number.POSITIVE_INFINITY],
    ['lo', Number.NaN],
    ['ms', Number.POSITIVE_INFINITY],
    ['sigma', Number.POSITIVE_INFINITY],
  ] as const)('is refused where %s is %s, and the field named', (field, value) => {
    const good: EstimateRow = {
      sigma: 0.1,
      p: 0.9,
      lo: null,
      hi: null,
      interval: 'none',
      level: null,
      numericalError: 0,
      samplingError: null,
      evaluations: 1,
      gradients: 2,
      ms: 1,
      flags: [],
    };
    for (const write of [toJson, toCsv]) {
      expect(() => write(sweepOf({ taylor: [good] }))).not.toThrow();
      const attempt = (): string => write(sweepOf({ taylor: [{ ...good, [field]: value }] }));
      expect(attempt).toThrow(SweepResultError);
      expect(attempt).toThrow(`estimates.taylor.0.${field}`);
    }
  });
});
