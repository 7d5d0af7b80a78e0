import { toErrorInfo } from '../errors';
import type { SweepApi } from '../protocol/sweep';
import type { EngineParts } from './parts';
import { ResumableJob } from './resumable';
import { runSweep } from './sweep';

/** Sweeps, which go on where they were when the device is lost meanwhile. */
export function sweepApi(parts: EngineParts): SweepApi {
  const { gate, jobs, models, recovery } = parts;
  return {
    async run(job, emit) {
      const resumable = new ResumableJob(job, emit);
      let ms = 0;
      const attempt = async (signal: AbortSignal): Promise<void> => {
        const rest = resumable.rest();
        if (rest === null) return;
        const pace = gate.pace(signal);
        const start = pace.now();
        try {
          await models.use(job.modelId, async (model) => {
            if (signal.aborted) return;
            await runSweep(rest, resumable.emit, { ...parts.settingOf(model, signal), pace });
          });
        } finally {
          ms += pace.now() - start;
        }
      };
      try {
        await jobs.run(job.id, async (signal) => {
          await recovery.run(attempt, signal);
          emit({ type: 'done', jobId: job.id, cancelled: signal.aborted, ms });
        });
      } catch (thrown) {
        emit({ type: 'error', jobId: job.id, error: toErrorInfo(thrown) });
      }
    },
  };
}
