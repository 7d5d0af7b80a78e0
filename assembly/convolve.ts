import { dots, gemm, PANEL } from './gemm';
import { activate, claim, loadLanes, storeLanes } from './simd';

/**
 * A convolution of any filter size, stride and padding, NHWC, or a dense layer (all sizes 1): the inputs under the
 * filter of each output are laid side by side, then multiplied by the filter matrix. Threads share the blocks of
 * `blockRows` outputs through `counter`. Output (n, y, x) goes to n imagePitch + y rowPitch + x pixelPitch, in floats, so
 * that a phase of a strided convolution's gradient lands where it belongs.
 * @param scratch blockRows (filterH filterW inC + outC rounded up to 8) floats, of this thread alone
 * @param filter filterH filterW inC x outC in packed panels; its transpose where outC is below 4
 * @param bias outC floats, or 0 for none
 */
export function convolve(
  counter: usize,
  scratch: usize,
  input: usize,
  output: usize,
  filter: usize,
  bias: usize,
  activation: i32,
  batch: i32,
  inH: i32,
  inW: i32,
  inC: i32,
  outH: i32,
  outW: i32,
  outC: i32,
  padTop: i32,
  padLeft: i32,
  blockRows: i32,
  filterH: i32,
  filterW: i32,
  strideH: i32,
  strideW: i32,
  imagePitch: i32,
  rowPitch: i32,
  pixelPitch: i32,
): void {
  const depth = filterH * filterW * inC;
  const panels = (outC + PANEL - 1) / PANEL;
  const depthBytes = depth << 2;
  const outBytes = (panels * PANEL) << 2;
  const imageBytes = (inH * inW * inC) << 2;
  const perImage = outH * outW;
  const total = batch * perImage;
  const gathered = scratch;
  const products = scratch + blockRows * depthBytes;
  const isPointwise =
    (filterH | filterW | strideH | strideW) === 1 && (padTop | padLeft) === 0 && outH === inH && outW === inW;

  for (let first = claim(counter) * blockRows; first < total; first = claim(counter) * blockRows) {
    const count = min(blockRows, total - first);
    const firstImage = first / perImage;
    const firstY = (first % perImage) / outW;
    const firstX = first % outW;
    let rows = input + first * depthBytes;
    if (!isPointwise) {
      rows = gathered;
      let image = input + firstImage * imageBytes;
      let y = firstY;
      let x = firstX;
      for (let r = 0; r < count; r++) {
        const to = gathered + r * depthBytes;
        gather(image, y * strideH - padTop, x * strideW - padLeft, inH, inW, inC, filterH, filterW, to);
        if (++x === outW) {
          x = 0;
          if (++y === outH) {
            y = 0;
            image += imageBytes;
          }
        }
      }
    }
    if (outC < 4) dots(rows, depthBytes, count, depth, filter, outC, products, outBytes);
    else gemm(rows, depthBytes, count, depth, filter, panels, products, outBytes);
    let image = firstImage;
    let y = firstY;
    let x = firstX;
    for (let r = 0; r < count; r++) {
      const at = image * imagePitch + y * rowPitch + x * pixelPitch;
      finish(products + r * outBytes, output + (at << 2), outC, bias, activation);
      if (++x === outW) {
        x = 0;
        if (++y === outH) {
          y = 0;
          image++;
        }
      }
    }
  }
}

/** The inputs under the filter at (y, x), zeros outside the image. */
function gather(
  image: usize,
  y: i32,
  x: i32,
  inH: i32,
  inW: i32,
  inC: i32,
  filterH: i32,
  filterW: i32,
  to: usize,
): void {
  const pixelBytes = inC << 2;
  const rowBytes = filterW * pixelBytes;
  if (y >= 0 && x >= 0 && y + filterH <= inH && x + filterW <= inW) {
    let from = image + (y * inW + x) * pixelBytes;
    for (let i = 0; i < filterH; i++) {
      copy(to, from, rowBytes);
      from += inW * pixelBytes;
      to += rowBytes;
    }
    return;
  }
  const firstX = min(filterW, max(0, -x));
  const endX = max(firstX, min(filterW, inW - x));
  const before = firstX * pixelBytes;
  const inside = (endX - firstX) * pixelBytes;
  for (let i = 0; i < filterH; i++) {
    const row = y + i;
    if (row < 0 || row >= inH) {
      clear(to, rowBytes);
    } else {
      clear(to, before);
      copy(to + before, image + (row * inW + x + firstX) * pixelBytes, inside);
      clear(to + before + inside, rowBytes - before - inside);
    }
    to += rowBytes;
  }
}

/** For runs of a few dozen bytes, where memory.copy's call would cost more than the bytes. The last two vectors overlap. */
function copy(to: usize, from: usize, bytes: i32): void {
  if (bytes < 16) {
    for (let i = 0; i < bytes; i += 4) i32.store(to + i, i32.load(from + i));
    return;
  }
  for (let i = 0; i + 16 <= bytes; i += 16) v128.store(to + i, v128.load(from + i));
  const last = bytes - 16;
  v128.store(to + last, v128.load(from + last));
}

function clear(to: usize, bytes: i32): void {
  const zero = f32x4.splat(0);
  let i = 0;
  for (; i + 16 <= bytes; i += 16) v128.store(to + i, zero);
  for (; i < bytes; i += 4) i32.store(to + i, 0);
}

function finish(products: usize, to: usize, outC: i32, bias: usize, activation: i32): void {
  for (let c = 0; c < outC; c += 4) {
    const at = c << 2;
    const left = outC - c;
    let value = v128.load(products + at);
    if (bias !== 0) value = f32x4.add(value, loadLanes(bias + at, left));
    storeLanes(to + at, activate(value, activation), left);
  }
}
