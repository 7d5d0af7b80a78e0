import { NormalSource } from '../../src/estimators/noise/gaussian';

/** A file of a model; its bytes as numbers, which cross to the page. */
export interface PlainFile {
  readonly path: string;
  readonly bytes: readonly number[];
}

const SHAPES = { 'c/kernel': [3, 3, 1, 8], 'c/bias': [8], 'd/kernel': [5408, 10], 'd/bias': [10] } as const;

const layer = (class_name: string, config: object) => ({ class_name, config });

/** A convolution and a dense layer for digits, of other weights for every seed. */
export function ownDigitModel(seed: number): PlainFile[] {
  const weights = Object.entries(SHAPES).map(([name, shape]) => ({ name, shape, dtype: 'float32' }));
  const counts = weights.map(({ shape }) => shape.reduce<number>((product, size) => product * size, 1));
  const values = new Float32Array(counts.reduce((sum, count) => sum + count, 0));
  new NormalSource(seed, 5).fill(0, values);
  const bytes = new Uint8Array(values.map((value) => 0.05 * value).buffer);
  const model = {
    format: 'layers-model',
    modelTopology: layer('Sequential', {
      name: `soak-${seed}`,
      layers: [
        layer('Conv2D', {
          name: 'c',
          batch_input_shape: [null, 28, 28, 1],
          dtype: 'float32',
          filters: 8,
          kernel_size: [3, 3],
          activation: 'relu',
        }),
        layer('Flatten', { name: 'f' }),
        layer('Dense', { name: 'd', units: 10, activation: 'softmax' }),
      ],
    }),
    weightsManifest: [{ paths: ['w.bin'], weights }],
  };
  return [
    { path: 'model.json', bytes: [...new TextEncoder().encode(JSON.stringify(model))] },
    { path: 'w.bin', bytes: [...bytes] },
  ];
}
