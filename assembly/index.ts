/** The compiled kernels of src/workers/tfjs/kernels. They own no memory: all pointers are into tfjs's heap. */
export { convolve } from './convolve';
export { add, mask } from './elementwise';
export { winograd } from './winograd';
