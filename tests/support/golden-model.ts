import * as tf from '@tensorflow/tfjs';
import golden from '../fixtures/golden.json';

/** The convolutional net of golden.json as a tfjs Layers model. */
export async function goldenModel(): Promise<tf.LayersModel> {
  const net = golden.convNet;
  const conv = (name: string, filters: number, strides: number, rest: object = {}) => ({
    class_name: 'Conv2D',
    config: {
      name,
      filters,
      kernel_size: [3, 3],
      strides: [strides, strides],
      padding: 'same',
      activation: 'relu',
      ...rest,
    },
  });
  const weights: [string, number[], number[]][] = [
    ['c1/kernel', [3, 3, 1, 4], net.conv1.flat(3)],
    ['c1/bias', [4], net.bias1],
    ['c2/kernel', [3, 3, 4, 6], net.conv2.flat(3)],
    ['c2/bias', [6], net.bias2],
    ['d/kernel', [96, 5], net.dense.flat()],
    ['d/bias', [5], net.bias3],
  ];
  return tf.loadLayersModel(
    tf.io.fromMemory({
      modelTopology: {
        class_name: 'Sequential',
        config: {
          name: 'golden',
          layers: [
            conv('c1', 4, 2, { batch_input_shape: [null, 8, 8, 1] }),
            conv('c2', 6, 1),
            { class_name: 'Flatten', config: { name: 'f' } },
            { class_name: 'Dense', config: { name: 'd', units: 5, activation: 'linear' } },
          ],
        },
      },
      weightSpecs: weights.map(([name, shape]) => ({ name, shape, dtype: 'float32' as const })),
      weightData: Float32Array.from(weights.flatMap(([, , values]) => values)).buffer,
    }),
  );
}
