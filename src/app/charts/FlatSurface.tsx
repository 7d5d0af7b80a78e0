import { contours, type ScaleContinuousNumeric, scaleLinear, scaleLog } from 'd3';
import { useMemo } from 'react';
import styles from './FlatSurface.module.css';
import { XAxis, YAxis } from './primitives/Axis';
import { ColourScale } from './primitives/ColourScale';
import { Clip, Frame, type Plot } from './primitives/Frame';
import { bandTicks, linearTicks, type Tick, ticksAt } from './primitives/ticks';
import { useWidth } from './primitives/use-width';
import { colourAt, type Surface, type SurfaceAxis } from './surface';

/** To the right of the surface, for the scale of its colours. */
const SCALE_WIDTH = 62;
const MOST_HEIGHT = 460;
const TICKS = 5;

type Scale = ScaleContinuousNumeric<number, number>;

/** Values lie in the middle of their cells, so that the picture reaches half a step beyond the first and the last. */
function axisScale({ values, isLogarithmic }: SurfaceAxis, from: number, to: number): Scale {
  const [first, last] = [values[0], values.at(-1)] as [number, number];
  const half = (to - from) / values.length / 2;
  return (isLogarithmic ? scaleLog() : scaleLinear()).domain([first, last]).range([from + half, to - half]);
}

const twoDigits = (value: number): string => String(Number(value.toPrecision(2))).replace('-', '−');

function ticksOf({ values, names, isLogarithmic }: SurfaceAxis, scale: Scale): Tick[] {
  if (names !== null) return bandTicks(names, (i) => scale(values[i] as number));
  if (!isLogarithmic) return linearTicks(scale, TICKS, twoDigits);
  const step = Math.ceil(values.length / TICKS);
  return ticksAt(
    scale,
    values.filter((_, i) => i % step === 0),
    twoDigits,
  );
}

/** The surface from above: colours for heights, with its level, circles and point. */
export function FlatSurface({ surface, label }: { readonly surface: Surface; readonly label: string }) {
  const { x, y, z, colours, level, circles, point } = surface;
  const [container, width] = useWidth();
  const longest = Math.max(4, ...(y.names ?? []).map(({ length }) => length));
  const left = 30 + 7 * Math.min(14, longest);
  const right = width - SCALE_WIDTH;
  const side = right - left;
  const height = Math.min(
    MOST_HEIGHT,
    surface.isSquare ? side : Math.max(200, Math.min(side, 28 * y.values.length)),
  );
  const plot: Plot = {
    width,
    height: 12 + height + 44,
    left,
    right: surface.isSquare ? left + height : right,
    top: 12,
    bottom: 12 + height,
  };
  const scaleX = axisScale(x, plot.left, plot.right);
  const scaleY = axisScale(y, plot.bottom, plot.top);
  const picture = useMemo(() => pictureOf(surface), [surface]);
  const [columns, rows] = [x.values.length, y.values.length];
  const lines = useMemo(
    () => (level === null ? [] : levelLines(z.flat(), columns, rows, level)),
    [z, columns, rows, level],
  );
  const place = ([column, row]: readonly [number, number]): string =>
    `${plot.left + (column / columns) * (plot.right - plot.left)},${plot.bottom - (row / rows) * height}`;
  return (
    <Frame container={container} plot={plot} label={label}>
      <image
        href={picture}
        x={plot.left}
        y={plot.top}
        width={plot.right - plot.left}
        height={height}
        preserveAspectRatio="none"
        className="pixelated"
      />
      <Clip plot={plot}>
        {lines.map((line) => (
          <path
            key={line.map(String).join()}
            className={styles.level}
            data-part="level"
            d={`M${line.map(place).join('L')}`}
          />
        ))}
        {circles.map(({ radius, label: text }) => (
          <g key={radius} className={styles.circle} data-part="circle">
            <ellipse
              cx={scaleX(0)}
              cy={scaleY(0)}
              rx={scaleX(radius) - scaleX(0)}
              ry={scaleY(0) - scaleY(radius)}
            />
            <text x={scaleX(0)} y={scaleY(radius) - 4} textAnchor="middle">
              {text}
            </text>
          </g>
        ))}
        {point && <circle className={styles.point} cx={scaleX(point.x)} cy={scaleY(point.y)} r={5} />}
      </Clip>
      <XAxis plot={plot} ticks={ticksOf(x, scaleX)} title={x.label} marks="none" hasLine={false} />
      <YAxis plot={plot} ticks={ticksOf(y, scaleY)} title={y.label} hasLines={false} />
      <ColourScale
        plot={plot}
        stops={colours.stops}
        labels={[twoDigits(colours.min), twoDigits((colours.min + colours.max) / 2), twoDigits(colours.max)]}
      />
    </Frame>
  );
}

/** One pixel a value, the last row on top. */
function pictureOf({ x, z, colours }: Surface): string {
  const canvas = document.createElement('canvas');
  canvas.width = x.values.length;
  canvas.height = z.length;
  const context = canvas.getContext('2d');
  if (context === null) return '';
  const pixels = context.createImageData(canvas.width, canvas.height);
  z.toReversed()
    .flat()
    .forEach((value, i) => {
      pixels.data.set([...colourAt(colours, value), 255], 4 * i);
    });
  context.putImageData(pixels, 0, 0);
  return canvas.toDataURL();
}

/** Where the values cross a level, as open lines in units of cells; what follows the edge of the rectangle is left out. */
function levelLines(values: number[], columns: number, rows: number, level: number): [number, number][][] {
  const isEdge = ([column, row]: readonly number[]): boolean =>
    (column as number) < 0.51 ||
    (row as number) < 0.51 ||
    (column as number) > columns - 0.51 ||
    (row as number) > rows - 0.51;
  const [found] = contours().size([columns, rows]).thresholds([level])(values);
  const lines: [number, number][][] = [];
  for (const ring of found?.coordinates.flat() ?? []) {
    let line: [number, number][] = [];
    for (const at of ring) {
      const before = line.at(-1);
      if (before !== undefined && isEdge(before) && isEdge(at)) {
        if (line.length > 1) lines.push(line);
        line = [];
      }
      line.push([at[0] as number, at[1] as number]);
    }
    if (line.length > 1) lines.push(line);
  }
  return lines;
}
