import { describe, expect, it, vi } from 'vitest';
import type { EstimatorDefinition } from '../../../src/estimators/definition';
import type { Estimate } from '../../../src/estimators/estimate';

const half = (sigma: number): Estimate => ({
  sigma,
  p: 0.5,
  lo: null,
  hi: null,
  interval: 'none',
  level: null,
  numericalError: null,
  samplingError: null,
  evaluations: 0,
  gradients: 0,
  ms: 0,
  flags: [],
});

/** What a contributor would write: the definition, and nothing elsewhere. */
const added: EstimatorDefinition = {
  id: 'always_half',
  name: 'Always half',
  colour: 'light-dark(#0b6623, #7ee787)',
  kind: 'analytical',
  unbiased: false,
  needsGradients: false,
  shownByDefault: false,
  summary: 'Says one half, whatever is asked.',
  formula: '\\tfrac{1}{2}',
  citation: 'None',
  help: { what: 'A half.', costs: 'nothing.', right: 'by chance.', wrong: 'else.', source: 'None.' },
  options: { half: 0.5 },
  cost: () => ({ evaluations: 0, gradients: 0 }),
  async *run({ sigmas }) {
    for (const [sigmaIndex, sigma] of sigmas.entries()) {
      yield {
        sigmaIndex,
        progress: (sigmaIndex + 1) / sigmas.length,
        estimate: half(sigma),
      };
    }
  },
};

vi.mock('../../../src/estimators/registry', async (load) => {
  const registry = await load<typeof import('../../../src/estimators/registry')>();
  const ESTIMATORS = [...registry.ESTIMATORS, added];
  return { ESTIMATORS, findEstimator: (id: string) => ESTIMATORS.find((each) => each.id === id) };
});

const { helpSections, sectionOf } = await import('../../../build/estimator-help');
const { seriesOf } = await import('../../../src/app/features/opened/series');
const { DEFAULT_SETTINGS, readSettings, writeSettings } = await import('../../../src/app/state/settings');
const { parseEstimators } = await import('../../../src/cli/values');
const { CATALOGUE, DEFAULT_ESTIMATORS } = await import('../../../src/estimators/catalogue');
const { buildSweepResult } = await import('../../../src/results/build-sweep');
const { parseSweepResult, toCsv, toJson } = await import('../../../src/results/sweep-result');

const result = buildSweepResult({
  app: '0.0.0',
  model: { sha256: 'a'.repeat(64), card: { id: 'm', labels: ['a', 'b'], input: {} } },
  image: { sha256: 'b'.repeat(64), width: 1, height: 1 },
  target: 0,
  seed: 1,
  backend: 'cpu',
  stop: { rule: 'fixed', samples: 256 },
  sigmas: [0.1],
  estimators: ['always_half'],
  estimates: { always_half: [half(0.1)] },
});

describe('an estimator that is added to the registry, and nowhere else', () => {
  it('is described to the page with its colour, after those of before, and switched off at first', () => {
    const { id, name, colour } = CATALOGUE.at(-1) ?? {};
    expect({ id, name, colour }).toEqual({ id: added.id, name: added.name, colour: added.colour });
    expect(DEFAULT_ESTIMATORS).not.toContain(added.id);
  });

  it('can be switched on by a link', () => {
    const link = writeSettings({ ...DEFAULT_SETTINGS, estimators: ['always_half'] });
    expect(link).toContain('always_half');
    expect(readSettings(link).estimators).toEqual(['always_half']);
  });

  it('is taken by the command line', () => {
    expect(parseEstimators('always_half')).toEqual(['always_half']);
    expect(parseEstimators('all')).toContain('always_half');
  });

  it('is exported with its options, and shown from a saved file under its name and colour', () => {
    expect(result.options).toEqual({ always_half: { half: 0.5 } });
    expect(toCsv(result)).toContain('always_half');
    const [series] = seriesOf(parseSweepResult(toJson(result)));
    expect(series).toMatchObject({ id: added.id, name: added.name, colour: added.colour, sampled: false });
  });

  it('is explained by the help and the document', () => {
    expect(helpSections([added]).always_half).toContain('<strong>Costs</strong> nothing.');
    expect(sectionOf(added)).toContain('## always_half: Always half');
  });
});
