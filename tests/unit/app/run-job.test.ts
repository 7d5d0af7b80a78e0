import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { cancelJob, type JobRequest, runJob } from '../../../src/app/session/run-job';
import { engine } from '../../../src/app/session/workers';

vi.mock('../../../src/app/session/problem', () => ({ report: vi.fn(), messageOf: String }));
vi.mock('../../../src/app/session/workers', () => ({
  engine: { run: vi.fn(async () => {}), cancel: vi.fn(async () => {}) },
  forgetJob: vi.fn(),
}));

const REQUEST: JobRequest = {
  modelId: 'mnist-cnn',
  x: new Float32Array(4),
  target: null,
  sigmas: [0.1],
  estimators: ['mc'],
  seed: 0,
  stop: { rule: 'fixed', samples: 10 },
};

describe('a job for the engine', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.clearAllMocks();
  });

  it('is sent once the page has had its turn, and can be cancelled from then on', () => {
    const id = runJob(REQUEST, () => {});
    expect(engine.run).not.toHaveBeenCalled();
    vi.runAllTimers();
    expect(engine.run).toHaveBeenCalledExactlyOnceWith({ ...REQUEST, id }, expect.anything());
    cancelJob(id);
    expect(engine.cancel).toHaveBeenCalledExactlyOnceWith(id);
  });

  it('is never sent if it is cancelled before', () => {
    const [first, second] = [runJob(REQUEST, () => {}), runJob(REQUEST, () => {})];
    cancelJob(first);
    vi.runAllTimers();
    expect(engine.run).toHaveBeenCalledExactlyOnceWith({ ...REQUEST, id: second }, expect.anything());
    expect(engine.cancel).not.toHaveBeenCalled();
  });
});
