import type { ThreadStart } from './thread';

export type KernelBinary =
  | 'kernels.wasm'
  | 'kernels-relaxed.wasm'
  | 'kernels-threads.wasm'
  | 'kernels-threads-relaxed.wasm';

/** What the compiled kernels need of the page's worker or of Node. */
export interface KernelPlatform {
  /** The bytes of a file of assembly/build/. */
  read(name: KernelBinary): Promise<Uint8Array<ArrayBuffer>>;
  /** Starts a thread that calls `serve`; resolves once it is about to. */
  spawn(start: ThreadStart): Promise<void>;
}

let current: KernelPlatform | undefined;

/** To be called before the wasm backend starts. Without it tfjs's own kernels are used. */
export function setKernelPlatform(platform: KernelPlatform): void {
  current = platform;
}

export const kernelPlatform = (): KernelPlatform | undefined => current;
