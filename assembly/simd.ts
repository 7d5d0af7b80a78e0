/** a * b + c; fused into one rounding where the build has relaxed SIMD. */
export function multiplyAdd(a: v128, b: v128, c: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return f32x4.relaxed_madd(a, b, c);
  return f32x4.add(f32x4.mul(a, b), c);
}

// RELU is 1.
const LINEAR: i32 = 0;
const RELU6: i32 = 2;

export function activate(value: v128, activation: i32): v128 {
  if (activation === LINEAR) return value;
  value = f32x4.max(value, f32x4.splat(0));
  return activation === RELU6 ? f32x4.min(value, f32x4.splat(6)) : value;
}

/** The first `count` (1 or more) numbers from an address; what the other lanes hold is of no account. */
export function loadLanes(from: usize, count: i32): v128 {
  if (count >= 4) return v128.load(from);
  let value = f32x4.splat(f32.load(from));
  if (count > 1) value = f32x4.replace_lane(value, 1, f32.load(from + 4));
  if (count > 2) value = f32x4.replace_lane(value, 2, f32.load(from + 8));
  return value;
}

/** The first `count` (1 or more) numbers of a vector. */
export function storeLanes(to: usize, value: v128, count: i32): void {
  if (count >= 4) {
    v128.store(to, value);
    return;
  }
  f32.store(to, f32x4.extract_lane(value, 0));
  if (count > 1) f32.store(to + 4, f32x4.extract_lane(value, 1));
  if (count > 2) f32.store(to + 8, f32x4.extract_lane(value, 2));
}

/** Claims the next block of a task that several threads share; without threads the counter is an ordinary one. */
export function claim(counter: usize): i32 {
  if (ASC_FEATURE_THREADS) return atomic.add<i32>(counter, 1);
  const block = i32.load(counter);
  i32.store(counter, block + 1);
  return block;
}
