import { multiplyAdd } from './simd';

/** Columns of a packed panel: 4 rows times 2 vectors of accumulators fill the registers of x64 and arm64 alike. */
export const PANEL: i32 = 8;

/**
 * C[rows x 8 panels] = A[rows x depth] B. `b` holds panels of eight columns one after the other, each depth x 8;
 * strides are in bytes.
 */
export function gemm(
  a: usize,
  aStride: i32,
  rows: i32,
  depth: i32,
  b: usize,
  panels: i32,
  c: usize,
  cStride: i32,
): void {
  const panelBytes = (depth * PANEL) << 2;
  for (let panel = 0; panel < panels; panel++) {
    const column = c + ((panel * PANEL) << 2);
    let row = 0;
    for (; row + 4 <= rows; row += 4) {
      fourRows(a + row * aStride, aStride, depth, b, column + row * cStride, cStride);
    }
    for (; row < rows; row++) oneRow(a + row * aStride, depth, b, column + row * cStride);
    b += panelBytes;
  }
}

/** Two steps of depth a turn: the additions of the pointers are what a short loop would wait for. */
function fourRows(a: usize, aStride: i32, depth: i32, b: usize, c: usize, cStride: i32): void {
  let a1 = a + aStride;
  let a2 = a1 + aStride;
  let a3 = a2 + aStride;
  let c00 = f32x4.splat(0);
  let c01 = c00;
  let c10 = c00;
  let c11 = c00;
  let c20 = c00;
  let c21 = c00;
  let c30 = c00;
  let c31 = c00;
  for (let k = 1; k < depth; k += 2) {
    let b0 = v128.load(b);
    let b1 = v128.load(b, 16);
    let s = v128.load32_splat(a);
    c00 = multiplyAdd(s, b0, c00);
    c01 = multiplyAdd(s, b1, c01);
    s = v128.load32_splat(a1);
    c10 = multiplyAdd(s, b0, c10);
    c11 = multiplyAdd(s, b1, c11);
    s = v128.load32_splat(a2);
    c20 = multiplyAdd(s, b0, c20);
    c21 = multiplyAdd(s, b1, c21);
    s = v128.load32_splat(a3);
    c30 = multiplyAdd(s, b0, c30);
    c31 = multiplyAdd(s, b1, c31);
    b0 = v128.load(b, 32);
    b1 = v128.load(b, 48);
    s = v128.load32_splat(a, 4);
    c00 = multiplyAdd(s, b0, c00);
    c01 = multiplyAdd(s, b1, c01);
    s = v128.load32_splat(a1, 4);
    c10 = multiplyAdd(s, b0, c10);
    c11 = multiplyAdd(s, b1, c11);
    s = v128.load32_splat(a2, 4);
    c20 = multiplyAdd(s, b0, c20);
    c21 = multiplyAdd(s, b1, c21);
    s = v128.load32_splat(a3, 4);
    c30 = multiplyAdd(s, b0, c30);
    c31 = multiplyAdd(s, b1, c31);
    a += 8;
    a1 += 8;
    a2 += 8;
    a3 += 8;
    b += 64;
  }
  if (depth & 1) {
    const b0 = v128.load(b);
    const b1 = v128.load(b, 16);
    let s = v128.load32_splat(a);
    c00 = multiplyAdd(s, b0, c00);
    c01 = multiplyAdd(s, b1, c01);
    s = v128.load32_splat(a1);
    c10 = multiplyAdd(s, b0, c10);
    c11 = multiplyAdd(s, b1, c11);
    s = v128.load32_splat(a2);
    c20 = multiplyAdd(s, b0, c20);
    c21 = multiplyAdd(s, b1, c21);
    s = v128.load32_splat(a3);
    c30 = multiplyAdd(s, b0, c30);
    c31 = multiplyAdd(s, b1, c31);
  }
  v128.store(c, c00);
  v128.store(c, c01, 16);
  c += cStride;
  v128.store(c, c10);
  v128.store(c, c11, 16);
  c += cStride;
  v128.store(c, c20);
  v128.store(c, c21, 16);
  c += cStride;
  v128.store(c, c30);
  v128.store(c, c31, 16);
}

function oneRow(a: usize, depth: i32, b: usize, c: usize): void {
  let c0 = f32x4.splat(0);
  let c1 = c0;
  for (let k = 0; k < depth; k++) {
    const s = v128.load32_splat(a);
    c0 = multiplyAdd(s, v128.load(b), c0);
    c1 = multiplyAdd(s, v128.load(b, 16), c1);
    a += 4;
    b += 32;
  }
  v128.store(c, c0);
  v128.store(c, c1, 16);
}

/**
 * C[rows x columns] = A[rows x depth] B for fewer columns than a vector has lanes: `b` holds the columns one after the
 * other, and the lanes run along the depth.
 */
export function dots(
  a: usize,
  aStride: i32,
  rows: i32,
  depth: i32,
  b: usize,
  columns: i32,
  c: usize,
  cStride: i32,
): void {
  for (let row = 0; row < rows; row++) {
    let weights = b;
    for (let column = 0; column < columns; column++) {
      let sum = f32x4.splat(0);
      let k = 0;
      for (; k + 4 <= depth; k += 4) {
        sum = multiplyAdd(v128.load(a + (k << 2)), v128.load(weights + (k << 2)), sum);
      }
      let total =
        f32x4.extract_lane(sum, 0) +
        f32x4.extract_lane(sum, 1) +
        (f32x4.extract_lane(sum, 2) + f32x4.extract_lane(sum, 3));
      for (; k < depth; k++) total += f32.load(a + (k << 2)) * f32.load(weights + (k << 2));
      f32.store(c + (column << 2), total);
      weights += depth << 2;
    }
    a += aStride;
    c += cStride;
  }
}
