import { PHILOX } from './philox';

/**
 * Standard normals from words of Philox, as src/estimators/noise/gaussian.ts defines them, within 1e-5 of float64.
 * The uniforms u = (2m + 1) 2^-25 of 24-bit m have 25 bits, one more than a float32 holds; so the logarithm near 1 and
 * the reduction of the angle start from the integers. WGSL leaves its own `log`, `sin` and `cos` too inexact.
 */
export const NORMALS = /* wgsl */ `
${PHILOX}

/** 2 atanh(s) = log((1 + s) / (1 - s)), |s| <= 1/3, by its series; what is left out is below 3e-9 of it. */
fn twiceAtanh(s: f32) -> f32 {
  let q = s * s;
  return 2.0 * s * (1.0 + q * (1.0 / 3.0 + q * (1.0 / 5.0 + q * (1.0 / 7.0 + q * (1.0 / 9.0
    + q * (1.0 / 11.0 + q * (1.0 / 13.0 + q / 15.0)))))));
}

/** log(x) for x > 0 and normal. */
fn logOf(x: f32) -> f32 {
  let bits = bitcast<u32>(x);
  var exponent = f32(i32(bits >> 23u) - 127);
  var mantissa = bitcast<f32>((bits & 0x7fffffu) | 0x3f800000u);
  if (mantissa > 1.41421356) {
    mantissa *= 0.5;
    exponent += 1.0;
  }
  return exponent * 0.693147181 + twiceAtanh((mantissa - 1.0) / (mantissa + 1.0));
}

/** -log of the uniform u = (2m + 1) 2^-25, accurate relative to itself. */
fn minusLogOfUniform(m: u32) -> f32 {
  if (m < 0x800000u) {
    return 17.3286795 - logOf(f32(2u * m + 1u));
  }
  let rest = f32(2u * (0x1000000u - m) - 1u) * 0x1p-25f;
  return twiceAtanh(rest / (2.0 - rest));
}

/** Cosine and sine of 2 pi (2m + 1) 2^-25: Taylor's polynomials on [-pi/4, pi/4] after taking whole quarters off. */
fn cosSinOfUniform(m: u32) -> vec2<f32> {
  let n = i32(2u * m + 1u);
  let quarters = (n + 0x400000) >> 23u;
  let t = f32(n - quarters * 0x800000) * 1.87253514e-7;
  let q = t * t;
  let s = t * (1.0 - q * (1.0 / 6.0 - q * (1.0 / 120.0 - q * (1.0 / 5040.0 - q / 362880.0))));
  let c = 1.0 - q * (0.5 - q * (1.0 / 24.0 - q * (1.0 / 720.0 - q * (1.0 / 40320.0 - q / 3628800.0))));
  switch (quarters & 3) {
    case 0: { return vec2<f32>(c, s); }
    case 1: { return vec2<f32>(-s, c); }
    case 2: { return vec2<f32>(-c, -s); }
    default: { return vec2<f32>(s, -c); }
  }
}

fn normalsOfWords(words: vec4<u32>) -> vec4<f32> {
  let m = words >> vec4<u32>(8u);
  let first = sqrt(2.0 * minusLogOfUniform(m.x)) * cosSinOfUniform(m.y);
  let second = sqrt(2.0 * minusLogOfUniform(m.z)) * cosSinOfUniform(m.w);
  return vec4<f32>(first, second);
}
`;

/** The uniforms that name the noise of a run of samples, and the normals of one of them. */
export const SAMPLE_UNIFORMS = 'keyLow: u32, keyHigh: u32, firstLow: u32, firstHigh: u32, stream: u32,';

export const SAMPLE_NORMALS = /* wgsl */ `
${NORMALS}

/** Normals 4 block ... 4 block + 3 of sample number first + row. */
fn normalsOfSample(row: u32, block: u32) -> vec4<f32> {
  let low = uniforms.firstLow + row;
  let high = uniforms.firstHigh + select(0u, 1u, low < row);
  let key = vec2<u32>(uniforms.keyLow, uniforms.keyHigh);
  return normalsOfWords(philox(vec4<u32>(block, low, high, uniforms.stream), key));
}
`;
