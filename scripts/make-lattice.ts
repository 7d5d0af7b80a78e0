/**
 * Finds the generating vector of the extensible lattice rule that the Gaussian CDF samples, and writes it to
 * src/estimators/gaussian-cdf/generators.ts. Run: npm run lattice
 *
 * Component by component in the weighted Korobov space of smoothness 1 with weights 1/(10 + j), for all of 2^5 ... 2^12
 * points at once: the smallest of the largest ratio to the best error of each size (Cools, Kuo, Nuyens, SIAM J. Sci.
 * Comput. 28, 2006). From there to 2^20 points one binary digit at a time (Niederreiter, Pillichshammer, Constr.
 * Approx. 30, 2009).
 */
import { writeFileSync } from 'node:fs';

const DIMENSIONS = Number(process.argv[2] ?? 256);
const WEIGHT = (j: number): number => 1 / (10 + j);
const FIRST_LEVEL = 5;
const SEARCHED_LEVEL = 12;
const LAST_LEVEL = 20;
const OUTPUT = new URL('../src/estimators/gaussian-cdf/generators.ts', import.meta.url);

/** Kernel of the Korobov space at i / points: 2 pi^2 B_2. */
function kernel(points: number): Float64Array {
  return Float64Array.from({ length: points }, (_, i) => {
    const x = i / points;
    return 2 * Math.PI ** 2 * (x * x - x + 1 / 6);
  });
}

/** Multiplies component j into the products that all components so far make at the points of the rule. */
function include(products: Float64Array, omega: Float64Array, generator: number, weight: number): void {
  const mask = products.length - 1;
  for (let i = 0; i < products.length; i++) {
    const factor = 1 + weight * (omega[Math.imul(i, generator) & mask] as number);
    products[i] = (products[i] as number) * factor;
  }
}

/** Sums of products * omega over the points that are new at each level, then over all points of each level. */
function levelSums(products: Float64Array, omega: Float64Array, generator: number): Float64Array {
  const mask = products.length - 1;
  const sums = new Float64Array(SEARCHED_LEVEL + 1);
  for (let i = 0; i < products.length; i++) {
    const level = i === 0 ? 0 : SEARCHED_LEVEL - (31 - Math.clz32(i & -i));
    sums[level] =
      (sums[level] as number) + (products[i] as number) * (omega[Math.imul(i, generator) & mask] as number);
  }
  for (let m = 1; m <= SEARCHED_LEVEL; m++) sums[m] = (sums[m] as number) + (sums[m - 1] as number);
  return sums;
}

function searchAllLevels(): number[] {
  const points = 2 ** SEARCHED_LEVEL;
  const omega = kernel(points);
  const products = new Float64Array(points).fill(1);
  const generators: number[] = [];
  for (let j = 0; j < DIMENSIONS; j++) {
    const weight = WEIGHT(j);
    const base = levelSums(products, new Float64Array(points).fill(1), 1);
    const candidates = Array.from({ length: points / 4 }, (_, c) => 2 * c + 1);
    const errors = candidates.map((generator) => {
      const sums = levelSums(products, omega, generator);
      return sums.map((sum, m) => (base[m] as number) / 2 ** m - 1 + (weight * sum) / 2 ** m);
    });
    const best = Array.from({ length: SEARCHED_LEVEL + 1 }, (_, m) =>
      Math.min(...errors.map((error) => error[m] as number)),
    );
    let chosen = 0;
    let smallest = Number.POSITIVE_INFINITY;
    for (const [c, error] of errors.entries()) {
      let ratio = 0;
      for (let m = FIRST_LEVEL; m <= SEARCHED_LEVEL; m++)
        ratio = Math.max(ratio, (error[m] as number) / (best[m] as number));
      if (ratio < smallest) {
        smallest = ratio;
        chosen = c;
      }
    }
    const generator = candidates[chosen] as number;
    generators.push(generator);
    include(products, omega, generator, weight);
  }
  return generators;
}

/** The same vector modulo `points` / 2, with the binary digit that serves `points` best. */
function extend(generators: readonly number[], points: number): number[] {
  const omega = kernel(points);
  const products = new Float64Array(points).fill(1);
  return generators.map((generator, j) => {
    const options = [generator, generator + points / 2];
    const sums = options.map((option) => {
      let sum = 0;
      for (let i = 0; i < points; i++)
        sum += (products[i] as number) * (omega[Math.imul(i, option) & (points - 1)] as number);
      return sum;
    });
    const chosen = options[(sums[1] as number) < (sums[0] as number) ? 1 : 0] as number;
    include(products, omega, chosen, WEIGHT(j));
    return chosen;
  });
}

let generators = searchAllLevels();
for (let level = SEARCHED_LEVEL + 1; level <= LAST_LEVEL; level++)
  generators = extend(generators, 2 ** level);

const lines: string[] = [];
let line = ' ';
for (const generator of generators) {
  const word = ` ${generator},`;
  if (line.length + word.length > 110) {
    lines.push(line);
    line = ' ';
  }
  line += word;
}
lines.push(line);
writeFileSync(
  OUTPUT,
  `/** Generating vector of an extensible rank-1 lattice rule of up to 2^20 points; scripts/make-lattice.ts found it. */
export const GENERATORS: readonly number[] = [
${lines.join('\n')}
];
`,
);
