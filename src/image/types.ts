/** A decoded picture: straight (not premultiplied) alpha, row-major, 4 bytes a pixel. */
export interface RgbaImage {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8ClampedArray;
}

/** A model's input, [height, width, channels]. */
export type ImageShape = readonly [height: number, width: number, channels: number];

/** A rectangle in whole pixels; `x` and `y` are its left and top edge. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/**
 * The part of a picture that a model is to see, whatever the picture's size: `x` and `y` are its left and top edge as
 * parts of the picture's width and height, `size` is its size as a part of the largest that fits. All in [0, 1].
 */
export interface Crop {
  readonly x: number;
  readonly y: number;
  readonly size: number;
}

/** One channel, row-major. The range is the producer's to state. */
export interface Plane {
  readonly width: number;
  readonly height: number;
  readonly data: Float32Array;
}

/** What was done to the picture, so that the page can say it. */
interface PreparationSteps {
  /** The picture already had the model's size: its values were kept. */
  readonly unchanged: boolean;
  /** Dark ink on a light ground was turned into light ink on a dark one. */
  readonly inverted: boolean;
  /** The part of the picture that was used, in its own pixels. */
  readonly box: Box;
}

/** The model's input: `data` is NHWC with N = 1 and values in [0, 1]. */
export interface PreparedImage {
  readonly shape: ImageShape;
  readonly data: Float32Array;
  readonly steps: PreparationSteps;
}

/** One way from a valid, non-empty picture to a model's input. Throws ImageError. */
export type Preparation = (image: RgbaImage, shape: ImageShape, crop?: Crop) => PreparedImage;
