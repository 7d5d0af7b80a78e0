import * as tf from '@tensorflow/tfjs';
import { type KernelArguments, replaceKernel } from './wasm-backend';

/** Shares the data where the stock kernel copies it: filters keep their identity, which FilterCache needs. */
export function installIdentity(): void {
  replaceKernel(tf.Identity, ({ inputs: { x }, backend }: KernelArguments<'x', object>) => {
    backend.incRef(x.dataId);
    return { dataId: x.dataId, shape: x.shape, dtype: x.dtype };
  });
}
