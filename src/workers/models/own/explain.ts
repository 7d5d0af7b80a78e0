import { EngineError } from '../../errors';

interface Explanation {
  readonly pattern: RegExp;
  say(found: readonly string[]): string;
}

const GRAPH = 'export it as a SavedModel and convert that to a tfjs Graph model';

/** What was found, with what to do about it. */
export const withGraphAdvice = (found: string): string => `${found}: ${GRAPH}.`;

/** A layer that neither tfjs nor Probust has. */
export const unknownLayer = (name: string): EngineError =>
  new EngineError(
    'model_unsupported',
    withGraphAdvice(`The network has a layer “${name.slice(0, 80)}”, which tfjs Layers does not know`),
  );

/** What tfjs says when it cannot build or run a network, and what it means. */
const EXPLANATIONS: readonly Explanation[] = [
  {
    pattern: /Unknown layer: (\w+)/,
    say: ([layer = '']) => unknownLayer(layer).message,
  },
  {
    pattern: /Unknown (\w+): (\w+)/,
    say: ([kind, name]) => `The network uses the ${kind} “${name}”, which tfjs does not know: ${GRAPH}.`,
  },
  {
    pattern: /An InputLayer should be passed either/,
    say: () =>
      `The file was converted from Keras 3, whose input layers tfjs 4 cannot read; convert with Keras 2 (TF_USE_LEGACY_KERAS=1), or ${GRAPH}.`,
  },
  {
    pattern: /no target variable: (\S+)|weights are not set: ([^,\s]+)/,
    say: ([extra, missing]) =>
      `The weights and the layers in model.json do not belong together (${extra ?? missing}): the file was converted by a version that tfjs 4 cannot read, or was put together from two models.`,
  },
  {
    pattern: /Unknown op '(\w+)'/,
    say: ([op]) => `The graph uses the op “${op}”, which tfjs does not have; convert the model without it.`,
  },
  {
    pattern: /dynamic op '(\w+)'/,
    say: ([op]) =>
      `The graph decides on its way what to compute (op “${op}”); only graphs without control flow can be probed.`,
  },
  {
    pattern: /Kernel '(\w+)' not registered for backend '(\w+)'/,
    say: ([op, backend]) => `The network uses the op “${op}”, which tfjs does not have on ${backend}.`,
  },
];

/** A network that cannot be built or run, in a sentence. Errors that have one already stay. */
export function explained(error: unknown): EngineError {
  if (error instanceof EngineError) return error;
  const message = error instanceof Error ? error.message : String(error);
  for (const { pattern, say } of EXPLANATIONS) {
    const match = pattern.exec(message);
    if (match !== null) return new EngineError('model_unsupported', say(match.slice(1)), { cause: error });
  }
  return new EngineError(
    'model_unsupported',
    'TensorFlow.js cannot run this network: sizes or settings in its model.json do not fit together, or the file is damaged; convert the model again.',
    { cause: error },
  );
}

/** Why there are no gradients, to follow “because”. */
export function whyNoGradient(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const missing = /gradient function not found for (\w+)/.exec(message)?.[1];
  if (missing !== undefined) return `tfjs has no gradient for the op “${missing}”`;
  const kernel = /Kernel '(\w+)' not registered for backend '(\w+)'/.exec(message);
  if (kernel !== null) return `tfjs has no “${kernel[1]}” on ${kernel[2]}`;
  if (message.includes('encloses all operations'))
    return 'the network’s output does not depend smoothly on its input';
  return 'TensorFlow.js failed to take them';
}
