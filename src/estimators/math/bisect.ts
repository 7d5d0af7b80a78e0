/** The root of a monotone function on [a, b] by bisection to the last bit; f(a) and f(b) have opposite signs. */
export function bisect(f: (x: number) => number, a: number, b: number): number {
  let low = a;
  let high = b;
  const risingSign = f(high) > 0 ? 1 : -1;
  for (let i = 0; i < 200; i++) {
    const mid = 0.5 * (low + high);
    if (mid <= low || mid >= high) break;
    if (f(mid) * risingSign > 0) high = mid;
    else low = mid;
  }
  return 0.5 * (low + high);
}
