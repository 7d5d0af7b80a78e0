import { useContext, useMemo } from 'react';
import { useShallow } from 'zustand/react/shallow';
import { CATALOGUE } from '../../../estimators/catalogue';
import { estimatorIn, REFERENCE } from '../../../estimators/roles';
import { CurveChart } from '../../charts/CurveChart';
import { type CurveSeries, seriesKey } from '../../charts/curve';
import { Figure } from '../../charts/figure/Figure';
import { report } from '../../session/problem';
import { type LaneNames, useLaneNames } from '../../state/lane-names';
import { viewOf } from '../../state/lanes';
import { liveWords } from '../../state/live-words';
import { cursorStops, nearestIndex } from '../../state/radii';
import { cursorSigma, estimateAt, radiiOf, shownEstimators } from '../../state/selectors';
import { type AppState, StoreContext, updateSettings, useStore } from '../../state/store';
import { useGaps } from '../../state/use-gaps';
import { strings } from '../../strings';
import { Choice } from '../../ui/Choice';
import { formatSigma } from '../../ui/format';
import { CursorReadout } from './CursorReadout';
import { CompareBar } from './compare/CompareBar';
import { CompareSentence } from './compare/CompareSentence';
import { conclusion } from './compare/conclusion';
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
  const heading = useStore(({ sweep, model }) => {
    const { target, predicted } = sweep?.prediction ?? {};
    if (target === undefined || target === predicted) return strings.sweep.heading;
    return strings.sweep.headingFor(model?.card.labels[target] ?? String(target));
  });
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

/** The curves of one lane's estimators. */
function toSeries(view: AppState | null, beside: boolean, of?: string): CurveSeries[] {
  if (view === null) return [];
  const shown = shownEstimators(view);
  return CATALOGUE.flatMap(({ id, name, kind, colour }): CurveSeries[] => {
    if (!shown.includes(id)) return [];
    const points = (view.sweep?.estimates[id] ?? []).filter((estimate) => estimate !== undefined);
    return [{ id, beside, name, ...(of && { of }), sampled: kind === 'sampled', colour, points }];
  });
}

/** The shown curves, then those beside them. */
function useSeries(names: LaneNames | null): readonly CurveSeries[] {
  const shown = useStore(shownEstimators);
  const sweep = useStore((state) => state.sweep);
  const compared = useStore((state) => viewOf(state, 'compared')?.sweep);
  const { getState } = useContext(StoreContext);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what series are made of, taken from the state at once
  return useMemo(() => {
    const state = getState();
    const beside = names === null ? null : viewOf(state, 'compared');
    return [...toSeries(state, false, names?.shown), ...toSeries(beside, true, names?.compared)];
  }, [names, shown, sweep, compared]);
}

/** Where the curves are at the cursor. */
function useMarks(series: readonly CurveSeries[], cursor: number | null) {
  const values = useStore(
    useShallow((state) =>
      series.map(({ id, beside }) => {
        const view = viewOf(state, beside ? 'compared' : 'shown');
        return view && cursor !== null ? estimateAt(view, id, cursor)?.p : undefined;
      }),
    ),
  );
  return series.flatMap(({ id, beside, colour }, i) => {
    const p = values[i];
    return p === undefined ? [] : [{ id, beside, colour, p }];
  });
}

function Curve({ onRelease }: SweepPanelProps) {
  const settings = useStore((state) => state.settings);
  const image = useStore((state) => state.image);
  const asked = useStore(({ model, sweep }) => model?.card.labels[sweep?.prediction?.target ?? -1]);
  const cursor = useStore(cursorSigma);
  const radii = useStore(useShallow(radiiOf));
  const highlighted = useStore((state) => state.highlighted);
  const names = useLaneNames();
  const series = useSeries(names);
  const marks = useMarks(series, cursor);
  const distances = useAxisMarks(cursor);
  const [min = 0.1, max = 1] = [radii[0], radii.at(-1)];

  const sampled = { id: REFERENCE.id, beside: false };
  const unexplained = useGaps()?.verdict.unexplained[0]?.estimatorId ?? SHADED;
  const other = names === null ? { id: unexplained, beside: false } : { id: REFERENCE.id, beside: true };

  const axisY =
    settings.compare?.with === 'picture'
      ? strings.sweep.axisYOwn
      : asked === undefined
        ? strings.sweep.axisYNone
        : strings.sweep.axisY(asked);
  const describe = () => {
    const what = axisY.charAt(0).toUpperCase() + axisY.slice(1);
    const found = conclusion(useStore.getState(), true);
    return liveWords(useStore.getState(), {
      kind: 'curve',
      title: names === null ? what : strings.figure.titles.compared(names.shown, names.compared, axisY),
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
