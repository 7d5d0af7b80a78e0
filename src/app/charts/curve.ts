export interface CurvePoint {
  readonly sigma: number;
  readonly p: number;
  readonly lo: number | null;
  readonly hi: number | null;
}

export interface CurveSeries {
  /** Series of one id are the same estimator and are highlighted together. */
  readonly id: string;
  /** Of the compared curve: drawn dashed and hollow. */
  readonly isCompared?: boolean | undefined;
  readonly name: string;
  /** Which curve it belongs to, in words, where there are two. */
  readonly of?: string | undefined;
  /** Sampled series are points with bars, all others lines. */
  readonly sampled: boolean;
  /** In CSS. */
  readonly colour: string;
  readonly points: readonly CurvePoint[];
}

export const seriesKey = ({ id, isCompared }: Pick<CurveSeries, 'id' | 'isCompared'>): string =>
  isCompared ? `${id}, compared` : id;

/** Whether something of this id steps back because another one is highlighted. */
export const isFaded = (id: string, highlighted: string | null = null): boolean =>
  highlighted !== null && highlighted !== id;

/** A distance on the radius axis. */
export interface AxisMark {
  readonly kind: AxisMarkKind;
  readonly isCompared: boolean;
  readonly label: string;
  readonly value: number;
}

export type AxisMarkKind = 'adversary' | 'certified' | 'equivalent';
