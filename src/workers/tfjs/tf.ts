/** The parts of tfjs in use. The union package would add the webgl backend, the data API and the graph converter. */
export * from '@tensorflow/tfjs-core';
export { type LayersModel, loadLayersModel } from '@tensorflow/tfjs-layers';
