import { curveMonotoneX, line, scaleLog } from 'd3';
import { type KeyboardEvent, type PointerEvent, useRef, useState } from 'react';
import { formatProbability, formatSigma } from '../ui/format';
import { SeriesLine, SeriesPoints } from './CurveMarks';
import type { CurveSeries } from './curve';
import styles from './GuessChart.module.css';
import { XAxis, YAxis } from './primitives/Axis';
import { Frame, isNarrow, type Plot } from './primitives/Frame';
import { dragHandlers, pointWithin } from './primitives/pointer';
import { logTicks } from './primitives/ticks';
import { useWidth } from './primitives/use-width';
import { probabilityScale } from './probability-scale';
import { type NoisyPicture, THUMBNAIL, Thumbnails } from './Thumbnails';

export interface GuessChartProps {
  /** At which a probability is guessed, ascending. */
  readonly sigmas: readonly number[];
  readonly guess: readonly number[];
  readonly onGuess: (guess: readonly number[]) => void;
  /** What is revealed; empty before. From then on the guess stays as it is. */
  readonly truth: readonly CurveSeries[];
  readonly isOpen: boolean;
  /** Its noisy copies stand on the axis. */
  readonly picture?: NoisyPicture | null;
  readonly label: string;
  readonly handleLabel: (sigma: string) => string;
  readonly axisLabels: { readonly x: string; readonly y: string };
}

const INSET = 14;
const KEY_STEP = 0.02;
const KEYS: Readonly<Record<string, number>> = {
  ArrowUp: KEY_STEP,
  ArrowDown: -KEY_STEP,
  PageUp: 5 * KEY_STEP,
  PageDown: -5 * KEY_STEP,
  Home: -1,
  End: 1,
};

const within = (p: number): number => Math.min(1, Math.max(0, Math.round(1000 * p) / 1000));

/** A curve that a person draws before the true one is shown: by dragging, or by the arrow keys on its points. */
export function GuessChart(props: GuessChartProps) {
  const { sigmas, guess, onGuess, truth, isOpen, picture = null } = props;
  const handles = useRef<(SVGCircleElement | null)[]>([]);
  const lastDrawn = useRef<{ readonly index: number; readonly p: number } | null>(null);
  const [active, setActive] = useState(0);
  const [container, width] = useWidth(480);
  const narrow = isNarrow(width);
  const bottom = Math.round(Math.min(380, Math.max(250, width * 0.6)));
  const pictures = picture !== null ? THUMBNAIL + 4 : 0;
  const plot: Plot = {
    width,
    height: bottom + 27 + pictures + 25,
    left: narrow ? 34 : 54,
    right: width - 16,
    top: narrow ? 36 : 16,
    bottom,
  };
  const first = sigmas[0] as number;
  const last = sigmas.at(-1) as number;
  const x = scaleLog([first, last], [plot.left + INSET, plot.right - INSET]);
  const y = probabilityScale('linear', [], bottom, plot.top);
  const path = line<number>(
    (_, i) => x(sigmas[i] as number),
    (p) => y(p),
  ).curve(curveMonotoneX);

  const set = (index: number, p: number): void => {
    onGuess(guess.map((before, i) => (i === index ? within(p) : before)));
  };

  const draw = (event: PointerEvent<SVGElement>): void => {
    const [at, down] = pointWithin(event.currentTarget, event, width);
    const p = within((bottom - down) / (bottom - plot.top));
    const distances = sigmas.map((sigma) => Math.abs(x(sigma) - at));
    const index = distances.indexOf(Math.min(...distances));
    // A quick stroke passes over points between two events.
    const from = lastDrawn.current ?? { index, p };
    const [low, high] = [Math.min(from.index, index), Math.max(from.index, index)];
    onGuess(
      guess.map((before, i) => {
        if (i < low || i > high) return before;
        const share = index === from.index ? 1 : (i - from.index) / (index - from.index);
        return within(from.p + share * (p - from.p));
      }),
    );
    lastDrawn.current = { index, p };
    setActive(index);
  };

  const drawing = dragHandlers({
    onPress: (event) => {
      lastDrawn.current = null;
      draw(event);
    },
    onMove: draw,
  });

  const onKeyDown = (event: KeyboardEvent): void => {
    const change = KEYS[event.key];
    const move = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (change === undefined && move === 0) return;
    event.preventDefault();
    if (change !== undefined) {
      set(active, (guess[active] as number) + change);
      return;
    }
    const next = Math.min(sigmas.length - 1, Math.max(0, active + move));
    setActive(next);
    handles.current[next]?.focus();
  };

  return (
    <Frame
      container={container}
      plot={plot}
      label={props.label}
      role="group"
      pointer={isOpen ? 'none' : 'draw'}
      {...(isOpen ? {} : drawing)}
    >
      <YAxis plot={plot} ticks={y.ticks} title={props.axisLabels.y} titleSide={narrow ? 'above' : 'beside'} />
      <XAxis plot={plot} ticks={logTicks(x)} title={props.axisLabels.x} />
      {picture && <Thumbnails picture={picture} plot={plot} x={x} top={bottom + 27} />}
      {truth.map((series) =>
        series.sampled ? (
          <SeriesPoints key={series.id} series={series} faded={false} x={x} y={y} scale="linear" />
        ) : (
          <SeriesLine key={series.id} series={series} faded={false} x={x} y={y} />
        ),
      )}
      <path className={styles.line} d={path(guess) ?? ''} />
      {sigmas.map((sigma, i) => {
        const p = guess[i] as number;
        return (
          <circle
            key={sigma}
            ref={(element) => {
              handles.current[i] = element;
            }}
            className={styles.handle}
            cx={x(sigma)}
            cy={y(p)}
            r={isOpen ? 3.5 : 6.5}
            role="slider"
            tabIndex={!isOpen && i === active ? 0 : -1}
            aria-disabled={isOpen}
            aria-label={props.handleLabel(formatSigma(sigma))}
            aria-valuemin={0}
            aria-valuemax={1}
            aria-valuenow={p}
            aria-valuetext={formatProbability(p)}
            onFocus={() => setActive(i)}
            onKeyDown={isOpen ? undefined : onKeyDown}
          />
        );
      })}
    </Frame>
  );
}
