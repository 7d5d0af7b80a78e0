import { proxy } from 'comlink';
import { ResumableJob } from '../../workers/engine/resumable';
import type { EngineApi } from '../../workers/protocol/engine';
import type { JobEvent } from '../../workers/protocol/sweep';
import type { RequestIds } from './request-ids';
import type { Supervision } from './supervised';

type Resume = NonNullable<Supervision['resume']>[string];

/**
 * What becomes of requests when the engine is lost: a sweep goes on with the estimators that are not finished, anything
 * else is asked again from its beginning, and what was cancelled is not asked again.
 */
export function resumeRequests(ids: RequestIds): Pick<Supervision, 'resume' | 'whenLost'> {
  const run: Resume = (given) => {
    const [job, emit] = given as Parameters<EngineApi['run']>;
    const resumable = new ResumableJob(job, emit);
    let attempts = 0;
    return () => {
      const attempt = ++attempts;
      const rest = resumable.rest();
      const cancelled = ids.isCancelled(job.id);
      if (rest === null || cancelled) {
        emit({ type: 'done', jobId: job.id, cancelled, ms: 0 });
        return null;
      }
      // Events of an engine that was given up may come late.
      return [rest, proxy((event: JobEvent) => attempt === attempts && resumable.emit(event))];
    };
  };
  const askAgain: Resume = (given) => {
    const [{ id }, onProgress] = given as Parameters<EngineApi['nearestAdversarial']>;
    let attempts = 0;
    return () => {
      const attempt = ++attempts;
      if (ids.isCancelled(id)) return null;
      if (onProgress === undefined) return given;
      return [given[0], proxy((fraction: number) => attempt === attempts && onProgress(fraction))];
    };
  };
  return {
    resume: {
      run,
      classProbabilities: askAgain,
      nearestAdversarial: askAgain,
      marginLandscape: askAgain,
      certify: askAgain,
    },
    whenLost: {
      run: (given, { message }) => {
        const [job, emit] = given as Parameters<EngineApi['run']>;
        emit({ type: 'error', jobId: job.id, error: { code: 'internal', message } });
      },
    },
  };
}
