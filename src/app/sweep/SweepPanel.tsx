import { useMemo } from 'react';
import { ESTIMATORS } from '../../estimators/registry';
import { CurveChart } from '../charts/CurveChart';
import type { CurveSeries } from '../charts/curve';
import { Choice } from '../common/Choice';
import { formatSigma } from '../common/format';
import { Figure } from '../figures/Figure';
import { liveWords } from '../figures/live-words';
import { cursorStops, nearestIndex, sweepRadii } from '../state/radii';
import { cursorSigma, shownEstimators } from '../state/selectors';
import { updateSettings, useStore } from '../state/store';
import { useEstimatesAt } from '../state/use-estimates';
import { strings } from '../strings';
import { CursorReadout } from './CursorReadout';
import { GapSentence } from './GapSentence';
import { Progress } from './Progress';
import { thumbnailsOf } from './thumbnails';
import { useGaps } from './use-gaps';

const scales = (['linear', 'logit'] as const).map((value) => ({ value, text: strings.sweep.scale[value] }));
/** Shaded against sampling where no other curve lies further off. */
const SHADED = 'taylor';

/** The curve: p_robust against the radius, as it streams in. */
export function SweepPanel() {
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
      <Progress />
      <Curve />
      <CursorReadout />
      <EstimatorSwitches />
      <GapSentence />
    </section>
  );
}

function Curve() {
  const settings = useStore((state) => state.settings);
  const model = useStore((state) => state.model);
  const image = useStore((state) => state.image);
  const sweep = useStore((state) => state.sweep);
  const shown = useStore(shownEstimators);
  const cursor = useStore(cursorSigma);
  const target = sweep?.prediction?.target;
  const asked = target === undefined ? undefined : model?.card.labels[target];
  const radii = useMemo(() => (model ? sweepRadii(settings, model.card) : []), [settings, model]);
  const [min = 0.1, max = 1] = [radii[0], radii.at(-1)];

  const thumbnails = useMemo(() => {
    if (image === null) return [];
    return thumbnailsOf(image.prepared, settings.seed, { min, max });
  }, [image, settings.seed, min, max]);

  const series = useMemo(
    () =>
      ESTIMATORS.flatMap(({ id, name, kind }, colour): CurveSeries[] => {
        if (!shown.includes(id)) return [];
        const points = (sweep?.estimates[id] ?? []).filter((estimate) => estimate !== undefined);
        return [{ id, name, sampled: kind === 'sampled', colour, points }];
      }),
    [shown, sweep?.estimates],
  );

  const shaded = useGaps()?.verdict.unexplained[0]?.estimatorId ?? SHADED;
  const atCursor = useEstimatesAt(cursor);
  const marks = series.flatMap(({ id, colour }) => {
    const estimate = atCursor[colour];
    return estimate ? [{ id, colour, p: estimate.p }] : [];
  });

  const axisY = strings.sweep.axisY(asked ?? '…');
  const describe = () =>
    liveWords(useStore.getState(), {
      kind: 'curve',
      title: axisY.charAt(0).toUpperCase() + axisY.slice(1),
      sigma: `${formatSigma(min)}–${formatSigma(max)}`,
      note: strings.sweep.figureNote,
      legend: series,
    });

  return (
    <Figure name="curve" label={strings.figure.names.curve} describe={describe}>
      <CurveChart
        series={series}
        range={{ min, max }}
        scale={settings.scale}
        gap={[shaded, 'mc']}
        cursor={cursor}
        marks={marks}
        thumbnails={thumbnails}
        onCursor={(sigma) => {
          const stops = cursorStops(radii);
          updateSettings({ cursor: stops[nearestIndex(stops, sigma)] ?? null });
        }}
        label={strings.sweep.chart}
        axisLabels={{ x: strings.sweep.axisX, y: axisY }}
      />
    </Figure>
  );
}

/** Legend and switches in one. */
function EstimatorSwitches() {
  const wanted = useStore((state) => state.settings.estimators);
  const shown = useStore(shownEstimators);
  const noGradients = useStore((state) => state.model?.noGradients ?? null);
  const toggle = (id: string): void => {
    const isOn = (one: string): boolean => wanted.includes(one) !== (one === id);
    const next = ESTIMATORS.map((one) => one.id).filter(isOn);
    updateSettings({ estimators: next });
  };
  return (
    <fieldset className="switches">
      <legend className="visually-hidden">{strings.settings.estimators}</legend>
      {ESTIMATORS.map(({ id, name, kind, unbiased, needsGradients, summary }, colour) => (
        <label
          key={id}
          title={needsGradients && noGradients !== null ? strings.settings.noGradients(noGradients) : summary}
          style={{ '--colour': `var(--series-${colour})` } as React.CSSProperties}
        >
          <input
            type="checkbox"
            checked={shown.includes(id)}
            disabled={(shown.length === 1 && shown.includes(id)) || (needsGradients && noGradients !== null)}
            onChange={() => toggle(id)}
            data-estimator={id}
          />
          <span className={kind === 'sampled' ? 'key key-points' : 'key key-line'} aria-hidden="true" />
          {name}
          {!unbiased && (
            <span className="tag" title={strings.settings.biasedTitle}>
              {strings.settings.biased}
            </span>
          )}
        </label>
      ))}
      {noGradients !== null && <p className="hint">{strings.settings.noGradients(noGradients)}</p>}
    </fieldset>
  );
}
