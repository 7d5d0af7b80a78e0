import { contours, type ScaleContinuousNumeric, scaleLinear, scaleLog } from 'd3';
import { useId, useMemo, useRef } from 'react';
import { colourAt, type Surface, type SurfaceAxis } from './surface';
import { useWidth } from './use-width';
import './surface.css';

const LEGEND = { width: 14, space: 62 } as const;
const MOST_HEIGHT = 460;
const TICKS = 5;

type Scale = ScaleContinuousNumeric<number, number>;

/** Values lie in the middle of their cells, so that the picture reaches half a step beyond the first and the last. */
function axisScale({ values, isLogarithmic }: SurfaceAxis, from: number, to: number): Scale {
  const [first, last] = [values[0], values.at(-1)] as [number, number];
  const half = (to - from) / values.length / 2;
  return (isLogarithmic ? scaleLog() : scaleLinear()).domain([first, last]).range([from + half, to - half]);
}

function ticksOf(
  { values, names, isLogarithmic }: SurfaceAxis,
  scale: Scale,
): { at: number; text: string }[] {
  if (names !== null) return values.map((value, i) => ({ at: scale(value), text: names[i] ?? '' }));
  const ticks = isLogarithmic
    ? values.filter((_, i) => i % Math.ceil(values.length / TICKS) === 0)
    : scale.ticks(TICKS);
  return ticks.map((tick) => ({
    at: scale(tick),
    text: String(Number(tick.toPrecision(2))).replace('-', '−'),
  }));
}

/** The surface from above: colours for heights, with its level, circles and point. */
export function FlatSurface({ surface, label }: { readonly surface: Surface; readonly label: string }) {
  const { x, y, z, colours, level, circles, point } = surface;
  const id = useId();
  const container = useRef<HTMLDivElement>(null);
  const width = useWidth(container);
  const longest = Math.max(4, ...(y.names ?? []).map(({ length }) => length));
  const left = 30 + 7 * Math.min(14, longest);
  const right = width - LEGEND.space;
  const side = right - left;
  const height = Math.min(
    MOST_HEIGHT,
    surface.isSquare ? side : Math.max(200, Math.min(side, 28 * y.values.length)),
  );
  const plot = { left, right: surface.isSquare ? left + height : right, top: 12, bottom: 12 + height };
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
    <div ref={container} className="chart surface-flat">
      <svg width={width} height={plot.bottom + 44} role="img" aria-label={label}>
        <defs>
          <clipPath id={`${id}-plot`}>
            <rect x={plot.left} y={plot.top} width={plot.right - plot.left} height={height} />
          </clipPath>
          <linearGradient id={`${id}-colours`} x1="0" y1="1" x2="0" y2="0">
            {colours.stops.map(([at, colour]) => (
              <stop key={at} offset={at} stopColor={colour} />
            ))}
          </linearGradient>
        </defs>
        <image
          href={picture}
          x={plot.left}
          y={plot.top}
          width={plot.right - plot.left}
          height={height}
          preserveAspectRatio="none"
          className="pixelated"
        />
        <g clipPath={`url(#${id}-plot)`}>
          {lines.map((line) => (
            <path
              key={line.map(String).join()}
              className="surface-level"
              d={`M${line.map(place).join('L')}`}
            />
          ))}
          {circles.map(({ radius, label: text }) => (
            <g key={radius} className="surface-circle">
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
          {point && <circle className="surface-point" cx={scaleX(point.x)} cy={scaleY(point.y)} r={5} />}
        </g>
        <g className="chart-axis">
          {ticksOf(x, scaleX).map(({ at, text }) => (
            <text key={text} x={at} y={plot.bottom + 16} textAnchor="middle">
              {text}
            </text>
          ))}
          {ticksOf(y, scaleY).map(({ at, text }) => (
            <text key={text} x={plot.left - 8} y={at} dy="0.32em" textAnchor="end">
              {text}
            </text>
          ))}
          <text
            className="chart-axis-label"
            x={(plot.left + plot.right) / 2}
            y={plot.bottom + 36}
            textAnchor="middle"
          >
            {x.label}
          </text>
          <text
            className="chart-axis-label"
            transform={`translate(12,${(plot.top + plot.bottom) / 2}) rotate(-90)`}
            textAnchor="middle"
          >
            {y.label}
          </text>
        </g>
        <rect
          x={plot.right + 14}
          y={plot.top}
          width={LEGEND.width}
          height={height}
          fill={`url(#${id}-colours)`}
        />
        {[colours.min, (colours.min + colours.max) / 2, colours.max].map((value, i) => (
          <text
            key={value}
            x={plot.right + 14 + LEGEND.width + 4}
            y={plot.bottom - (i / 2) * height}
            dy={DY[i]}
          >
            {String(Number(value.toPrecision(2))).replace('-', '−')}
          </text>
        ))}
      </svg>
    </div>
  );
}

/** So that the words at the ends of the key stand beside it. */
const DY = ['0', '0.32em', '0.75em'] as const;

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
