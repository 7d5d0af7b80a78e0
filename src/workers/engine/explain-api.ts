import { nearestAdversarial } from '../../estimators/adversarial';
import { noisyCalls } from '../../estimators/calls';
import { certify } from '../../estimators/certify';
import type { EstimatorContext } from '../../estimators/definition';
import { DEFAULT_STOP } from '../../estimators/estimate';
import { marginLandscape } from '../../estimators/landscape';
import { STREAMS } from '../../estimators/noise/gaussian';
import type { AdversarialRequest, ExplainApi } from '../protocol/explain';
import { classReading } from './classes';
import { estimatorContext } from './context';
import { drive } from './drive';
import { assertGradients } from './gradients';
import type { JobSetting } from './job';
import type { EngineParts } from './parts';

interface Search<Found> {
  /** What needs gradients, to begin a sentence. */
  readonly what: string;
  steps(context: EstimatorContext): AsyncGenerator<number, Found, undefined>;
  readonly onProgress: ((fraction: number) => void) | undefined;
}

/** What is found from the linearisation at x onwards; null if it was cancelled. */
async function search<Found>(
  { x, target, seed }: AdversarialRequest,
  { what, steps, onProgress }: Search<Found>,
  setting: JobSetting,
): Promise<{ readonly found: Found } | null> {
  assertGradients(what, setting.noGradients);
  const context = estimatorContext({ x, target, seed, sigmas: [], stop: DEFAULT_STOP }, setting);
  const found = await drive(steps(context), { ...setting, onStep: onProgress });
  return setting.signal.aborted ? null : { found: found as Found };
}

/** Class shares, worst case, certificate, landscape and noisy copies. */
export function explainApi(parts: EngineParts): ExplainApi {
  return {
    classProbabilities: (request) => parts.ask(request, (setting) => classReading(request, setting)),

    nearestAdversarial: (request, onProgress) =>
      parts.ask(request, (setting) =>
        search(
          request,
          { what: 'The search for the nearest adversary', steps: nearestAdversarial, onProgress },
          setting,
        ),
      ),

    marginLandscape: (request, onProgress) =>
      parts.ask(request, (setting) =>
        search(
          request,
          {
            what: 'The landscape of the margin',
            steps: (context) => marginLandscape(context, request.sigma),
            onProgress,
          },
          setting,
        ),
      ),

    certify: (request) =>
      parts.ask(request, (setting) =>
        drive(certify({ ...request, classifier: setting.classifier }, request.sigma), setting),
      ),

    classifyCopies: ({ modelId, x, sigma, seed, count, target }) =>
      parts.use(modelId, async ({ classifier }) => {
        const batch = { x, sigma, seed, stream: STREAMS.plain, firstSample: 0, count };
        return [...(await noisyCalls(classifier, batch, target)).called];
      }),
  };
}
