import * as tf from '@tensorflow/tfjs';

/** What the overrides use of tfjs's wasm backend. */
export interface WasmBackend {
  readonly dataIdMap: {
    has(dataId: tf.DataId): boolean;
    /** memoryOffset: the address in the heap, in bytes */
    get(dataId: tf.DataId): { readonly memoryOffset: number };
  };
  /** Emscripten's module; the heap's memory is reached in one way where threads share it and in another where not. */
  readonly wasm: {
    _malloc(bytes: number): number;
    _free(address: number): void;
    readonly wasmMemory?: WebAssembly.Memory;
    readonly asm?: { readonly memory?: WebAssembly.Memory };
  };
  makeOutput(shape: number[], dtype: tf.DataType): tf.TensorInfo;
  /** A view of the heap; stale as soon as anything is allocated. */
  typedArrayFromHeap(tensor: tf.TensorInfo): Float32Array;
  incRef(dataId: tf.DataId): void;
  disposeData(dataId: tf.DataId): boolean;
}

type Inputs<Name extends string> = Readonly<Record<Name, tf.TensorInfo>>;

/** The arguments of a kernel function, as the wasm backend gives them. */
export interface KernelArguments<Name extends string, Attributes> {
  readonly inputs: Inputs<Name>;
  readonly backend: WasmBackend;
  readonly attrs: Attributes;
}

/** Registers a kernel for wasm in place of a stock one, if there is one. */
export function replaceKernel<Name extends string, Attributes>(
  kernelName: string,
  kernelFunc: (given: KernelArguments<Name, Attributes>) => tf.TensorInfo,
): void {
  if (tf.getKernel(kernelName, 'wasm') !== undefined) tf.unregisterKernel(kernelName, 'wasm');
  tf.registerKernel({ kernelName, backendName: 'wasm', kernelFunc: kernelFunc as unknown as tf.KernelFunc });
}
