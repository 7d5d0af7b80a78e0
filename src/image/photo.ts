import { cropBox, largestCrop } from './crop';
import { lanczos, resample } from './resample';
import type { Box, Crop, ImageShape, Plane, PreparedImage, RgbaImage } from './types';

/** Pixels are averaged in blocks of which this many are left for one of the model's; the last may be cut off, by 1/8 of that. */
const BLOCKS_LEFT = 8;

/** Rec. 601 luma, in thousandths, as grey versions of colour data sets are made. */
const LUMA = [299, 587, 114] as const;

/**
 * A photo as a data set of small photos would hold it: a part of it with the model's aspect, over white where it is
 * transparent, resized by Lanczos-3 on the stored (gamma-encoded) values and rounded to 8 bits a channel, as such data
 * sets were made, then divided by 255. A picture that has the model's size already keeps its values.
 * One channel is Rec. 601 grey. Profiles are ignored: values are taken for sRGB.
 * @throws RangeError unless the model takes one channel or three.
 */
export function preparePhoto(image: RgbaImage, shape: ImageShape, crop?: Crop): PreparedImage {
  const [height, width, channels] = shape;
  if (channels !== 1 && channels !== 3) {
    throw new RangeError(`The photo preparation makes 1 or 3 channels, not ${channels}.`);
  }
  const aspect = width / height;
  const box = cropBox(image, crop ?? largestCrop(image, aspect), aspect);
  const unchanged =
    image.width === width && image.height === height && box.width === width && box.height === height;
  const step = Math.max(
    1,
    Math.floor(Math.min(box.width / (BLOCKS_LEFT * width), box.height / (BLOCKS_LEFT * height))),
  );
  const data = new Float32Array(width * height * channels);
  readPlanes(image, box, step, channels).forEach((plane, c) => {
    // Blocks at the right and bottom edge may be cut off; the scale is that of whole ones.
    const whole = { x: 0, y: 0, width: plane.width, height: plane.height };
    const values = unchanged ? plane : resample(plane, whole, width, height, lanczos);
    values.data.forEach((value, i) => {
      data[i * channels + c] = Math.min(Math.max(Math.round(value), 0), 255) / 255;
    });
  });
  return { shape, data, steps: { unchanged, inverted: false, box } };
}

/** The channels of a part of the picture over white, from 0 to 255, each value the mean of `step` x `step` pixels. */
function readPlanes(image: RgbaImage, box: Box, step: number, channels: 1 | 3): Plane[] {
  const width = Math.ceil(box.width / step);
  const height = Math.ceil(box.height / step);
  const planes = Array.from({ length: channels }, () => new Float32Array(width * height));
  const sums = new Float64Array(3 * width);
  for (let y = 0; y < height; y++) {
    const rows = Math.min(step, box.height - y * step);
    sums.fill(0);
    for (let dy = 0; dy < rows; dy++) addRow(sums, image, box, box.y + y * step + dy, step);
    for (let x = 0; x < width; x++) {
      const count = rows * Math.min(step, box.width - x * step);
      const [r, g, b] = [sums[3 * x], sums[3 * x + 1], sums[3 * x + 2]] as [number, number, number];
      const values = channels === 3 ? [r, g, b] : [(LUMA[0] * r + LUMA[1] * g + LUMA[2] * b) / 1000];
      values.forEach((value, c) => {
        (planes[c] as Float32Array)[y * width + x] = value / count;
      });
    }
  }
  return planes.map((data) => ({ width, height, data }));
}

function addRow(sums: Float64Array, { width, data }: RgbaImage, box: Box, y: number, step: number): void {
  let i = 4 * (y * width + box.x);
  for (let x = 0; x < box.width; x++, i += 4) {
    const to = 3 * Math.floor(x / step);
    const alpha = data[i + 3] as number;
    for (let c = 0; c < 3; c++) {
      const value = data[i + c] as number;
      sums[to + c] = (sums[to + c] as number) + (alpha === 255 ? value : 255 + ((value - 255) * alpha) / 255);
    }
  }
}
