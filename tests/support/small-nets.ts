import fixture from '../fixtures/small-nets.json';
import { ClosedFormClassifier } from './classifiers';

/** The two-layer nets of small-nets.json in float64, with their cases. */
export const smallNets = fixture.nets.map((net) => {
  const [d, hidden, classes] = [net.W1.length, net.b1.length, net.b2.length];
  const act = net.activation === 'relu' ? (v: number) => Math.max(0, v) : Math.tanh;
  const slope =
    net.activation === 'relu' ? (v: number) => (v > 0 ? 1 : 0) : (v: number) => 1 - Math.tanh(v) ** 2;
  const preactivations = (x: ArrayLike<number>) => {
    const a = Float64Array.from(net.b1);
    for (const [j, row] of net.W1.entries()) {
      const value = x[j] as number;
      for (let h = 0; h < hidden; h++) a[h] = (a[h] as number) + (row[h] as number) * value;
    }
    return a;
  };
  const classifier = new ClosedFormClassifier(
    d,
    classes,
    (x) => {
      const logits = Float64Array.from(net.b2);
      for (const [h, a] of preactivations(x).entries()) {
        const row = net.W2[h] as number[];
        const value = act(a);
        for (let k = 0; k < classes; k++) logits[k] = (logits[k] as number) + (row[k] as number) * value;
      }
      return logits;
    },
    (x) => {
      const slopes = preactivations(x).map(slope);
      const jacobian = new Float64Array(classes * d);
      for (let k = 0; k < classes; k++) {
        for (let j = 0; j < d; j++) {
          const row = net.W1[j] as number[];
          let sum = 0;
          for (let h = 0; h < hidden; h++) {
            sum += (net.W2[h]?.[k] as number) * (slopes[h] as number) * (row[h] as number);
          }
          jacobian[k * d + j] = sum;
        }
      }
      return jacobian;
    },
  );
  return { activation: net.activation, classifier, cases: net.cases };
});
