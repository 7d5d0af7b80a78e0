import { useMemo } from 'react';
import { useShallow } from 'zustand/react/shallow';
import { CATALOGUE } from '../../../estimators/catalogue';
import { estimatorIn, REFERENCE } from '../../../estimators/roles';
import { CurveChart } from '../../charts/CurveChart';
import { type CurveSeries, seriesKey } from '../../charts/curve';
import { Figure } from '../../charts/figure/Figure';
import type { EstimateTable } from '../../queries/estimates';
import { estimateAt } from '../../queries/estimates-at';
import { figureText } from '../../queries/figure-text';
import { useEstimates, useSweep } from '../../queries/hooks';
import { useQuestion } from '../../queries/series';
import { useGaps } from '../../queries/use-gaps';
import { report } from '../../session/problem';
import type { Question, Series } from '../../state/question';
import { cursorStops, nearestIndex } from '../../state/radii';
import { radiiOf, selectedSigma } from '../../state/selectors';
import { useSeriesNames } from '../../state/series-names';
import { updateSettings, useStore } from '../../state/store';
import { strings } from '../../strings';
import { Choice } from '../../ui/Choice';
import { formatSigma } from '../../ui/format';
import { CursorReadout } from './CursorReadout';
import { CompareBar } from './compare/CompareBar';
import { CompareSentence } from './compare/CompareSentence';
import { finalConclusion } from './compare/conclusion';
import { NarrowLaneKeys } from './compare/NarrowLaneKeys';
import { useAxisMarks } from './distances/use-axis-marks';
import { EstimatorSwitches } from './EstimatorSwitches';
import { GapSentence } from './GapSentence';
import { Progress } from './Progress';

const scales = (['linear', 'logit'] as const).map((value) => ({ value, text: strings.sweep.scale[value] }));
/** Shaded against the reference where no other curve lies further off. */
const SHADED = estimatorIn('first-order').id;

interface SweepPanelProps {
  /** Called once the pointer lets go of the cursor in the chart. */
  readonly onRelease?: (() => void) | undefined;
}

/** The curve: p_robust against the radius, as it streams in. */
export function SweepPanel({ onRelease }: SweepPanelProps) {
  const scale = useStore((state) => state.settings.scale);
  const labels = useStore(({ model }) => model?.card.labels);
  const { target, predicted } = useSweep(({ data }) => data.prediction, 'main') ?? {};
  const heading =
    target === undefined || target === predicted
      ? strings.sweep.heading
      : strings.sweep.headingFor(labels?.[target] ?? String(target));
  return (
    <section className="card curve-card" aria-label={strings.sweep.heading}>
      <div className="card-head">
        <h2>{heading}</h2>
        <Choice
          label={strings.sweep.scale.label}
          options={scales}
          value={scale}
          onChange={(value) => updateSettings({ scale: value })}
        />
      </div>
      <CompareBar />
      <Progress />
      <NarrowLaneKeys />
      <Curve onRelease={onRelease} />
      <CompareSentence />
      <GapSentence />
      <CursorReadout />
      <EstimatorSwitches />
    </section>
  );
}

/** The curves of a question's estimators. */
function toSeries(
  question: Question | null,
  { estimates }: Pick<EstimateTable, 'estimates'>,
  of?: string,
): CurveSeries[] {
  if (question === null) return [];
  const { estimators, series } = question;
  return CATALOGUE.flatMap(({ id, name, kind, colour }): CurveSeries[] => {
    if (!estimators.includes(id)) return [];
    const points = (estimates[id] ?? []).filter((estimate) => estimate !== undefined);
    const sampled = kind === 'sampled';
    return [{ id, isCompared: series === 'compared', name, ...(of && { of }), sampled, colour, points }];
  });
}

function useSeriesOf(series: Series, of: string | undefined): readonly CurveSeries[] {
  const question = useQuestion(series);
  const estimates = useSweep(({ data }) => data.estimates, series);
  return useMemo(() => toSeries(question, { estimates }, of), [question, estimates, of]);
}

/** Where the curves of a question are at the selected radius. */
function useMarksOf(series: Series, curves: readonly CurveSeries[], sigma: number | null) {
  const values = useEstimates(
    useShallow((known) =>
      curves.map(({ id }) => (sigma === null ? undefined : estimateAt(known, id, sigma)?.p)),
    ),
    series,
  );
  return curves.flatMap(({ id, isCompared, colour }, i) => {
    const p = values[i];
    return p === undefined ? [] : [{ id, isCompared, colour, p }];
  });
}

function Curve({ onRelease }: SweepPanelProps) {
  const settings = useStore((state) => state.settings);
  const image = useStore((state) => state.image);
  const labels = useStore(({ model }) => model?.card.labels);
  const target = useSweep(({ data }) => data.prediction?.target, 'main');
  const asked = labels?.[target ?? -1];
  const cursor = useStore(selectedSigma);
  const radii = useStore(useShallow(radiiOf));
  const highlighted = useStore((state) => state.highlighted);
  const names = useSeriesNames();
  const main = useSeriesOf('main', names?.main);
  const compared = useSeriesOf('compared', names?.compared);
  const series = useMemo(() => [...main, ...compared], [main, compared]);
  const marks = [...useMarksOf('main', main, cursor), ...useMarksOf('compared', compared, cursor)];
  const distances = useAxisMarks(cursor);
  const [min = 0.1, max = 1] = [radii[0], radii.at(-1)];

  const sampled = { id: REFERENCE.id, isCompared: false };
  const unexplained = useGaps()?.verdict.unexplained[0]?.estimatorId ?? SHADED;
  const other =
    names === null ? { id: unexplained, isCompared: false } : { id: REFERENCE.id, isCompared: true };

  const axisY =
    settings.compare?.with === 'picture'
      ? strings.sweep.axisYOwn
      : asked === undefined
        ? strings.sweep.axisYNone
        : strings.sweep.axisY(asked);
  const describe = () => {
    const what = axisY.charAt(0).toUpperCase() + axisY.slice(1);
    const found = finalConclusion();
    return figureText({
      kind: 'curve',
      title: names === null ? what : strings.figure.titles.compared(names.main, names.compared, axisY),
      sigma: `${formatSigma(min)}–${formatSigma(max)}`,
      notes: found === null ? [strings.sweep.figureNote] : [found, strings.sweep.figureNote],
      legend: series.map(({ of, name, ...rest }) => ({
        ...rest,
        name: of === undefined ? name : strings.figure.ofCurve(name, of),
      })),
      both: true,
    });
  };

  return (
    <Figure name="curve" label={strings.figure.names.curve} describe={describe} onError={report}>
      <CurveChart
        series={series}
        range={{ min, max }}
        scale={settings.scale}
        gap={[seriesKey(other), seriesKey(sampled)]}
        gapKind={names === null ? 'error' : 'comparison'}
        cursor={cursor}
        marks={marks}
        distances={distances}
        highlighted={highlighted}
        picture={image && { ...image.prepared, seed: settings.seed }}
        onCursor={(sigma) => {
          const stops = cursorStops(radii);
          updateSettings({ cursor: stops[nearestIndex(stops, sigma)] ?? null });
        }}
        onRelease={onRelease}
        label={strings.sweep.chart}
        axisLabels={{ x: strings.sweep.axisX, y: axisY }}
      />
    </Figure>
  );
}
