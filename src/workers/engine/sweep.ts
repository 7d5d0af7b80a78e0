import type { EstimatorDefinition } from '../../estimators/definition';
import { softmax } from '../../estimators/math/softmax';
import { argmax, assertFinite, type Classifier } from '../../estimators/model';
import { findEstimator } from '../../estimators/registry';
import { assertRequest } from '../../estimators/request';
import { EngineError, toErrorInfo } from '../errors';
import type { EstimateSnapshot, EstimateUpdate, JobEvent, SweepJob } from '../protocol/sweep';
import { yieldToMessages } from '../pulse';
import { estimatorContext } from './context';
import { assertGradients } from './gradients';
import type { JobSetting } from './job';

/** Partial results and progress are sent at most this often, and always at the end of an estimator. */
const EMIT_EVERY_MS = 100;

function checkedDefinitions(job: SweepJob, classifier: Classifier): EstimatorDefinition[] {
  assertRequest({ ...job, classifier, target: job.target ?? 0 });
  return job.estimators.map((id) => {
    const definition = findEstimator(id);
    if (definition === undefined) throw new EngineError('bad_request', `There is no estimator “${id}”.`);
    return definition;
  });
}

function passedBy({ estimate, passed = [] }: EstimateUpdate): EstimateSnapshot[] {
  const { evaluations, gradients, p, lo, hi } = estimate;
  return [...passed, { evaluations, gradients, p, lo, hi }];
}

/**
 * Runs the estimators of a job one after the other and streams what they find. Ends early when the signal aborts, waits
 * between batches while the pace says so. Throws EngineError or ClassifierError; emits neither done nor error itself.
 */
export async function runSweep(
  job: SweepJob,
  emit: (event: JobEvent) => void,
  setting: JobSetting,
): Promise<void> {
  const { classifier, signal, pace, noGradients } = setting;
  const now = (): number => pace.now();
  const definitions = checkedDefinitions(job, classifier);
  const start = now();
  const logits = await classifier.logits(job.x);
  assertFinite(logits, 'logits');
  const predicted = argmax(logits);
  const target = job.target ?? predicted;
  emit({
    type: 'partial',
    jobId: job.id,
    prediction: { logits: [...logits], probabilities: [...softmax(logits)], predicted, target },
    updates: [],
  });

  const { x, sigmas, seed, stop } = job;
  const context = estimatorContext({ x, target, sigmas, seed, stop }, setting);

  const weights = definitions.map((definition) => {
    const cost = definition.cost(job.sigmas.length, classifier.classCount, job.stop);
    return cost.evaluations + 2 * cost.gradients;
  });
  const totalWeight = weights.reduce((sum, weight) => sum + weight, 0);
  let finishedWeight = 0;
  let fraction = 0;
  let pending: EstimateUpdate[] = [];
  let lastEmit = now();
  const flush = (): void => {
    lastEmit = now();
    if (pending.length > 0) emit({ type: 'partial', jobId: job.id, updates: pending });
    pending = [];
    const elapsed = (lastEmit - start) / 1000;
    const secondsLeft = fraction > 0.02 && elapsed > 0.3 ? (elapsed * (1 - fraction)) / fraction : null;
    emit({ type: 'progress', jobId: job.id, fraction, secondsLeft });
  };

  const holdWhilePaused = async (): Promise<void> => {
    if (!pace.paused()) return;
    flush();
    await pace.pausePoint();
  };

  let failures = 0;
  await holdWhilePaused();
  for (const [i, definition] of definitions.entries()) {
    const weight = weights[i] as number;
    try {
      if (definition.needsGradients) assertGradients(definition.name, noGradients);
      for await (const { sigmaIndex, estimate, progress } of definition.run(context)) {
        if (signal.aborted) return;
        const known = pending.findIndex(
          (u) => u.estimatorId === definition.id && u.sigmaIndex === sigmaIndex,
        );
        const [before] = known >= 0 ? pending.splice(known, 1) : [];
        const update = { estimatorId: definition.id, sigmaIndex, estimate };
        pending.push(before === undefined ? update : { ...update, passed: passedBy(before) });
        fraction = Math.max(fraction, (finishedWeight + weight * progress) / totalWeight);
        if (now() - lastEmit >= EMIT_EVERY_MS) flush();
        await yieldToMessages();
        await holdWhilePaused();
        if (signal.aborted) return;
      }
      finishedWeight += weight;
      flush();
      emit({ type: 'partial', jobId: job.id, updates: [], finished: [definition.id] });
    } catch (error) {
      if (signal.aborted) return;
      // Sampling needs no gradient and no Gaussian CDF: what fails for one estimator need not end the others.
      if (++failures === definitions.length) throw error;
      finishedWeight += weight;
      flush();
      const failed = { estimatorId: definition.id, error: toErrorInfo(error) };
      emit({ type: 'partial', jobId: job.id, updates: [], failed });
    }
  }
}
