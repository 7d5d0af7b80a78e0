/**
 * What the name `@tensorflow/tfjs` stands for here, by `paths` in tsconfig.base.json: a custom module of that package's own
 * parts, in the one version that it names. The package itself would add the webgl backend, the data API and the converter
 * to the worker's script, and in Node a second copy of its core, which its `main` has built in.
 */
import '@tensorflow/tfjs-backend-cpu';
import type * as converter from '@tensorflow/tfjs-converter';

export type { GraphModel } from '@tensorflow/tfjs-converter';
export * from '@tensorflow/tfjs-core';
export * from '@tensorflow/tfjs-layers';

/** As in tfjs. Few bring a Graph model, so its code is loaded with the first one. */
export const loadGraphModel: typeof converter.loadGraphModel = async (...given) =>
  (await import('@tensorflow/tfjs-converter')).loadGraphModel(...given);
