/** Runs the models: WGSL on the graphics device, wasm on the CPU, or plain JavaScript. */
export type BackendName = 'webgpu' | 'wasm' | 'cpu';

/** A backend by name, or the fastest that works here. */
export type BackendRequest = 'auto' | BackendName;

/** Which backend runs, and why not one that is faster. */
export interface BackendReport {
  readonly name: BackendName;
  /** One sentence for a person. */
  readonly reason: string;
  /** WebGPU on the CPU, tens of times slower than wasm. */
  readonly software?: boolean;
}

/** The graphics device was lost, and what ran has started again on another backend or device. */
export interface BackendChange {
  readonly report: BackendReport;
  /** One sentence for a person. */
  readonly message: string;
}

/** Logits of a batch, or the gradient of logit i mod K of input i with respect to that input (forward pass included). */
export type Pass = 'forward' | 'input_gradient';

/** What the engine holds on to, in bytes but for `tensors`. */
export interface EngineMemory {
  readonly tensors: number;
  readonly tensorBytes: number;
  /** Size of the wasm module's memory, which never shrinks; null on other backends. */
  readonly wasmHeap: number | null;
  /** Buffers on the graphics device, with those that are kept for the next use; null on other backends. */
  readonly gpuBytes: number | null;
}
