import * as tf from '@tensorflow/tfjs';

let installed = false;

/** tfjs hands gradients through a cast to whole numbers as if nothing had been cut off; there they are 0. */
export function installCastGradient(): void {
  if (installed) return;
  installed = true;
  tf.unregisterGradient(tf.Cast);
  tf.registerGradient({
    kernelName: tf.Cast,
    gradFunc: (dy, _saved, attrs) => {
      const { dtype } = attrs as unknown as tf.CastAttrs;
      const gradient = dy as tf.Tensor;
      return { x: () => (dtype === 'float32' ? tf.clone(gradient) : tf.zerosLike(gradient)) };
    },
  });
}
