/** A surface over a rectangle, to be drawn in space or flat. */
export interface Surface {
  readonly x: SurfaceAxis;
  readonly y: SurfaceAxis;
  /** One row for each y, one value for each x. */
  readonly z: readonly (readonly number[])[];
  readonly zLabel: string;
  readonly colours: SurfaceColours;
  /** A level that is drawn as a line. */
  readonly level: number | null;
  /** Around the origin of x and y. */
  readonly circles: readonly { readonly radius: number; readonly label: string }[];
  /** A point that is marked, on the surface. */
  readonly point: { readonly x: number; readonly y: number; readonly label: string } | null;
  /** x and y have one unit. */
  readonly isSquare: boolean;
}

export interface SurfaceAxis {
  readonly label: string;
  /** In order, at even steps, or at even ratios if it is logarithmic. */
  readonly values: readonly number[];
  readonly isLogarithmic: boolean;
  /** Names in place of numbers. */
  readonly names: readonly string[] | null;
}

export interface SurfaceColours {
  /** From 0 to 1, each with its colour. */
  readonly stops: readonly (readonly [number, string])[];
  readonly min: number;
  readonly max: number;
}

/** From dark to light, evenly to the eye and for those who do not tell all colours apart (viridis). */
const RISING = ['#440154', '#3b528b', '#21918c', '#5ec962', '#fde725'] as const;
/** The colours of a flip and of what stays, white between. */
const SIGNED = ['#9a3107', '#e8743b', '#f7c9b0', '#f7f7f7', '#b4c8f2', '#5f87de', '#1d4fb8'] as const;

const spaced = (colours: readonly string[]): [number, string][] =>
  colours.map((colour, i) => [i / (colours.length - 1), colour]);

export const probabilityColours: SurfaceColours = { stops: spaced(RISING), min: 0, max: 1 };

/** Colours that tell the sign; larger values than `reach` have those of its ends. */
export function signedColours(reach: number): SurfaceColours {
  return { stops: spaced(SIGNED), min: -reach, max: reach };
}

/** [r, g, b] in [0, 255] */
export function colourAt({ stops, min, max }: SurfaceColours, value: number): [number, number, number] {
  const share = Math.min(1, Math.max(0, (value - min) / (max - min)));
  const above = Math.max(
    1,
    stops.findIndex(([at]) => at >= share),
  );
  const [[from, low], [to, high]] = [stops[above - 1], stops[above]] as [[number, string], [number, string]];
  const part = (share - from) / (to - from);
  const channel = (hex: string, c: number): number => Number.parseInt(hex.slice(1 + 2 * c, 3 + 2 * c), 16);
  return [0, 1, 2].map((c) => channel(low, c) + part * (channel(high, c) - channel(low, c))) as [
    number,
    number,
    number,
  ];
}

/** The surface at a place between its values, straight between neighbours; the place is within the rectangle. */
export function heightAt({ x, y, z }: Pick<Surface, 'x' | 'y' | 'z'>, atX: number, atY: number): number {
  const locate = ({ values, isLogarithmic }: SurfaceAxis, at: number): [number, number] => {
    const scale = (value: number): number => (isLogarithmic ? Math.log(value) : value);
    const [first, last] = [values[0], values.at(-1)] as [number, number];
    const place = ((scale(at) - scale(first)) / (scale(last) - scale(first))) * (values.length - 1);
    const index = Math.min(values.length - 2, Math.max(0, Math.floor(place)));
    return [index, Math.min(1, Math.max(0, place - index))];
  };
  const [j, partX] = locate(x, atX);
  const [i, partY] = locate(y, atY);
  const value = (row: number, column: number): number => z[row]?.[column] as number;
  const along = (row: number): number => value(row, j) + partX * (value(row, j + 1) - value(row, j));
  return along(i) + partY * (along(i + 1) - along(i));
}
