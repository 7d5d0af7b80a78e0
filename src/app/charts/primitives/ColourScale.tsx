import { useId } from 'react';
import type { Plot } from './Frame';

interface ColourScaleProps {
  /** The scale stands to the right of it, as high as it is. */
  readonly plot: Plot;
  /** From 0 at the bottom to 1 at the top, each with its colour. */
  readonly stops: readonly (readonly [at: number, colour: string])[];
  /** At the bottom, in the middle and at the top. */
  readonly labels: readonly [string, string, string];
}

const WIDTH = 14;
/** Beside the plot, and between the scale and its labels. */
const GAP = 14;
const LABEL_GAP = 4;
/** So that the labels at the ends stand beside the scale. */
const DY = ['0', '0.32em', '0.75em'] as const;

/** Which colour stands for which value. */
export function ColourScale({ plot: { right, top, bottom }, stops, labels }: ColourScaleProps) {
  const id = useId();
  const height = bottom - top;
  return (
    <>
      <linearGradient id={id} x1="0" y1="1" x2="0" y2="0">
        {stops.map(([at, colour]) => (
          <stop key={at} offset={at} stopColor={colour} />
        ))}
      </linearGradient>
      <rect x={right + GAP} y={top} width={WIDTH} height={height} fill={`url(#${id})`} />
      {DY.map((dy, i) => (
        <text key={dy} x={right + GAP + WIDTH + LABEL_GAP} y={bottom - (i / 2) * height} dy={dy}>
          {labels[i]}
        </text>
      ))}
    </>
  );
}
