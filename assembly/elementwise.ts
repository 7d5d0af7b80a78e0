import { activate, claim } from './simd';

/** Floats that a thread takes at a time: far more than claiming them costs, few enough for the inner caches. */
const BLOCK: i32 = 8192;

/** to = activation(a + b), or activation(a) where b is 0. */
export function add(
  counter: usize,
  _scratch: usize,
  a: usize,
  b: usize,
  to: usize,
  count: i32,
  activation: i32,
): void {
  for (let first = claim(counter) * BLOCK; first < count; first = claim(counter) * BLOCK) {
    const end = min(first + BLOCK, count);
    let i = first;
    for (; i + 4 <= end; i += 4) {
      const at = i << 2;
      let value = v128.load(a + at);
      if (b !== 0) value = f32x4.add(value, v128.load(b + at));
      v128.store(to + at, activate(value, activation));
    }
    for (; i < end; i++) {
      const at = i << 2;
      let value = f32x4.splat(f32.load(a + at));
      if (b !== 0) value = f32x4.add(value, f32x4.splat(f32.load(b + at)));
      f32.store(to + at, f32x4.extract_lane(activate(value, activation), 0));
    }
  }
}

/**
 * The gradient of a rectifier: to = dy where y > 0, else 0. dy holds `repeats` rows of `length` floats for each row of y;
 * a block is one row.
 */
export function mask(
  counter: usize,
  _scratch: usize,
  dy: usize,
  y: usize,
  to: usize,
  rows: i32,
  repeats: i32,
  length: i32,
): void {
  const zero = f32x4.splat(0);
  for (let row = claim(counter); row < rows; row = claim(counter)) {
    const from = dy + ((row * length) << 2);
    const gate = y + (((row / repeats) * length) << 2);
    const into = to + ((row * length) << 2);
    let i = 0;
    for (; i + 4 <= length; i += 4) {
      const at = i << 2;
      v128.store(into + at, v128.and(v128.load(from + at), f32x4.gt(v128.load(gate + at), zero)));
    }
    for (; i < length; i++) {
      const at = i << 2;
      f32.store(into + at, f32.load(gate + at) > 0 ? f32.load(from + at) : 0);
    }
  }
}
