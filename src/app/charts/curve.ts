export interface CurvePoint {
  readonly sigma: number;
  readonly p: number;
  readonly lo: number | null;
  readonly hi: number | null;
}

export interface CurveSeries {
  readonly id: string;
  readonly name: string;
  /** Sampled series are points with bars, all others lines. */
  readonly sampled: boolean;
  /** Number of the colour: --series-<n> */
  readonly colour: number;
  readonly points: readonly CurvePoint[];
}
