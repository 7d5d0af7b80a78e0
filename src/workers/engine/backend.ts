import type { BackendChange, BackendReport } from '../backend-info';
import { EngineError, rejectWithInfo } from '../errors';
import type { EngineOptions } from '../protocol/engine';
import { replaceBackend, startBackend } from '../tfjs/backend';
import { type DeviceTrouble, watchDevice } from '../tfjs/device';
import { DeviceIntegrator } from '../webgpu/gaussian-cdf';

/** A graphics device that is lost as often as this is not asked for again. */
const MOST_DEVICES = 3;

/** The backend that everything runs on: started once, and replaced when its device is lost. */
export class EngineBackend {
  #report: Promise<BackendReport> | undefined;
  #integrator: DeviceIntegrator | undefined;
  #options: Pick<EngineOptions, 'backend' | 'threads'> = { backend: 'auto', threads: null };
  #onChange: (change: BackendChange) => void = () => {};
  #losses = 0;

  /** @param onTrouble hears that the device is lost */
  constructor(readonly onTrouble: (trouble: DeviceTrouble) => void) {}

  /** Integrates Gaussian CDFs on the device; undefined where the device is not fast. */
  get integrator(): DeviceIntegrator | undefined {
    return this.#integrator;
  }

  /** Chooses a backend the first time. Rejects with EngineErrorInfo. */
  start(
    { backend, threads }: EngineOptions,
    onChange: (change: BackendChange) => void = () => {},
  ): Promise<BackendReport> {
    if (this.#report === undefined) {
      this.#options = { backend, threads };
      this.#onChange = onChange;
      this.#report = rejectWithInfo(startBackend(backend, threads).then((report) => this.#begun(report)));
    }
    return this.#report;
  }

  /** The backend that runs. Rejects with EngineError bad_request before the start. */
  async started(): Promise<BackendReport> {
    if (this.#report === undefined) throw new EngineError('bad_request', 'The engine was not started.');
    return this.#report;
  }

  /** Takes another device, or another backend where devices keep being lost, and tells of it. */
  async replace({ message, again }: DeviceTrouble): Promise<void> {
    this.#losses++;
    const { backend, threads } = this.#options;
    const trouble = { message, again: again && this.#losses < MOST_DEVICES };
    this.#report = replaceBackend(backend, threads, trouble).then((report) => this.#begun(report));
    const report = await this.#report;
    this.#onChange({
      report,
      message: `The graphics device was lost. What was running goes on, and nothing is lost. ${report.reason}`,
    });
  }

  #begun(report: BackendReport): BackendReport {
    watchDevice(this.onTrouble);
    const isFast = report.name === 'webgpu' && !report.software;
    this.#integrator = isFast ? new DeviceIntegrator() : undefined;
    return report;
  }
}
