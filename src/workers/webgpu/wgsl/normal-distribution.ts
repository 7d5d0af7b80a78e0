/**
 * Exponential, normal CDF and quantile in float32, since WGSL promises little of its own. Needs `logOf` of ./normals.ts.
 * The CDF's polynomial g(t), t = 1/(1 + x/3), is a least-squares fit of Phi(-x) exp(x^2/2) on 0 <= x <= 13, weighted to
 * spread the relative error, 7e-9 before rounding. The quantile is PPND7 of M. J. Wichura, "Algorithm AS 241", Appl.
 * Statist. 37 (1988), relative error 1e-7.
 */
export const NORMAL_DISTRIBUTION = /* wgsl */ `
/** exp(x) for -87 <= x <= 0 */
fn expOf(x: f32) -> f32 {
  let k = round(x * 1.44269504);
  let r = (x - k * 0.693359375) + k * 2.12194440e-4;
  let p = 1.0 + r * (1.0 + r * (0.5 + r * (1.0 / 6.0 + r * (1.0 / 24.0 + r * (1.0 / 120.0 + r / 720.0)))));
  return p * bitcast<f32>(u32(i32(k) + 127) << 23u);
}

/** P(Z > x) for x >= 0, accurate relative to itself; 0 beyond 13 */
fn upperTail(x: f32) -> f32 {
  if (x > 13.0) { return 0.0; }
  let t = 3.0 / (3.0 + x);
  let g = 6.01772572e-06 + t * (0.132818173 + t * (0.134891283 + t * (0.105370331 + t * (0.143068286
    + t * (-0.101845082 + t * (0.283789807 + t * (-0.324843848 + t * (0.154470538 - t * 0.0277255098))))))));
  return g * expOf(-0.5 * x * x);
}

/** The x with P(Z <= x) = p, 1e-30 <= p < 1 */
fn normalQuantile(p: f32) -> f32 {
  let d = p - 0.5;
  if (abs(d) <= 0.425) {
    let s = 0.180625 - d * d;
    return d * (((59.109374720 * s + 159.29113202) * s + 50.434271938) * s + 3.3871327179)
      / (((67.187563600 * s + 78.757757664) * s + 17.895169469) * s + 1.0);
  }
  let r = sqrt(-logOf(select(1.0 - p, p, d < 0.0)));
  var x: f32;
  if (r <= 5.0) {
    let s = r - 1.6;
    x = (((0.17023821103 * s + 1.3067284816) * s + 2.7568153900) * s + 1.4234372777)
      / ((0.12021132975 * s + 0.73700164250) * s + 1.0);
  } else {
    let s = r - 5.0;
    x = (((0.017337203997 * s + 0.42868294337) * s + 3.0812263860) * s + 6.6579051150)
      / ((0.012258202635 * s + 0.24197894225) * s + 1.0);
  }
  return select(x, -x, d < 0.0);
}
`;
