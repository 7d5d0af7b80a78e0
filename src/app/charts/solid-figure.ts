import type { PlotlyFigure } from 'plotly.js/dist/plotly-gl3d.min.js';
import { heightAt, type Surface, type SurfaceAxis } from './surface';

/** From where a surface is looked at, in degrees. */
export interface SurfaceView {
  readonly turn: number;
  readonly height: number;
}

export interface SurfaceInk {
  readonly ink: string;
  readonly softInk: string;
  readonly hairline: string;
  readonly font: string;
}

const EYE_DISTANCE = { wide: 2.55, narrow: 3.4 } as const;
/** In a narrower picture the words at the axes need more of it. */
const WIDE = 520;
/** Marks stand above the surface by this share of its height, that it does not swallow them. */
const LIFT = { line: 0.02, point: 0.07 } as const;
const DEGREE = Math.PI / 180;
const CIRCLE_POINTS = 73;
/** The surface has the same colours in either theme, and so has what is drawn upon it. */
const ON_SURFACE = '#111418';

/** @param width of the picture in pixels */
export function cameraOf({ turn, height }: SurfaceView, width: number) {
  const distance = width < WIDE ? EYE_DISTANCE.narrow : EYE_DISTANCE.wide;
  const flat = distance * Math.cos(height * DEGREE);
  const eye = {
    x: flat * Math.cos(turn * DEGREE),
    y: flat * Math.sin(turn * DEGREE),
    z: distance * Math.sin(height * DEGREE),
  };
  return { eye, center: { x: 0, y: 0, z: -0.12 }, up: { x: 0, y: 0, z: 1 } };
}

/** The view that a camera has after it was dragged. */
export function viewOf({
  x,
  y,
  z,
}: {
  readonly x: number;
  readonly y: number;
  readonly z: number;
}): SurfaceView {
  const turn = Math.round(Math.atan2(y, x) / DEGREE);
  return { turn, height: Math.round(Math.atan2(z, Math.hypot(x, y)) / DEGREE) };
}

function axisOf(
  { label, values, isLogarithmic, names }: SurfaceAxis,
  { ink, softInk, hairline }: SurfaceInk,
) {
  return {
    title: { text: label, font: { size: 12, color: ink } },
    type: isLogarithmic ? 'log' : 'linear',
    color: softInk,
    gridcolor: hairline,
    zerolinecolor: hairline,
    tickfont: { size: 11 },
    showspikes: false,
    ...(names === null ? { nticks: 6 } : { tickvals: values, ticktext: names }),
  };
}

/** The surface as plotly draws it. */
export function solidFigure(
  surface: Surface,
  view: SurfaceView,
  ink: SurfaceInk,
  { width, height }: { readonly width: number; readonly height: number },
): PlotlyFigure {
  const { x, y, z, zLabel, colours, level, circles, point } = surface;
  const heights = z.flat();
  const range =
    heights.reduce((most, value) => Math.max(most, value), -Infinity) -
    heights.reduce((least, value) => Math.min(least, value), Infinity);
  const above = (a: number, b: number, lift: number): number => heightAt(surface, a, b) + lift * range;
  const nameOf = ({ values, names }: SurfaceAxis, i: number): string =>
    names?.[i] ?? String(Number((values[i] as number).toPrecision(3)));
  const line = { color: ON_SURFACE, width: 5 };
  const marks = circles.map(({ radius, label }) => {
    const angles = Array.from({ length: CIRCLE_POINTS }, (_, i) => (2 * Math.PI * i) / (CIRCLE_POINTS - 1));
    const at = angles.map((angle) => [radius * Math.cos(angle), radius * Math.sin(angle)] as const);
    return {
      type: 'scatter3d',
      mode: 'lines',
      x: at.map(([a]) => a),
      y: at.map(([, b]) => b),
      z: at.map(([a, b]) => above(a, b, LIFT.line)),
      line: { ...line, dash: 'dash' },
      name: label,
      hoverinfo: 'name',
    };
  });
  const spot = point && {
    type: 'scatter3d',
    mode: 'markers',
    x: [point.x],
    y: [point.y],
    z: [above(point.x, point.y, LIFT.point)],
    text: [point.label],
    marker: { size: 6, color: '#ffffff', line: { color: ON_SURFACE, width: 2 } },
    hoverinfo: 'text',
  };
  const data = [
    {
      type: 'surface',
      x: x.values,
      y: y.values,
      z,
      colorscale: colours.stops,
      cmin: colours.min,
      cmax: colours.max,
      colorbar: { thickness: 12, len: 0.7, outlinewidth: 0, tickfont: { size: 11 } },
      lighting: { ambient: 0.85, diffuse: 0.35, specular: 0.05 },
      contours: {
        x: { highlight: false },
        y: { highlight: false },
        z:
          level === null
            ? { highlight: false }
            : // One level alone: the next one lies beyond the surface.
              {
                show: true,
                start: level,
                end: level + range / 1000,
                size: 2 * range,
                color: ON_SURFACE,
                width: 10,
                highlight: false,
              },
      },
      text: z.map((row, i) =>
        row.map((value, j) =>
          [
            `${x.label}: ${nameOf(x, j)}`,
            `${y.label}: ${nameOf(y, i)}`,
            `${zLabel}: ${Number(value.toPrecision(3))}`,
          ].join('<br>'),
        ),
      ),
      hoverinfo: 'text',
    },
    ...marks,
    ...(spot === null ? [] : [spot]),
  ];
  const layout = {
    autosize: false,
    width,
    height,
    showlegend: false,
    margin: { l: 0, r: 0, t: 0, b: 0 },
    paper_bgcolor: 'rgba(0,0,0,0)',
    font: { family: ink.font, color: ink.ink },
    hoverlabel: { font: { family: ink.font } },
    scene: {
      aspectmode: 'manual',
      aspectratio: { x: 1.3, y: 1.3, z: 0.85 },
      camera: cameraOf(view, width),
      dragmode: 'turntable',
      xaxis: axisOf(x, ink),
      yaxis: axisOf(y, ink),
      zaxis: axisOf({ label: zLabel, values: [], isLogarithmic: false, names: null }, ink),
    },
  };
  return { data, layout };
}
