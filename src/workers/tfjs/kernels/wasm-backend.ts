import * as tf from '../tf';

/** What the overrides use of tfjs's wasm backend. */
export interface WasmBackend {
  readonly dataIdMap: { has(dataId: tf.DataId): boolean };
  makeOutput(shape: number[], dtype: tf.DataType): tf.TensorInfo;
  /** A view of the heap; stale as soon as anything is allocated. */
  typedArrayFromHeap(tensor: tf.TensorInfo): Float32Array;
  incRef(dataId: tf.DataId): void;
  disposeData(dataId: tf.DataId): boolean;
}

export type Inputs<Name extends string> = Readonly<Record<Name, tf.TensorInfo>>;

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

/** Runs a registered wasm kernel on raw tensors. */
export function runKernel(
  kernelName: string,
  inputs: Readonly<Record<string, tf.TensorInfo>>,
  backend: WasmBackend,
  attrs: object,
): tf.TensorInfo {
  const kernel = tf.getKernel(kernelName, 'wasm');
  if (kernel === undefined) throw new Error(`the wasm backend has no kernel ${kernelName}`);
  return kernel.kernelFunc({
    inputs: inputs as tf.NamedTensorInfoMap,
    backend,
    attrs: attrs as tf.NamedAttrMap,
  }) as tf.TensorInfo;
}
