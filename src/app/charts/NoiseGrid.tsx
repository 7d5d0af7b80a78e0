import { useEffect, useMemo, useRef } from 'react';
import styles from './NoiseGrid.module.css';
import { paintValues } from './pixels';
import { shortLabels } from './short-labels';

export interface NoiseGridProps {
  readonly x: Float32Array;
  readonly shape: readonly [number, number, number];
  readonly sigma: number;
  /** n x d standard normals: row i belongs to copy i. */
  readonly normals: Float32Array;
  /** Class of each copy. */
  readonly classes: readonly number[];
  readonly labels: readonly string[];
  /** Copies of another class than this are outlined. */
  readonly expected: number;
  readonly columns: number;
  /** Beside another grid: there is no room for letters on the pictures. */
  readonly isSmall?: boolean;
  readonly label: string;
}

/** Size of a tag's letters, in pixels of the model's input. */
const LETTER = { width: 6, height: 11, baseline: 9.1, padding: 3.5 } as const;

/** Space between the pictures, in pixels of the model's input. */
const GUTTER = 2;

/** The place of a grid and of the button that saves it, before the copies are there. */
export const NoiseGridPlace = () => <div className={`${styles.grid} ${styles.place}`} data-figure="noise" />;

/** The noisy copies themselves, those of another class outlined and named. */
export function NoiseGrid(props: NoiseGridProps) {
  const { x, shape, sigma, normals, classes, labels, expected, columns, isSmall = false } = props;
  const canvas = useRef<HTMLCanvasElement>(null);
  const [height, width] = shape;
  const rows = Math.ceil(classes.length / columns);
  const cell = { width: width + GUTTER, height: height + GUTTER };
  const short = useMemo(() => shortLabels(labels), [labels]);
  const size = { width: columns * cell.width - GUTTER, height: rows * cell.height - GUTTER };

  useEffect(() => {
    const paint = (): void => {
      const context = canvas.current?.getContext('2d');
      if (!context) return;
      const pixels = context.createImageData(size.width, size.height);
      for (let i = 0; i < columns * rows; i++) {
        const noise = normals.subarray(i * x.length, (i + 1) * x.length);
        const origin = [(i % columns) * cell.width, Math.floor(i / columns) * cell.height] as const;
        paintValues(x, shape, pixels, origin, { sigma, noise });
      }
      context.putImageData(pixels, 0, 0);
    };
    // A task of its own: what is around it is drawn in the one before.
    const timer = setTimeout(paint);
    return () => clearTimeout(timer);
  }, [x, shape, sigma, normals, columns, rows, cell.width, cell.height, size.width, size.height]);

  return (
    <div className={styles.grid} data-is-small={isSmall} role="img" aria-label={props.label}>
      <canvas ref={canvas} width={size.width} height={size.height} className="pixelated" />
      <svg viewBox={`0 0 ${size.width} ${size.height}`} aria-hidden="true">
        {classes.map((called, i) => {
          if (called === expected) return null;
          const left = (i % columns) * cell.width;
          const top = Math.floor(i / columns) * cell.height;
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: the index is the copy's number, its identity
            <g key={i} className={styles.flip} data-part="flip">
              <rect x={left - 0.5} y={top - 0.5} width={width + 1} height={height + 1} />
              <Tag right={left + width + 0.5} top={top - 0.5} text={short[called] ?? ''} />
            </g>
          );
        })}
      </svg>
    </div>
  );
}

/** The name of a class in the upper right corner of a picture. */
function Tag({ right, top, text }: { right: number; top: number; text: string }) {
  const width = LETTER.padding + LETTER.width * text.length;
  return (
    <>
      <rect className={styles.tag} x={right - width} y={top} width={width} height={LETTER.height} />
      <text x={right - width / 2} y={top + LETTER.baseline} textAnchor="middle">
        {text}
      </text>
    </>
  );
}
