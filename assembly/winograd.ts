import { gemm, PANEL } from './gemm';
import { activate, claim, loadLanes, multiplyAdd, storeLanes } from './simd';

/** F(4x4, 3x3): a tile of 4 x 4 outputs is made from a patch of 6 x 6 inputs. */
const TILE: i32 = 4;
const PATCH: i32 = 6;
const POINTS: i32 = 36;

/**
 * A convolution by a 3 x 3 filter with stride 1, NHWC, by Winograd's minimal filtering F(4x4, 3x3): 36 products for 16
 * outputs instead of 144. Source: Lavin and Gray, "Fast algorithms for convolutional neural networks", CVPR 2016.
 * Threads share the blocks of `blockTiles` tiles through `counter`. inC is a multiple of 4.
 * @param scratch (36 blockTiles (inC + outC rounded up to 8) + 36 inC + 144) floats, of this thread alone
 * @param filter the transformed filter: 36 matrices inC x outC, each in packed panels
 * @param bias outC floats, or 0 for none
 */
export function winograd(
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
  blockTiles: i32,
): void {
  const tilesX = (outW + TILE - 1) / TILE;
  const tilesY = (outH + TILE - 1) / TILE;
  const perImage = tilesX * tilesY;
  const total = batch * perImage;
  const panels = (outC + PANEL - 1) / PANEL;
  const paddedC = panels * PANEL;
  const inBytes = inC << 2;
  const outBytes = paddedC << 2;
  const filterBytes = inC * outBytes;
  const transformed = scratch;
  const products = transformed + POINTS * blockTiles * inBytes;
  const patch = products + POINTS * blockTiles * outBytes;
  const corner = patch + POINTS * inBytes;

  for (let first = claim(counter) * blockTiles; first < total; first = claim(counter) * blockTiles) {
    const count = min(blockTiles, total - first);
    for (let t = 0; t < count; t++) {
      const image = (first + t) / perImage;
      const place = (first + t) % perImage;
      const y = (place / tilesX) * TILE - padTop;
      const x = (place % tilesX) * TILE - padLeft;
      let from = input + image * inH * inW * inBytes;
      let rowBytes = inW * inBytes;
      if (y >= 0 && x >= 0 && y + PATCH <= inH && x + PATCH <= inW) {
        from += (y * inW + x) * inBytes;
      } else {
        gatherPatch(from, y, x, inH, inW, inBytes, patch);
        from = patch;
        rowBytes = PATCH * inBytes;
      }
      transformPatch(from, rowBytes, inBytes, corner, transformed + t * inBytes, count * inBytes);
    }
    for (let point = 0; point < POINTS; point++) {
      gemm(
        transformed + point * count * inBytes,
        inBytes,
        count,
        inC,
        filter + point * filterBytes,
        panels,
        products + point * count * outBytes,
        outBytes,
      );
    }
    for (let t = 0; t < count; t++) {
      const image = (first + t) / perImage;
      const place = (first + t) % perImage;
      const y = (place / tilesX) * TILE;
      const x = (place % tilesX) * TILE;
      transformProducts(
        products + t * outBytes,
        count * outBytes,
        corner,
        output + ((((image * outH + y) * outW + x) * outC) << 2),
        (outW * outC) << 2,
        min(TILE, outH - y),
        min(TILE, outW - x),
        outC,
        bias,
        activation,
      );
    }
  }
}

/** A patch that reaches over the border, with zeros outside. */
function gatherPatch(image: usize, y: i32, x: i32, inH: i32, inW: i32, inBytes: i32, patch: usize): void {
  memory.fill(patch, 0, POINTS * inBytes);
  const firstX = max(0, -x);
  const endX = min(PATCH, inW - x);
  if (endX <= firstX) return;
  for (let i = max(0, -y); i < min(PATCH, inH - y); i++) {
    memory.copy(
      patch + (i * PATCH + firstX) * inBytes,
      image + ((y + i) * inW + x + firstX) * inBytes,
      (endX - firstX) * inBytes,
    );
  }
}

/** B^T d B of one patch, four channels at a time; number `point` of the 36 goes to to + point * pointBytes. */
function transformPatch(
  patch: usize,
  rowBytes: i32,
  pixelBytes: i32,
  corner: usize,
  to: usize,
  pointBytes: i32,
): void {
  const four = f32x4.splat(4);
  const minusFour = f32x4.splat(-4);
  const minusFive = f32x4.splat(-5);
  const two = f32x4.splat(2);
  for (let c = 0; c < pixelBytes; c += 16) {
    for (let j = 0; j < PATCH; j++) {
      let from = patch + c + j * pixelBytes;
      const d0 = v128.load(from);
      from += rowBytes;
      const d1 = v128.load(from);
      from += rowBytes;
      const d2 = v128.load(from);
      from += rowBytes;
      const d3 = v128.load(from);
      from += rowBytes;
      const d4 = v128.load(from);
      from += rowBytes;
      const d5 = v128.load(from);
      const even = multiplyAdd(d2, minusFour, d4);
      const odd = multiplyAdd(d1, minusFour, d3);
      const evenNear = f32x4.sub(d4, d2);
      const oddNear = f32x4.mul(f32x4.sub(d3, d1), two);
      const at = corner + (j << 4);
      v128.store(at, multiplyAdd(d0, four, multiplyAdd(d2, minusFive, d4)));
      v128.store(at, f32x4.add(even, odd), 96);
      v128.store(at, f32x4.sub(even, odd), 192);
      v128.store(at, f32x4.add(evenNear, oddNear), 288);
      v128.store(at, f32x4.sub(evenNear, oddNear), 384);
      v128.store(at, multiplyAdd(d1, four, multiplyAdd(d3, minusFive, d5)), 480);
    }
    let place = to + c;
    for (let i = 0; i < PATCH; i++) {
      const row = corner + i * 96;
      const d0 = v128.load(row);
      const d1 = v128.load(row, 16);
      const d2 = v128.load(row, 32);
      const d3 = v128.load(row, 48);
      const d4 = v128.load(row, 64);
      const d5 = v128.load(row, 80);
      const even = multiplyAdd(d2, minusFour, d4);
      const odd = multiplyAdd(d1, minusFour, d3);
      const evenNear = f32x4.sub(d4, d2);
      const oddNear = f32x4.mul(f32x4.sub(d3, d1), two);
      v128.store(place, multiplyAdd(d0, four, multiplyAdd(d2, minusFive, d4)));
      place += pointBytes;
      v128.store(place, f32x4.add(even, odd));
      place += pointBytes;
      v128.store(place, f32x4.sub(even, odd));
      place += pointBytes;
      v128.store(place, f32x4.add(evenNear, oddNear));
      place += pointBytes;
      v128.store(place, f32x4.sub(evenNear, oddNear));
      place += pointBytes;
      v128.store(place, multiplyAdd(d1, four, multiplyAdd(d3, minusFive, d5)));
      place += pointBytes;
    }
  }
}

/** A^T m A of one tile with bias and activation, cut to the rows and columns that exist. */
function transformProducts(
  products: usize,
  pointBytes: i32,
  corner: usize,
  to: usize,
  rowBytes: i32,
  rows: i32,
  columns: i32,
  outC: i32,
  bias: usize,
  activation: i32,
): void {
  const two = f32x4.splat(2);
  const four = f32x4.splat(4);
  const eight = f32x4.splat(8);
  const pixelBytes = outC << 2;
  for (let c = 0; c < pixelBytes; c += 16) {
    for (let j = 0; j < PATCH; j++) {
      let from = products + c + j * pointBytes;
      const step = PATCH * pointBytes;
      const m0 = v128.load(from);
      from += step;
      const m1 = v128.load(from);
      from += step;
      const m2 = v128.load(from);
      from += step;
      const m3 = v128.load(from);
      from += step;
      const m4 = v128.load(from);
      from += step;
      const m5 = v128.load(from);
      const near = f32x4.add(m1, m2);
      const nearOdd = f32x4.sub(m1, m2);
      const far = f32x4.add(m3, m4);
      const farOdd = f32x4.sub(m3, m4);
      const at = corner + (j << 4);
      v128.store(at, f32x4.add(f32x4.add(m0, near), far));
      v128.store(at, multiplyAdd(farOdd, two, nearOdd), 96);
      v128.store(at, multiplyAdd(far, four, near), 192);
      v128.store(at, f32x4.add(multiplyAdd(farOdd, eight, nearOdd), m5), 288);
    }
    const left = outC - (c >> 2);
    const shift = bias !== 0 ? loadLanes(bias + c, left) : f32x4.splat(0);
    for (let i = 0; i < rows; i++) {
      const row = corner + i * 96;
      const m0 = v128.load(row);
      const m1 = v128.load(row, 16);
      const m2 = v128.load(row, 32);
      const m3 = v128.load(row, 48);
      const m4 = v128.load(row, 64);
      const m5 = v128.load(row, 80);
      const near = f32x4.add(m1, m2);
      const nearOdd = f32x4.sub(m1, m2);
      const far = f32x4.add(m3, m4);
      const farOdd = f32x4.sub(m3, m4);
      let place = to + c + i * rowBytes;
      storeLanes(place, activate(f32x4.add(shift, f32x4.add(f32x4.add(m0, near), far)), activation), left);
      if (columns < 2) continue;
      place += pixelBytes;
      storeLanes(place, activate(f32x4.add(shift, multiplyAdd(farOdd, two, nearOdd)), activation), left);
      if (columns < 3) continue;
      place += pixelBytes;
      storeLanes(place, activate(f32x4.add(shift, multiplyAdd(far, four, near)), activation), left);
      if (columns < 4) continue;
      place += pixelBytes;
      const last = f32x4.add(multiplyAdd(farOdd, eight, nearOdd), m5);
      storeLanes(place, activate(f32x4.add(shift, last), activation), left);
    }
  }
}
