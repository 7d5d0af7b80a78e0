import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { EXIT } from '../../../src/cli/errors';
import type { EngineResult } from '../../../src/cli/run-engine';
import type { Estimate } from '../../../src/estimators/estimate';
import { readCard } from '../../../src/node/bundled-models';
import { projectFolder } from '../../../src/node/project';
import { parseSweepResult } from '../../../src/results/sweep-result';
import { runCli } from '../../support/cli';

const runEngine = vi.hoisted(() => vi.fn());
vi.mock('../../../src/cli/run-engine', () => ({ runEngine }));

const IMAGE = join(projectFolder, 'public', 'samples', 'one-plain.png');

const estimate: Estimate = {
  sigma: 0.3,
  p: 0.5,
  lo: 0.4,
  hi: 0.6,
  interval: 'clopper-pearson',
  level: 0.95,
  numericalError: null,
  samplingError: 0.05,
  evaluations: 100,
  gradients: 0,
  ms: 1,
  flags: [],
};

it('writes what the other estimators found, names the failed one, and ends with 4', async () => {
  const card = await readCard('mnist-linear');
  runEngine.mockResolvedValueOnce({
    model: { card, sha256: card.sha256, noGradients: null, words: [] },
    backend: { name: 'wasm', reason: '' },
    prediction: { logits: [], probabilities: [], predicted: 1, target: 1 },
    estimates: { mc: [estimate] },
    failed: [{ id: 'taylor', message: 'the model returned NaN as one of its gradients.' }],
  } satisfies EngineResult);
  const { code, out, err } = await runCli(['sweep', '--image', IMAGE, '--sigmas', '0.3']);
  expect(code).toBe(EXIT.model);
  expect(Object.keys(parseSweepResult(out).estimates)).toEqual(['mc']);
  expect(err).toMatch(/^probust: .*taylor failed: the model returned NaN.*\n$/);
});

it.each([
  ['model_checksum', EXIT.model],
  ['model_output', EXIT.model],
  ['bad_request', EXIT.input],
  ['backend_unavailable', EXIT.internal],
])('ends with the code that belongs to the engine’s %s', async (code, expected) => {
  runEngine.mockRejectedValueOnce({ code, message: 'A sentence.' });
  const outcome = await runCli(['sweep', '--image', IMAGE]);
  expect(outcome).toEqual({ code: expected, out: '', err: 'probust: A sentence.\n' });
});
