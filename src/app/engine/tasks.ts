import { proxy, type Remote } from 'comlink';
import type { AdversarialPoint } from '../../estimators/adversarial';
import type { Certificate } from '../../estimators/certify';
import type { ClassReading } from '../../estimators/classes/reading';
import type { MarginLandscape } from '../../estimators/landscape';
import type { EngineErrorInfo } from '../../workers/error-info';
import type { EngineApi } from '../../workers/protocol/engine';
import type {
  AdversarialRequest,
  CertificateRequest,
  ClassesRequest,
  LandscapeRequest,
} from '../../workers/protocol/explain';
import type { JobEvent, SweepEvent, SweepJob } from '../../workers/protocol/sweep';
import { strings } from '../strings';
import { type EngineTask, EventQueue } from './event-queue';
import type { RequestIds } from './request-ids';

type WithoutId<Request> = Omit<Request, 'id'>;

/** Share done in [0, 1]; never falls. */
export interface ProgressEvent {
  readonly type: 'progress';
  readonly fraction: number;
}

export interface ResultEvent<Found> {
  readonly type: 'result';
  readonly found: Found;
}

/** Requests that take long, as tasks that are iterated. An iteration throws what the engine rejects with. */
export class EngineTasks {
  constructor(
    readonly engine: Remote<Pick<EngineApi, 'cancel' | 'run' | keyof Explanations>>,
    readonly ids: RequestIds,
  ) {}

  /** Estimates as they come in; the last event says that the sweep is done. */
  sweep(job: WithoutId<SweepJob>): EngineTask<SweepEvent> {
    return this.#begin<SweepEvent>(async (id, events) => {
      // Events come on a port of their own and may be behind the answer.
      const onEvent = (event: JobEvent): void => {
        if (event.type === 'error') events.fail(event.error);
        else {
          events.push(withoutJob(event));
          if (event.type === 'done') events.end();
        }
      };
      await this.engine.run({ ...job, id }, proxy(onEvent)).catch((error: unknown) => {
        const { message = String(error) } = (error ?? {}) as Partial<EngineErrorInfo>;
        throw { code: 'internal', message: strings.sweep.engineStopped(message) } satisfies EngineErrorInfo;
      });
    });
  }

  /** The probability of every class. */
  classProbabilities(request: WithoutId<ClassesRequest>): EngineTask<ResultEvent<ClassReading>> {
    return this.#askFor((id) => this.engine.classProbabilities({ ...request, id }));
  }

  /** The radius within which the smoothed classifier is certain, at the request's sigma. */
  certify(request: WithoutId<CertificateRequest>): EngineTask<ResultEvent<Certificate>> {
    return this.#askFor((id) => this.engine.certify({ ...request, id }));
  }

  /** The nearest input that is not called t; null if no point was found. */
  nearestAdversarial(
    request: WithoutId<AdversarialRequest>,
  ): EngineTask<ProgressEvent | ResultEvent<AdversarialPoint | null>> {
    return this.#search((id, onProgress) => this.engine.nearestAdversarial({ ...request, id }, onProgress));
  }

  /** The margin over a plane; null if no margin has a gradient. */
  marginLandscape(
    request: WithoutId<LandscapeRequest>,
  ): EngineTask<ProgressEvent | ResultEvent<MarginLandscape | null>> {
    return this.#search((id, onProgress) => this.engine.marginLandscape({ ...request, id }, onProgress));
  }

  #askFor<Found>(ask: (id: number) => Promise<Found | null>): EngineTask<ResultEvent<Found>> {
    return this.#begin<ResultEvent<Found>>(async (id, events) => {
      const found = await ask(id);
      if (found !== null) events.push({ type: 'result', found });
      events.end();
    });
  }

  #search<Found>(
    ask: (id: number, onProgress: (fraction: number) => void) => Promise<{ readonly found: Found } | null>,
  ): EngineTask<ProgressEvent | ResultEvent<Found>> {
    return this.#begin<ProgressEvent | ResultEvent<Found>>(async (id, events) => {
      let furthest = 0;
      const onProgress = (fraction: number): void => {
        if (fraction < furthest) return;
        furthest = fraction;
        events.push({ type: 'progress', fraction });
      };
      const answer = await ask(id, proxy(onProgress));
      if (answer !== null) events.push({ type: 'result', found: answer.found });
      events.end();
    });
  }

  /**
   * Asks in a task of its own. The page draws what led to it first: with few cores the two would get in each other's way.
   * What is cancelled before that never reaches the engine.
   */
  #begin<Event>(ask: (id: number, events: EventQueue<Event>) => Promise<void>): EngineTask<Event> {
    const id = this.ids.next();
    let isSent = false;
    const timer = setTimeout(() => {
      isSent = true;
      ask(id, events)
        .catch((error: unknown) => events.fail(error))
        .finally(() => this.ids.settle(id));
    });
    const events = new EventQueue<Event>(() => {
      clearTimeout(timer);
      if (!isSent) return;
      this.ids.cancel(id);
      // An engine that is lost has nothing to cancel.
      this.engine.cancel(id).catch(() => {});
    });
    return events;
  }
}

type Explanations = Pick<
  EngineApi,
  'classProbabilities' | 'certify' | 'nearestAdversarial' | 'marginLandscape'
>;

function withoutJob(event: Exclude<JobEvent, { type: 'error' }>): SweepEvent {
  if (event.type === 'done') return { type: 'done', ms: event.ms };
  const { jobId: _, ...rest } = event;
  return rest;
}
