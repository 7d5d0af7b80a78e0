import { afterEach, describe, expect, it, vi } from 'vitest';
import { DEFAULT_STOP } from '../../../src/estimators/estimate';
import { folderReader } from '../../../src/node/engine';
import { JobCollector, type JobResult } from '../../../src/workers/collect-job';
import { estimatorContext } from '../../../src/workers/engine/context';
import { createEngine } from '../../../src/workers/engine/engine';
import { Linearisations } from '../../../src/workers/engine/linearisations';
import { PauseGate } from '../../../src/workers/engine/pause';
import type { EngineApi } from '../../../src/workers/protocol/engine';
import { TfjsClassifier } from '../../../src/workers/tfjs/classifier';
import { CountingClassifier, linearClassifier } from '../../support/classifiers';

const now = (): number => 0;
const model = () =>
  new CountingClassifier(
    linearClassifier(
      [
        [1, 0],
        [0, 1],
      ],
      [0.1, 0],
    ),
  );
/** Two classes by two inputs in float32, with two logits and four products in float64. */
const BYTES = 4 * 4 + 6 * 8;

afterEach(() => {
  vi.restoreAllMocks();
});

describe('linearisations', () => {
  it('are computed once for a model and a picture, whoever asks and how often', async () => {
    const known = new Linearisations();
    const [first, second] = [model(), model()];
    const picture = () => Float32Array.of(0.5, 0.25);
    const [one, same] = await Promise.all([known.at(first, picture(), now), known.at(first, picture(), now)]);
    expect(same).toBe(one);
    expect(await known.at(first, picture(), now)).toBe(one);
    expect(first.gradientCount).toBe(2);
    await known.at(first, Float32Array.of(0.5, 0.25000003), now);
    expect(first.gradientCount).toBe(4);
    expect(await known.at(second, picture(), now)).toEqual(one);
    expect(second.gradientCount).toBe(2);
  });

  it('keep the time that they took when they were computed', async () => {
    let clock = 0;
    const slow = model();
    const { linearise } = slow;
    slow.linearise = async (x) => {
      clock += 40;
      return linearise.call(slow, x);
    };
    const known = new Linearisations();
    expect(await known.at(slow, Float32Array.of(1, 0), () => clock)).toMatchObject({ ms: 40 });
    clock = 1000;
    expect(await known.at(slow, Float32Array.of(1, 0), () => clock)).toMatchObject({ ms: 40 });
  });

  it.each([
    ['so many are there', { count: 2, bytes: 2 ** 20 }],
    ['there is no room for their bytes', { count: 8, bytes: 2 * BYTES }],
  ])('go once %s, the one that was asked for longest ago first', async (_, capacity) => {
    const known = new Linearisations(capacity);
    const classifier = model();
    const ask = async (value: number): Promise<number> => {
      const before = classifier.gradientCount;
      await known.at(classifier, Float32Array.of(value, 0), now);
      return (classifier.gradientCount - before) / 2;
    };
    const computed: number[] = [];
    for (const value of [1, 2, 1, 3, 1, 2]) computed.push(await ask(value));
    expect(computed).toEqual([1, 1, 0, 1, 0, 1]);
  });

  it('are computed for each who asks where none is kept', async () => {
    const known = new Linearisations();
    known.keepNone();
    const classifier = model();
    for (let i = 0; i < 3; i++) await known.at(classifier, Float32Array.of(1, 0), now);
    expect(classifier.gradientCount).toBe(6);
  });

  it('are computed once within a job, even where none is kept', async () => {
    const controller = new AbortController();
    const classifier = model();
    const linearisations = new Linearisations();
    linearisations.keepNone();
    const question = { x: Float32Array.of(1, 0), target: 0, sigmas: [1], seed: 1, stop: DEFAULT_STOP };
    const context = estimatorContext(question, {
      classifier,
      signal: controller.signal,
      pace: new PauseGate().pace(controller.signal),
      linearisations,
    });
    for (let i = 0; i < 3; i++) await context.linearisation();
    expect(classifier.gradientCount).toBe(2);
  });

  it('are computed again after a failure, and told to those who waited', async () => {
    const known = new Linearisations();
    const classifier = model();
    const fine = classifier.linearise;
    const x = Float32Array.of(1, 0);
    classifier.linearise = async () => ({
      logits: Float64Array.of(Number.NaN, 0),
      jacobian: new Float32Array(4),
      gram: new Float64Array(4),
    });
    const asked = [known.at(classifier, x, now), known.at(classifier, x, now)];
    for (const each of asked) await expect(each).rejects.toThrow(/logits/);
    classifier.linearise = fine;
    expect((await known.at(classifier, x, now)).value.logits[0]).toBeCloseTo(1.1, 6);
  });

  it('of one model go with it, those of another stay', async () => {
    const known = new Linearisations();
    const [gone, kept] = [model(), model()];
    const x = Float32Array.of(1, 0);
    for (const each of [gone, kept]) await known.at(each, x, now);
    known.forget(gone);
    for (const each of [gone, kept]) await known.at(each, x, now);
    expect([gone.gradientCount, kept.gradientCount]).toEqual([4, 2]);
  });
});

describe('the engine', () => {
  const modelId = 'mnist-linear';
  const picture = (column: number) =>
    Float32Array.from({ length: 784 }, (_, i) => (i % 28 === column ? 0.9 : 0.1));

  async function started(): Promise<EngineApi> {
    const engine = createEngine({ readerOf: folderReader });
    await engine.start({ backend: 'cpu', threads: null });
    await engine.loadModel(modelId);
    return engine;
  }

  async function sweep(
    engine: EngineApi,
    x: Float32Array,
    sigmas: readonly number[],
  ): Promise<JobResult | null> {
    const rest = { id: 1, modelId, target: null, seed: 1, estimators: ['taylor', 'taylor_mvs'] };
    const job = { ...rest, x, sigmas, stop: { rule: 'fixed', samples: 64 } } as const;
    const collector = new JobCollector(job);
    await engine.run(job, (event) => collector.add(event));
    return collector.result();
  }

  /** All that rests on the linearisation at a picture. */
  const requests = (x: Float32Array): readonly ((engine: EngineApi) => Promise<unknown>)[] => [
    (engine) => sweep(engine, x, [0.1, 0.5]),
    (engine) => sweep(engine, x, [0.3]),
    (engine) => engine.classProbabilities({ id: 2, modelId, x, estimatorId: 'taylor', sigma: 0.3, seed: 1 }),
    (engine) => engine.nearestAdversarial({ id: 3, modelId, x, target: 1, seed: 1 }),
    (engine) => engine.marginLandscape({ id: 4, modelId, x, target: 1, seed: 1, sigma: 0.3 }),
  ];

  /** The same without times, which differ. */
  const numbers = (found: unknown): unknown =>
    JSON.parse(JSON.stringify(found, (key, value) => (key === 'ms' ? undefined : value)));

  it('takes one Jacobian for all requests of a model and picture, another for another picture', async () => {
    const engine = await started();
    const linearise = vi.spyOn(TfjsClassifier.prototype, 'linearise');
    for (const ask of requests(picture(14))) await ask(engine);
    expect(linearise).toHaveBeenCalledTimes(1);
    await sweep(engine, picture(10), [0.1]);
    expect(linearise).toHaveBeenCalledTimes(2);
    await sweep(engine, picture(14), [0.2]);
    expect(linearise).toHaveBeenCalledTimes(2);
  });

  it('answers with the very numbers of an engine that is asked nothing else', async () => {
    const shared = await started();
    for (const ask of requests(picture(14))) {
      expect(numbers(await ask(shared))).toEqual(numbers(await ask(await started())));
    }
  });

  it('takes turns between jobs that share one', async () => {
    const engine = await started();
    const linearise = vi.spyOn(TfjsClassifier.prototype, 'linearise');
    const found = await Promise.all([
      sweep(engine, picture(14), [0.1]),
      engine.classProbabilities({
        id: 2,
        modelId,
        x: picture(14),
        estimatorId: 'taylor',
        sigma: 0.3,
        seed: 1,
      }),
    ]);
    expect(found[0]?.estimates.taylor).toHaveLength(1);
    expect(found[1]).toMatchObject({ gradients: 10 });
    expect(linearise).toHaveBeenCalledTimes(1);
  });

  it('answers a job that waits for a Jacobian which another, cancelled, job asked for', async () => {
    const engine = await started();
    const x = picture(14);
    const cancelled = engine.nearestAdversarial({ id: 5, modelId, x, target: 1, seed: 1 });
    const other = sweep(engine, x, [0.1]);
    engine.cancel(5);
    expect(await cancelled).toBeNull();
    expect((await other)?.estimates.taylor).toHaveLength(1);
  });
});
