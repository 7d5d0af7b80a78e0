import type { Remote } from 'comlink';
import type { EngineApi, EngineOptions } from '../../workers/protocol/engine';
import type { Loss } from '../engine/heartbeat';
import { SupervisedWorker } from '../engine/supervised';

/** A trial that is silent for longer than this, and did not say that it would be, is ended. */
const PATIENCE_MS = 10_000;
/** A worker that ends by itself may have had bad luck, its script not being there for a moment; the next one has not. */
const MOST_WORKERS = 2;

/** What a trial is rejected with once its worker is lost. */
class TrialLost extends Error {
  constructor(
    readonly loss: Loss,
    message: string,
  ) {
    super(message);
  }
}

interface TrialSetting {
  start(): Worker;
  options(): EngineOptions;
  /** One sentence each, for a person. */
  readonly sentences: Readonly<Record<Loss | 'cancelled', string>>;
}

/** One model's trial, in a worker that nothing else uses. */
export class Trial {
  readonly #worker: SupervisedWorker<EngineApi>;
  #isStarted = false;
  #isOver = false;

  constructor(readonly setting: TrialSetting) {
    const { start, sentences } = setting;
    this.#worker = new SupervisedWorker<EngineApi>({
      start,
      patience: PATIENCE_MS,
      attempts: () => 1,
      lost: (loss) => new TrialLost(loss, sentences[loss]),
      onLoss: () => {
        this.#isStarted = false;
      },
    });
  }

  /**
   * Runs work with the trial's engine, from its beginning in another worker if the first one ends by itself. Rejects as
   * the work does, if the worker falls silent, if the second one ends too, and once the trial is over.
   */
  async run<T>(work: (engine: Remote<EngineApi>) => Promise<T>): Promise<T> {
    for (let workers = 1; ; workers++) {
      if (this.#isOver) throw new Error(this.setting.sentences.cancelled);
      try {
        return await work(await this.#engine());
      } catch (error) {
        const isGone = error instanceof TrialLost && error.loss === 'ended';
        if (!isGone || workers === MOST_WORKERS) throw error;
      }
    }
  }

  async #engine(): Promise<Remote<EngineApi>> {
    const { api } = this.#worker;
    if (!this.#isStarted) {
      await api.start(this.setting.options());
      this.#isStarted = true;
    }
    return api;
  }

  /** Ends the worker in the midst of whatever it does. */
  end(): void {
    this.#isOver = true;
    this.#worker.end(new Error(this.setting.sentences.cancelled));
  }
}

/** An engine that was started ahead of need is ended after this, if nothing came. */
const SPARE_MS = 60_000;

/** Trials one after the other: a new one ends the one before, and no trial ends another's worker. */
export class Trials {
  #current: Trial | null = null;
  #spare: Trial | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(readonly setting: TrialSetting) {}

  /** Starts the engine of the next trial, which is expected soon. */
  prepare(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#spare?.end();
      this.#spare = null;
    }, SPARE_MS);
    if (this.#spare !== null) return;
    this.#spare = new Trial(this.setting);
    // If it does not start, the trial itself will say so.
    this.#spare.run(async () => {}).catch(() => {});
  }

  begin(): Trial {
    this.#current?.end();
    clearTimeout(this.#timer);
    this.#current = this.#spare ?? new Trial(this.setting);
    this.#spare = null;
    return this.#current;
  }
}
