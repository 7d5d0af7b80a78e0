import { multiplyAdd } from './simd';

/** Columns of a packed panel: with 6 rows, 12 accumulators and 3 operands fill the registers of x64. */
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
    for (; row + 6 <= rows; row += 6) {
      sixRows(a + row * aStride, aStride, depth, b, column + row * cStride, cStride);
    }
    for (; row + 2 <= rows; row += 2) {
      twoRows(a + row * aStride, aStride, depth, b, column + row * cStride, cStride);
    }
    if (row < rows) oneRow(a + row * aStride, depth, b, column + row * cStride);
    b += panelBytes;
  }
}

/** Not unrolled along the depth: on x64 that made it slower by a tenth. */
function sixRows(a: usize, aStride: i32, depth: i32, b: usize, c: usize, cStride: i32): void {
  let a1 = a + aStride;
  let a2 = a1 + aStride;
  let a3 = a2 + aStride;
  let a4 = a3 + aStride;
  let a5 = a4 + aStride;
  let c00 = f32x4.splat(0);
  let c01 = c00;
  let c10 = c00;
  let c11 = c00;
  let c20 = c00;
  let c21 = c00;
  let c30 = c00;
  let c31 = c00;
  let c40 = c00;
  let c41 = c00;
  let c50 = c00;
  let c51 = c00;
  for (let k = 0; k < depth; k++) {
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
    s = v128.load32_splat(a4);
    c40 = multiplyAdd(s, b0, c40);
    c41 = multiplyAdd(s, b1, c41);
    s = v128.load32_splat(a5);
    c50 = multiplyAdd(s, b0, c50);
    c51 = multiplyAdd(s, b1, c51);
    a += 4;
    a1 += 4;
    a2 += 4;
    a3 += 4;
    a4 += 4;
    a5 += 4;
    b += 32;
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
  c += cStride;
  v128.store(c, c40);
  v128.store(c, c41, 16);
  c += cStride;
  v128.store(c, c50);
  v128.store(c, c51, 16);
}

function twoRows(a: usize, aStride: i32, depth: i32, b: usize, c: usize, cStride: i32): void {
  let a1 = a + aStride;
  let c00 = f32x4.splat(0);
  let c01 = c00;
  let c10 = c00;
  let c11 = c00;
  for (let k = 0; k < depth; k++) {
    const b0 = v128.load(b);
    const b1 = v128.load(b, 16);
    let s = v128.load32_splat(a);
    c00 = multiplyAdd(s, b0, c00);
    c01 = multiplyAdd(s, b1, c01);
    s = v128.load32_splat(a1);
    c10 = multiplyAdd(s, b0, c10);
    c11 = multiplyAdd(s, b1, c11);
    a += 4;
    a1 += 4;
    b += 32;
  }
  v128.store(c, c00);
  v128.store(c, c01, 16);
  c += cStride;
  v128.store(c, c10);
  v128.store(c, c11, 16);
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
