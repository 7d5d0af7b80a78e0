import type { ScaleLogarithmic } from 'd3';
import { useEffect, useState } from 'react';
import { NormalSource, STREAMS } from '../../estimators/noise/gaussian';
import { nextTask } from '../ui/next-paint';
import { toDataUrl } from './pixels';
import type { Plot } from './primitives/Frame';

/** A picture and the seed of its noise. */
export interface NoisyPicture {
  readonly data: Float32Array;
  readonly shape: readonly [number, number, number];
  readonly seed: number;
}

interface Thumbnail {
  readonly sigma: number;
  readonly url: string;
}

/** Thumbnails, and all that they follow from. */
interface Made {
  readonly data: Float32Array;
  readonly seed: number;
  readonly min: number;
  readonly max: number;
  readonly list: readonly Thumbnail[];
}

/** Width and height of a picture on the axis. */
export const THUMBNAIL = 44;
const COUNT = 5;

/** The first noisy copy at radii from `min` to `max`, one a step. */
function* drawn({ data, shape, seed }: NoisyPicture, min: number, max: number): Generator<Thumbnail, void> {
  const noise = new Float32Array(data.length);
  new NormalSource(seed, STREAMS.plain).fill(0, noise);
  for (let i = 0; i < COUNT; i++) {
    const sigma = min * (max / min) ** (i / (COUNT - 1));
    yield { sigma, url: toDataUrl(data, shape, { sigma, noise }) };
  }
}

interface ThumbnailsProps {
  readonly picture: NoisyPicture;
  readonly plot: Plot;
  readonly x: ScaleLogarithmic<number, number>;
  readonly top: number;
}

/** The first noisy copy of a picture at radii from one end of the axis to the other; drawn when the rest of the chart is. */
export function Thumbnails({ picture, plot, x, top }: ThumbnailsProps) {
  const { data, shape, seed } = picture;
  const [min = Number.NaN, max = Number.NaN] = x.domain();
  const [made, setMade] = useState<Made | null>(null);

  useEffect(() => {
    let isWanted = true;
    const make = async (): Promise<void> => {
      const list: Thumbnail[] = [];
      await nextTask();
      if (!isWanted) return;
      for (const each of drawn({ data, shape, seed }, min, max)) {
        list.push(each);
        await nextTask();
        if (!isWanted) return;
      }
      setMade({ data, seed, min, max, list });
    };
    void make();
    return () => {
      isWanted = false;
    };
  }, [data, shape, seed, min, max]);

  // Those of another picture, noise or axis are worse than none.
  if (made?.data !== data || made.seed !== seed || made.min !== min || made.max !== max) return null;
  const last = plot.right - THUMBNAIL + 12;
  return made.list.map(({ sigma, url }) => (
    <image
      key={sigma}
      href={url}
      x={Math.min(last, Math.max(plot.left - 4, x(sigma) - THUMBNAIL / 2))}
      y={top}
      width={THUMBNAIL}
      height={THUMBNAIL}
      className="pixelated"
    />
  ));
}
