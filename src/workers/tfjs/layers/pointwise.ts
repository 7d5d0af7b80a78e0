import * as tf from '@tensorflow/tfjs';
import { FUNCTIONS, type FunctionName, type Parameters } from './functions';
import { type Config, OwnLayer, only, type Shape } from './own-layer';

const parametersOf = ({ parameters }: Config): Parameters => (parameters ?? {}) as unknown as Parameters;

/** A function of `functions.ts` as a layer. */
export class PointwiseLayer extends OwnLayer {
  static className = 'ProbustPointwise';

  override computeOutputShape(inputShape: Shape | Shape[]): Shape | Shape[] {
    return inputShape;
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const apply = FUNCTIONS[this.settings.function as FunctionName];
    return tf.tidy(() => apply(only(inputs), parametersOf(this.settings)));
  }
}

/** The same as the activation of another layer. */
export class PointwiseActivation extends tf.serialization.Serializable {
  static className = 'ProbustActivation';

  constructor(readonly settings: Config) {
    super();
  }

  getConfig(): Config {
    return this.settings;
  }

  apply(x: tf.Tensor): tf.Tensor {
    return tf.tidy(() => FUNCTIONS[this.settings.function as FunctionName](x, parametersOf(this.settings)));
  }
}
