/**
 * The standard normal distribution in float64: CDF, log-CDF, quantile, each accurate in both tails.
 * erfc after W. J. Cody, "Rational Chebyshev approximation for the error function", Math. Comp. 23 (1969);
 * quantile after M. J. Wichura, "Algorithm AS 241", Appl. Statist. 37 (1988).
 */

const SQRT1_2 = Math.SQRT1_2;
const SQRT_2_OVER_PI = Math.sqrt(2 / Math.PI);
const INV_SQRT_PI = 1 / Math.sqrt(Math.PI);
export const LOG_SQRT_2PI = 0.5 * Math.log(2 * Math.PI);

/** exp(y^2) erfc(y) for y >= 0.46875; relative error below 1e-15. */
function scaledErfcLarge(y: number): number {
  if (y <= 4) {
    const num =
      (((((((2.1531153547440383e-8 * y + 0.5641884969886701) * y + 8.883149794388377) * y +
        66.11919063714163) *
        y +
        298.6351381974001) *
        y +
        881.952221241769) *
        y +
        1712.0476126340707) *
        y +
        2051.0783778260716) *
        y +
      1230.3393547979972;
    const den =
      (((((((y + 15.744926110709835) * y + 117.6939508913125) * y + 537.1811018620099) * y +
        1621.3895745666903) *
        y +
        3290.7992357334597) *
        y +
        4362.619090143247) *
        y +
        3439.3676741437216) *
        y +
      1230.3393548037495;
    return num / den;
  }
  const s = 1 / (y * y);
  const num =
    ((((0.016315387137302097 * s + 0.30532663496123236) * s + 0.36034489994980445) * s +
      0.12578172611122926) *
      s +
      0.016083785148742275) *
      s +
    0.0006587491615298378;
  const den =
    ((((s + 2.568520192289822) * s + 1.8729528499234673) * s + 0.5279051029514285) * s +
      0.06051834131244132) *
      s +
    0.0023352049762686918;
  return (INV_SQRT_PI - (s * num) / den) / y;
}

/** erf(y) for |y| < 0.46875. */
function erfSmall(y: number): number {
  const s = y * y;
  const num =
    (((0.18577770618460315 * s + 3.1611237438705655) * s + 113.86415415105016) * s + 377.485237685302) * s +
    3209.3775891384694;
  const den =
    (((s + 23.601290952344122) * s + 244.02463793444417) * s + 1282.6165260773723) * s + 2844.236833439171;
  return (y * num) / den;
}

/** P(Z > |x|): the smaller of the two tails, relative error below 2e-15 down to underflow at |x| = 38. */
export function normalSmallerTail(x: number): number {
  const size = Math.abs(x);
  const y = size * SQRT1_2;
  if (y < 0.46875) return 0.5 - 0.5 * erfSmall(y);
  // The square of a multiple of 1/16 is exact, so that exp(-x^2/2) keeps its digits in the tail.
  const head = Math.min(40, Math.trunc(size * 16) / 16);
  const exponential = Math.exp(-0.5 * head * head) * Math.exp(-0.5 * (size - head) * (size + head));
  return 0.5 * exponential * scaledErfcLarge(y);
}

/** P(Z <= x), accurate relative to itself in the lower tail. */
export function normalCdf(x: number): number {
  const tail = normalSmallerTail(x);
  return x < 0 ? tail : 1 - tail;
}

/** log P(Z <= x), finite for every finite x. */
export function logNormalCdf(x: number): number {
  if (x > -1) return Math.log1p(-normalCdf(-x));
  const y = -x * SQRT1_2;
  return Math.log(0.5 * scaledErfcLarge(y)) - y * y;
}

/** phi(x) / Phi(x), the inverse Mills ratio of the lower tail; it is -E[Z | Z <= x]. */
export function inverseMills(x: number): number {
  if (x > -1) return Math.exp(-0.5 * x * x - LOG_SQRT_2PI) / normalCdf(x);
  return SQRT_2_OVER_PI / scaledErfcLarge(-x * SQRT1_2);
}

function quantileTail(r: number): number {
  if (r <= 5) {
    const s = r - 1.6;
    const num =
      ((((((0.0007745450142783414 * s + 0.022723844989269184) * s + 0.2417807251774506) * s +
        1.2704582524523684) *
        s +
        3.6478483247632045) *
        s +
        5.769497221460691) *
        s +
        4.630337846156546) *
        s +
      1.4234371107496835;
    const den =
      ((((((1.0507500716444169e-9 * s + 0.0005475938084995345) * s + 0.015198666563616457) * s +
        0.14810397642748008) *
        s +
        0.6897673349851) *
        s +
        1.6763848301838038) *
        s +
        2.053191626637759) *
        s +
      1;
    return num / den;
  }
  const s = r - 5;
  const num =
    ((((((2.0103343992922881e-7 * s + 0.000027115555687434876) * s + 0.0012426609473880784) * s +
      0.026532189526576124) *
      s +
      0.29656057182850487) *
      s +
      1.7848265399172913) *
      s +
      5.463784911164114) *
      s +
    6.657904643501103;
  const den =
    ((((((2.0442631033899397e-15 * s + 1.421511758316446e-7) * s + 0.000018463183175100548) * s +
      0.0007868691311456133) *
      s +
      0.014875361290850615) *
      s +
      0.1369298809227358) *
      s +
      0.599832206555888) *
      s +
    1;
  return num / den;
}

/** The x with P(Z <= x) = p, for p in [0, 1]; relative error about 1e-15. -Infinity at 0, Infinity at 1. */
export function normalQuantile(p: number): number {
  const d = p - 0.5;
  if (Math.abs(d) <= 0.425) {
    const s = 0.180625 - d * d;
    const num =
      ((((((2509.0809287301227 * s + 33430.57558358813) * s + 67265.7709270087) * s + 45921.95393154987) * s +
        13731.69376550946) *
        s +
        1971.5909503065513) *
        s +
        133.14166789178438) *
        s +
      3.3871328727963665;
    const den =
      ((((((5226.495278852854 * s + 28729.085735721943) * s + 39307.89580009271) * s + 21213.794301586597) *
        s +
        5394.196021424751) *
        s +
        687.1870074920579) *
        s +
        42.31333070160091) *
        s +
      1;
    return (d * num) / den;
  }
  const tail = d < 0 ? p : 1 - p;
  if (tail <= 0) return d < 0 ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  const x = quantileTail(Math.sqrt(-Math.log(tail)));
  return d < 0 ? -x : x;
}

/** The x with log P(Z <= x) = logP, also where P itself underflows: Newton on the concave log-CDF. */
export function normalQuantileFromLog(logP: number): number {
  if (logP > -600) return normalQuantile(Math.exp(logP));
  let x = -Math.sqrt(-2 * logP - Math.log(-2 * logP) - 2 * LOG_SQRT_2PI);
  for (let i = 0; i < 8; i++) {
    const step = (logNormalCdf(x) - logP) / inverseMills(x);
    x -= step;
    if (Math.abs(step) < 1e-14 * Math.abs(x)) break;
  }
  return x;
}
