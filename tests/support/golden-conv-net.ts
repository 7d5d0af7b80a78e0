import golden from '../fixtures/golden.json';
import { ClosedFormClassifier } from './classifiers';

/** 3x3 convolution, 'same' padding, then ReLU; NHWC input, HWIO kernel. */
function convRelu(
  input: Float64Array,
  size: number,
  channels: number,
  kernel: readonly number[],
  bias: readonly number[],
  stride: number,
): Float64Array {
  const outSize = size / stride;
  const before = stride === 1 ? 1 : 0;
  const filters = bias.length;
  const out = new Float64Array(outSize * outSize * filters);
  for (let row = 0; row < outSize; row++) {
    for (let column = 0; column < outSize; column++) {
      for (let filter = 0; filter < filters; filter++) {
        let sum = bias[filter] as number;
        for (let dy = 0; dy < 3; dy++) {
          const y = row * stride + dy - before;
          if (y < 0 || y >= size) continue;
          for (let dx = 0; dx < 3; dx++) {
            const x = column * stride + dx - before;
            if (x < 0 || x >= size) continue;
            for (let c = 0; c < channels; c++) {
              const weight = kernel[((dy * 3 + dx) * channels + c) * filters + filter] as number;
              sum += weight * (input[(y * size + x) * channels + c] as number);
            }
          }
        }
        out[(row * outSize + column) * filters + filter] = Math.max(0, sum);
      }
    }
  }
  return out;
}

/** The convolutional net of golden.json in float64. */
export function goldenConvNet(): ClosedFormClassifier {
  const net = golden.convNet;
  const conv1 = net.conv1.flat(3);
  const conv2 = net.conv2.flat(3);
  const dense = net.dense.flat();
  return new ClosedFormClassifier(64, 5, (x) => {
    const hidden1 = convRelu(Float64Array.from(x), 8, 1, conv1, net.bias1, 2);
    const hidden2 = convRelu(hidden1, 4, 4, conv2, net.bias2, 1);
    return Float64Array.from(net.bias3, (b, k) =>
      hidden2.reduce((sum, value, i) => sum + value * (dense[i * 5 + k] as number), b),
    );
  });
}
