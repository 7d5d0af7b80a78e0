import * as tf from '@tensorflow/tfjs';
import { OwnLayer, only, onlyShape, type Shape, sizeAlong } from './own-layer';
import { type Interpolation, resamplingMatrix, type Window } from './resampling';

interface Settings {
  /**
   * stretch: the whole picture; crop: the largest part of the target's aspect; pad: the picture with bands of `fill`;
   * center: cut out of the middle, and crop where it is too small; same: nothing, for pictures of the right size alone.
   */
  readonly fit: 'stretch' | 'crop' | 'pad' | 'center' | 'same';
  readonly height: number;
  readonly width: number;
  readonly interpolation: Interpolation;
  readonly antialias: boolean;
  readonly fill: number;
  /** Channels before height and width. */
  readonly first: boolean;
  /** Height and width are factors of the picture's own. */
  readonly factors: boolean;
}

interface Lines {
  readonly height: Window;
  readonly width: Window;
}

const middle = (all: number, size: number): Window => ({ from: Math.trunc((all - size) / 2), size });

/**
 * Resizes and crops pictures by one matrix along their height and one along their width: Keras's Resizing, CenterCrop,
 * RandomCrop at inference, and UpSampling2D that is not to the nearest.
 */
export class ResizeLayer extends OwnLayer {
  static className = 'ProbustResize';

  get #given(): Settings {
    return this.settings as unknown as Settings;
  }

  /** The axis of the height; that of the width follows. */
  get #axis(): number {
    return this.#given.first ? 2 : 1;
  }

  #target(height: number, width: number): { readonly height: number; readonly width: number } {
    const given = this.#given;
    return given.factors ? { height: height * given.height, width: width * given.width } : given;
  }

  override computeOutputShape(inputShape: Shape | Shape[]): Shape {
    const shape = [...onlyShape(inputShape)];
    const axis = this.#axis;
    if (shape.length !== 4)
      throw new RangeError(`“${this.name}” resizes pictures, not ${shape.length - 1} dimensions.`);
    const known = shape[axis] !== null && shape[axis + 1] !== null;
    if (this.#given.factors && !known) return shape.with(axis, null).with(axis + 1, null);
    const target = this.#target(shape[axis] ?? 0, shape[axis + 1] ?? 0);
    return shape.with(axis, target.height).with(axis + 1, target.width);
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const { interpolation, antialias, fill, fit, first } = this.#given;
    return tf.tidy(() => {
      const x = only(inputs);
      const axis = this.#axis;
      const [height, width] = [sizeAlong(x.shape, axis), sizeAlong(x.shape, axis + 1)];
      const target = this.#target(height, width);
      const lines = this.#lines(height, width, target);
      const matrix = (size: number, to: number, window: Window): tf.Tensor2D =>
        tf.tensor2d(resamplingMatrix(size, to, window, interpolation, antialias), [to, size]);
      // Where the picture is surrounded by a value, what differs from that is surrounded by 0.
      const shifted = fit === 'pad' && fill !== 0 ? tf.sub(x, fill) : x;
      const planes = first ? shifted : tf.transpose(shifted, [0, 3, 1, 2]);
      const across = times(planes, matrix(width, target.width, lines.width));
      const down = times(tf.transpose(across, [0, 1, 3, 2]), matrix(height, target.height, lines.height));
      const resized = first ? tf.transpose(down, [0, 1, 3, 2]) : tf.transpose(down, [0, 3, 2, 1]);
      return fit === 'pad' && fill !== 0 ? tf.add(resized, fill) : resized;
    });
  }

  #lines(height: number, width: number, to: { readonly height: number; readonly width: number }): Lines {
    const { fit } = this.#given;
    const whole = { height: { from: 0, size: height }, width: { from: 0, size: width } };
    if (fit === 'stretch') return whole;
    if (fit === 'same') {
      if (height === to.height && width === to.width) return whole;
      throw new RangeError(
        `“${this.name}” cuts ${to.height} x ${to.width} out of ${height} x ${width}, which versions of Keras do differently; take it out of the network`,
      );
    }
    if (fit === 'center' && height >= to.height && width >= to.width) {
      return { height: middle(height, to.height), width: middle(width, to.width) };
    }
    const wanted = {
      height: Math.trunc((width * to.height) / to.width),
      width: Math.trunc((height * to.width) / to.height),
    };
    if (fit === 'pad') {
      // Keras pads by the same on both sides, so that half a pixel is lost.
      const band = (all: number, size: number): Window => {
        const before = Math.trunc((Math.max(all, size) - size) / 2);
        return { from: -before, size: size + 2 * before };
      };
      return { height: band(wanted.height, height), width: band(wanted.width, width) };
    }
    return {
      height: middle(height, Math.max(1, Math.min(height, wanted.height))),
      width: middle(width, Math.max(1, Math.min(width, wanted.width))),
    };
  }
}

/** [n, a, b, size] by a to x size matrix: [n, a, b, to]. */
function times(x: tf.Tensor, matrix: tf.Tensor2D): tf.Tensor {
  const [to, size] = matrix.shape;
  const rows = tf.reshape(x, [-1, size]) as tf.Tensor2D;
  return tf.reshape(tf.matMul(rows, matrix, false, true), [...x.shape.slice(0, -1), to]);
}
