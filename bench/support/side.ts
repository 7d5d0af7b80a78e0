import type { EngineMemory } from '../../src/workers/backend-info';
import type { MeasureRequest, PassRequest } from '../../src/workers/protocol/batch';
import type { JobEvent, SweepJob } from '../../src/workers/protocol/sweep';

/** One contender: something that runs the passes of a model in a folder. */
export interface Side {
  readonly name: string;
  /** What runs, in words. */
  readonly description: string;
  evaluate(request: PassRequest): Promise<Float32Array>;
  /** Milliseconds of each repeat, the inputs being in place. */
  measure(request: MeasureRequest): Promise<number[]>;
}

export interface TimedEvent {
  /** Milliseconds since the sweep was asked for. */
  readonly ms: number;
  readonly event: JobEvent;
}

/** Our engine as a contender: it can sweep as well. */
export interface EngineSide extends Side {
  /** Runs a sweep to its end and tells what came when; rejects if it or one of its estimators fails. */
  sweep(job: SweepJob): Promise<TimedEvent[]>;
  /** Brings a model of one's own and removes it again; only in Chromium. */
  visitOwnModel?(
    files: readonly { readonly path: string; readonly bytes: readonly number[] }[],
  ): Promise<void>;
  memory(): Promise<EngineMemory>;
  /** Bytes of the JavaScript heap and array buffers of the engine's worker or process, after a collection. */
  jsHeap(): Promise<number>;
}

/** Throws if one of a job's events tells of a failure. */
export function assertSucceeded(events: readonly TimedEvent[]): void {
  for (const { event } of events) {
    if (event.type === 'error') throw new Error(event.error.message);
    if (event.type === 'partial' && event.failed) {
      throw new Error(`${event.failed.estimatorId}: ${event.failed.error.message}`);
    }
  }
}
