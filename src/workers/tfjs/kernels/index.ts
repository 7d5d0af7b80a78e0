import { installConv2DBackpropInput } from './conv2d-backprop-input';
import { installDepthwiseBackpropInput } from './depthwise-backprop-input';
import { installUnusedFilterGradients } from './filter-gradients';
import { installIdentity } from './identity';
import { installMaxPoolGrad } from './max-pool-grad';

let installed = false;

/** Makes input gradients on the wasm backend right and fast. To be called once the backend is registered. */
export function installWasmKernels(): void {
  if (installed) return;
  installed = true;
  installIdentity();
  installConv2DBackpropInput();
  installDepthwiseBackpropInput();
  installUnusedFilterGradients();
  installMaxPoolGrad();
}
