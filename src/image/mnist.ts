import { ImageError } from './errors';
import { chooseGround, type Ground, readGrey } from './grey';
import { fullInk, type Polarity, separateInk } from './ink';
import { inkBox } from './ink-box';
import { resample } from './resample';
import type { Box, ImageShape, Plane, PreparedImage, RgbaImage } from './types';

const SIZE = 28;
/** The longer side of the ink's box. */
const INK_SIZE = 20;
/**
 * The pixel, counted from 0, onto which the centre of mass is rounded. MNIST's description says "the centre
 * of the 28x28 field"; in its test set the centres are uniform within half a pixel of this index.
 */
const CENTRE = 14;
/** Larger pictures are averaged down to at most this many pixels a side before they are looked at. */
const WORKING_SIZE = 1024;
/** Paper kept around the ink for the close look, as a part of the ink's longer side; above 1/2, so that it prevails
 * on the border even of a picture that is one pixel wide. */
const MARGIN = 0.6;
/** The quantile of the inked pixels that becomes 1 in the result, as MNIST's strokes do. */
const SATURATED_QUANTILE = 0.75;

/**
 * Makes a picture of one digit look like MNIST's own (LeCun, Cortes, Burges: yann.lecun.com/exdb/mnist):
 * light ink on black, its box scaled into 20x20 by area averaging, put into 28x28 by its centre of mass.
 * A picture of 28x28 only becomes grey, unless its ink is dark on light, as MNIST's never is.
 * @throws ImageError `blank` if there is no ink. RangeError if the model's shape is not [28, 28, 1].
 */
export function prepareMnist(image: RgbaImage, shape: ImageShape): PreparedImage {
  if (shape[0] !== SIZE || shape[1] !== SIZE || shape[2] !== 1) {
    throw new RangeError(`The MNIST preparation makes [28, 28, 1], not [${shape.join(', ')}].`);
  }
  const ground = chooseGround(image);
  const whole: Box = { x: 0, y: 0, width: image.width, height: image.height };
  if (image.width === SIZE && image.height === SIZE) {
    const grey = readGrey(image, whole, 1, ground);
    if (Math.max(...grey.data) - Math.min(...grey.data) < 1 / 512) throw blank();
    if (!isDarkOnLight(grey)) {
      return { shape, data: grey.data, steps: { unchanged: true, inverted: false, box: whole } };
    }
  }
  // A look at everything finds the digit; a second one, close up, sees it sharply and on its own paper.
  const overview = findDigit(image, whole, ground);
  const digit = findDigit(image, grow(overview.box, whole), ground, overview.polarity);
  return {
    shape,
    data: centreByMass(fitInk(digit.ink, digit.inkBox)),
    steps: { unchanged: false, inverted: digit.polarity < 0, box: digit.box },
  };
}

/**
 * Whether dark ink lies on lighter paper. Where more than half of a picture differs from its border, the border is not
 * paper: a light digit that reaches all around is none on light paper.
 */
function isDarkOnLight(grey: Plane): boolean {
  const ink = separateInk(grey);
  if (ink === undefined || ink.polarity > 0) return false;
  const inked = ink.plane.data.reduce((count, value) => count + (value > 0.5 ? 1 : 0), 0);
  return inked < grey.data.length / 2;
}

interface Digit {
  readonly ink: Plane;
  readonly inkBox: Box;
  readonly polarity: Polarity;
  /** The ink's box in the picture's pixels. */
  readonly box: Box;
}

function findDigit(image: RgbaImage, region: Box, ground: Ground, polarity?: Polarity): Digit {
  const step = Math.ceil(Math.max(region.width, region.height) / WORKING_SIZE);
  const ink = separateInk(readGrey(image, region, step, ground), polarity);
  const box = ink && inkBox(ink.plane);
  if (!box) throw blank();
  const x = region.x + box.x * step;
  const y = region.y + box.y * step;
  return {
    ink: ink.plane,
    inkBox: box,
    polarity: ink.polarity,
    box: {
      x,
      y,
      width: Math.min(box.width * step, region.x + region.width - x),
      height: Math.min(box.height * step, region.y + region.height - y),
    },
  };
}

function blank(): ImageError {
  return new ImageError(
    'blank',
    'No digit can be seen in this image; use one with darker or lighter strokes.',
  );
}

/** The box with a margin of paper, within the picture. */
function grow(box: Box, within: Box): Box {
  const margin = Math.ceil(MARGIN * Math.max(box.width, box.height)) + 1;
  const x = Math.max(box.x - margin, within.x);
  const y = Math.max(box.y - margin, within.y);
  return {
    x,
    y,
    width: Math.min(box.x + box.width + margin, within.x + within.width) - x,
    height: Math.min(box.y + box.height + margin, within.y + within.height) - y,
  };
}

/** Scales the ink into 20x20, keeping its aspect, and lets its core reach 1 again if it was thin. */
function fitInk(ink: Plane, box: Box): Plane {
  const scale = INK_SIZE / Math.max(box.width, box.height);
  const width = Math.max(Math.round(box.width * scale), 1);
  const height = Math.max(Math.round(box.height * scale), 1);
  const fitted = resample(ink, box, width, height);
  const full = fullInk(fitted.data, SATURATED_QUANTILE);
  return { width, height, data: fitted.data.map((value) => Math.min(value / full, 1)) };
}

/** Puts a plane of at most 28x28 into 28x28, its centre of mass at the centre, whole and unscaled. */
function centreByMass({ width, height, data }: Plane): Float32Array {
  let [mass, momentX, momentY] = [0, 0, 0];
  data.forEach((value, i) => {
    mass += value;
    momentX += value * (i % width);
    momentY += value * Math.floor(i / width);
  });
  const left = clamp(Math.round(CENTRE - momentX / mass), 0, SIZE - width);
  const top = clamp(Math.round(CENTRE - momentY / mass), 0, SIZE - height);
  const result = new Float32Array(SIZE * SIZE);
  for (let y = 0; y < height; y++) {
    result.set(data.subarray(y * width, (y + 1) * width), (top + y) * SIZE + left);
  }
  return result;
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), high);
}
