/**
 * Philox 4x32 with 10 rounds, word for word what src/estimators/noise/philox.ts computes.
 * Source: Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011.
 */
export const PHILOX = /* wgsl */ `
/** High and low word of a * b, of which WGSL has the low one alone. */
fn wideProduct(a: u32, b: u32) -> vec2<u32> {
  let a0 = a & 0xffffu;
  let a1 = a >> 16u;
  let b0 = b & 0xffffu;
  let b1 = b >> 16u;
  let first = a1 * b0 + ((a0 * b0) >> 16u);
  let second = a0 * b1 + (first & 0xffffu);
  return vec2<u32>(a1 * b1 + (first >> 16u) + (second >> 16u), a * b);
}

fn philox(counter: vec4<u32>, firstKey: vec2<u32>) -> vec4<u32> {
  var x = counter;
  var key = firstKey;
  for (var round = 0; round < 10; round++) {
    let p = wideProduct(x.x, 0xd2511f53u);
    let q = wideProduct(x.z, 0xcd9e8d57u);
    x = vec4<u32>(q.x ^ x.y ^ key.x, q.y, p.x ^ x.w ^ key.y, p.y);
    key = key + vec2<u32>(0x9e3779b9u, 0xbb67ae85u);
  }
  return x;
}
`;
