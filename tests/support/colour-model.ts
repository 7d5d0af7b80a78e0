import { createHash } from 'node:crypto';

const LABELS = ['red', 'green', 'blue'] as const;
const SHAPE = [32, 32, 3] as const;
/** Logits are this many times the mean of a channel. */
const GAIN = 40;

export interface ModelFile {
  readonly path: string;
  readonly bytes: Buffer;
}

/**
 * The files of a small model folder for colour pictures: the class is the channel with the largest mean. Linear, with
 * logits GAIN times the means, so that its probabilities are known. `dataset` is the name on its card.
 */
export function colourModel(id = 'colours', dataset = 'CIFAR-10'): ModelFile[] {
  const d = SHAPE[0] * SHAPE[1];
  const kernel = new Float32Array(3 * d * 3);
  for (let i = 0; i < d; i++) for (let c = 0; c < 3; c++) kernel[(3 * i + c) * 3 + c] = GAIN / d;
  const layers = [
    {
      class_name: 'Flatten',
      config: { name: 'flatten', trainable: true, batch_input_shape: [null, ...SHAPE], dtype: 'float32' },
    },
    {
      class_name: 'Dense',
      config: { name: 'dense', trainable: true, units: 3, activation: 'linear', use_bias: false },
    },
  ];
  const model = {
    format: 'layers-model',
    generatedBy: 'a test',
    convertedBy: null,
    modelTopology: {
      keras_version: 'tfjs-layers 4.22.0',
      backend: 'tensor_flow.js',
      model_config: { class_name: 'Sequential', config: { name: id, layers } },
    },
    weightsManifest: [
      { paths: ['weights.bin'], weights: [{ name: 'dense/kernel', shape: [3 * d, 3], dtype: 'float32' }] },
    ],
  };
  const files: ModelFile[] = [
    { path: 'model.json', bytes: Buffer.from(JSON.stringify(model)) },
    { path: 'weights.bin', bytes: Buffer.from(kernel.buffer) },
  ];
  const hash = (...parts: Buffer[]): string => {
    const digest = createHash('sha256');
    for (const part of parts) digest.update(part);
    return digest.digest('hex');
  };
  const none = { images: 1, data: 'nothing', command: 'none' };
  const card = {
    schema: 'probust-model-card/1',
    id,
    name: 'Colours',
    summary: 'Says which channel is strongest.',
    dataset: { name: dataset, note: 'Made by a test.' },
    input: { shape: SHAPE, range: [0, 1], preparation: 'photo' },
    labels: LABELS,
    parameters: kernel.length,
    macs: kernel.length,
    training: { recipe: 'none', seed: 0, command: 'none', note: 'Not trained.' },
    accuracy: { percent: null, ...none },
    robustness: { images: 1, samplesPerImage: 1, meanPRobust: [], command: 'none' },
    sigma: { min: 0.05, max: 1 },
    licence: 'MIT',
    files: files.map(({ path, bytes }) => ({ path, bytes: bytes.length, sha256: hash(bytes) })),
    sha256: hash(...files.map(({ bytes }) => bytes)),
  };
  return [{ path: 'card.json', bytes: Buffer.from(JSON.stringify(card)) }, ...files];
}
