import { type ButtonHTMLAttributes, useEffect, useRef } from 'react';
import styles from './Thumbnail.module.css';

interface ThumbnailProps {
  /** In pixels of the picture. */
  readonly width: number;
  readonly height: number;
  /** The pixels. Another function is another picture; what rejects leaves the place empty. */
  readonly load: () => ImageData | Promise<ImageData>;
  readonly onError?: (error: unknown) => void;
  /** In words; empty where they stand beside it. */
  readonly alt?: string;
  readonly className?: string | undefined;
}

/** A small picture, pixel by pixel. */
export function Thumbnail({ width, height, load, onError, alt = '', className }: ThumbnailProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const failed = useRef(onError);
  useEffect(() => {
    failed.current = onError;
  });
  useEffect(() => {
    let isShown = true;
    const context = canvas.current?.getContext('2d');
    const paint = (pixels: ImageData): void => {
      if (isShown) context?.putImageData(pixels, 0, 0);
    };
    const pixels = load();
    if (pixels instanceof ImageData) paint(pixels);
    else {
      // The picture before is not this one.
      context?.clearRect(0, 0, width, height);
      pixels.then(paint, (error: unknown) => {
        if (isShown) failed.current?.(error);
      });
    }
    return () => {
      isShown = false;
    };
  }, [load, width, height]);
  const named = alt === '' ? { 'aria-hidden': true } : { role: 'img', 'aria-label': alt };
  const classes = ['pixelated', className].filter((each) => each !== undefined).join(' ');
  return <canvas ref={canvas} width={width} height={height} className={classes} {...named} />;
}

/** A small picture to press, its frame marked while `aria-pressed`. */
export const ThumbnailButton = (props: ButtonHTMLAttributes<HTMLButtonElement>) => (
  <button type="button" {...props} className={styles.button} />
);
