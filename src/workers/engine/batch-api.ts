import type { BatchApi } from '../protocol/batch';
import type { EngineParts } from './parts';
import { evaluatePass, measurePass } from './passes';

/** Single passes over many inputs. */
export function batchApi(parts: EngineParts): BatchApi {
  return {
    evaluate: (request) => parts.use(request.modelId, ({ classifier }) => evaluatePass(classifier, request)),
    measure: (request) => parts.use(request.modelId, ({ classifier }) => measurePass(classifier, request)),
  };
}
