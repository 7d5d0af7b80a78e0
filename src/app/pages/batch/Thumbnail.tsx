import { useEffect, useRef } from 'react';
import type { LabelledImages } from '../../../data';
import { imageDataOf } from './pictures';

interface ThumbnailProps {
  readonly images: LabelledImages;
  readonly index: number;
  /** In words; empty where they stand beside it. */
  readonly alt?: string;
}

/** One image of a set, pixel by pixel. */
export function Thumbnail({ images, index, alt = '' }: ThumbnailProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    canvas.current?.getContext('2d')?.putImageData(imageDataOf(images, index), 0, 0);
  }, [images, index]);
  const named = alt === '' ? { 'aria-hidden': true } : { role: 'img', 'aria-label': alt };
  return (
    <canvas
      ref={canvas}
      width={images.shape[1]}
      height={images.shape[0]}
      className="pixelated dataset-thumbnail"
      {...named}
    />
  );
}
