import { useMemo } from 'react';
import { useShallow } from 'zustand/react/shallow';
import { REFERENCE } from '../../../estimators/roles';
import { Figure } from '../../charts/figure/Figure';
import { NoiseGrid, NoiseGridPlace } from '../../charts/NoiseGrid';
import { toDataUrl } from '../../charts/pixels';
import { Swatch } from '../../charts/primitives/Legend';
import { estimateAt } from '../../queries/estimates-at';
import { figureText } from '../../queries/figure-text';
import { useCopies, useEstimates, useSweep } from '../../queries/hooks';
import { SeriesContext, useQuestion } from '../../queries/series';
import { report } from '../../session/problem';
import { missingWords } from '../../state/missing';
import { SERIES } from '../../state/question';
import { cursorStops, nearestIndex } from '../../state/radii';
import { radiiOf, selectedSigma } from '../../state/selectors';
import { type SeriesNames, useSeriesNames } from '../../state/series-names';
import { updateSettings, useStore } from '../../state/store';
import { strings } from '../../strings';
import { RangeField } from '../../ui/fields';
import { formatCount, formatEstimate, formatLimits, formatSigma } from '../../ui/format';

const COLUMNS = 10;

const RADIUS_SLIDER = 'noise-radius';

/** From here on the arrow keys move the radius. */
export function focusRadius(): void {
  document.getElementById(RADIUS_SLIDER)?.focus({ preventScroll: true });
}

/** The sentence, the radius slider, and exactly those copies that the sentence counts; of two curves, both. */
export function NoisePanel() {
  const names = useSeriesNames();
  return (
    <section className="card" aria-label={strings.noise.heading}>
      <Sentence />
      {names !== null && (
        <SeriesContext value="compared">
          <SecondSentence name={names.compared} />
        </SeriesContext>
      )}
      <RadiusSlider />
      {names === null ? (
        <>
          <Copies />
          <EstimateAtCursor />
        </>
      ) : (
        <BothCopies names={names} />
      )}
      <p className="hint">{strings.noise.clipped}</p>
    </section>
  );
}

function BothCopies({ names }: { readonly names: SeriesNames }) {
  return (
    <div className="noise-pair">
      {SERIES.map((series) => (
        <SeriesContext key={series} value={series}>
          <figure data-curve={series}>
            <figcaption>
              <Swatch kind={series === 'main' ? 'curve' : 'other-curve'} isInText />
              {names[series]}
              <SeriesPicture />
            </figcaption>
            <Copies isSmall />
            <EstimateAtCursor />
          </figure>
        </SeriesContext>
      ))}
    </div>
  );
}

/** Which of two pictures this is of; of two models it is the same. */
function SeriesPicture() {
  const differ = useStore(({ settings }) => settings.compare?.with === 'picture');
  const prepared = useQuestion()?.image.prepared;
  const url = useMemo(
    () => (differ && prepared ? toDataUrl(prepared.data, prepared.shape) : null),
    [differ, prepared],
  );
  return url === null ? null : <img className="lane-picture pixelated" src={url} alt="" />;
}

/** The class asked for, its name, and whether it is the predicted one. */
function useTarget() {
  const labels = useQuestion()?.model.card.labels;
  const prediction = useSweep(({ data }) => data.prediction);
  if (!labels || !prediction) return null;
  const { target, predicted } = prediction;
  return { predicted, label: labels[target] ?? String(target), isPredicted: target === predicted };
}

/** The attributes of what is of another radius than the cursor's: dimmed, and being brought up to date. */
const outdated = (is: boolean) => (is ? { 'data-outdated': true, 'aria-busy': true } : {});

/** How many copies kept the class, in words: a count only once it is of the cursor's radius; null without copies. */
function useCount(): { readonly text: string; readonly isOutdated: boolean } | null {
  const { copies, isOutdated } = useCopies();
  if (copies === null) return null;
  const { classes, target } = copies;
  const messages = strings.noise.sentence;
  const kept = classes.filter((called) => called === target).length;
  return {
    isOutdated,
    text: isOutdated ? messages.pending(classes.length) : messages.count(kept, classes.length),
  };
}

/** In place of a sentence: that copies are being made, or that they could not be. */
function NoCopies({ className }: { readonly className: string }) {
  const { hasFailed, retry } = useCopies();
  const missing = useStore(missingWords);
  if (missing !== null) return <p className="hint">{missing}</p>;
  if (!hasFailed) return <p className={`${className} waiting`}>{strings.noise.waiting}</p>;
  return (
    <p className={`${className} waiting`}>
      {strings.noise.failed}{' '}
      <button type="button" onClick={retry}>
        {strings.failedPart.retry}
      </button>
    </p>
  );
}

function Sentence() {
  const count = useCount();
  const asked = useTarget();
  if (count === null || asked === null) return <NoCopies className="sentence" />;
  const messages = strings.noise.sentence;
  return (
    <p className="sentence" data-testid="sentence" {...outdated(count.isOutdated)}>
      {messages.start} <strong>{count.text}</strong> {messages.copies}{' '}
      {asked.isPredicted ? strings.noise.stays(asked.label) : strings.noise.becomes(asked.label)}.
    </p>
  );
}

/** The same of the other curve: as short as the first allows. */
function SecondSentence({ name }: { readonly name: string }) {
  const count = useCount();
  const ownClass = useStore(({ settings }) => settings.compare?.with === 'picture');
  const asked = useTarget();
  if (count === null || asked === null) return <NoCopies className="sentence-second" />;
  const messages = strings.noise.sentence;
  return (
    <p className="sentence-second" data-testid="second-sentence" {...outdated(count.isOutdated)}>
      {name}: {messages.startSecond} <strong>{count.text}</strong>
      {ownClass &&
        ` ${asked.isPredicted ? strings.noise.stays(asked.label) : strings.noise.becomes(asked.label)}`}
      .
    </p>
  );
}

function RadiusSlider() {
  const sigma = useStore(selectedSigma);
  const d = useStore((state) => state.image?.prepared.data.length);
  const radii = useStore(useShallow(radiiOf));
  if (sigma === null) return <div className="radius" />;
  const stops = cursorStops(radii);
  const index = nearestIndex(stops, sigma);
  const l2 = d === undefined ? '' : formatSigma(sigma * Math.sqrt(d));
  return (
    <div className="radius">
      <RangeField
        id={RADIUS_SLIDER}
        label={
          <>
            {strings.noise.radius} = <output>{formatSigma(sigma)}</output>
          </>
        }
        labelSide="above"
        min={0}
        max={stops.length - 1}
        value={index}
        valueText={strings.noise.radiusText(formatSigma(sigma), l2)}
        onChange={(stop) => updateSettings({ cursor: stops[stop] ?? null })}
      />
      <p className="hint">{l2 !== '' && strings.noise.l2(l2)}</p>
    </div>
  );
}

function Copies({ isSmall = false }: { readonly isSmall?: boolean }) {
  const question = useQuestion();
  const { copies, isOutdated } = useCopies();
  const asked = useTarget();
  const count = copies?.classes.length ?? 0;
  if (!copies || question === null || asked === null) return <NoiseGridPlace />;
  const flips = copies.classes.filter((called) => called !== asked.predicted).length;
  const sigma = formatSigma(copies.sigma);
  const describe = () =>
    figureText(
      {
        kind: 'noise',
        title: strings.figure.titles.noise(count, sigma),
        sigma,
        notes: [`${strings.noise.grid(count, sigma, flips)}. ${strings.noise.clipped}`],
      },
      question.series,
    );
  return (
    <div className="noise-copies" {...outdated(isOutdated)}>
      <Figure name="noise" label={strings.figure.names.noise} describe={describe} onError={report}>
        <NoiseGrid
          x={copies.x}
          shape={question.image.prepared.shape}
          sigma={copies.sigma}
          normals={copies.normals}
          classes={copies.classes}
          labels={question.model.card.labels}
          expected={asked.predicted}
          columns={COLUMNS}
          isSmall={isSmall}
          label={strings.noise.grid(count, sigma, flips)}
        />
      </Figure>
      <Flips classes={copies.classes} labels={question.model.card.labels} expected={asked.predicted} />
    </div>
  );
}

interface FlipsProps {
  readonly classes: readonly number[];
  readonly labels: readonly string[];
  readonly expected: number;
}

/** Full names of the classes that the grid has only the first letters of, the most frequent first. */
function Flips({ classes, labels, expected }: FlipsProps) {
  if (labels.every((label) => label.length === 1)) return null;
  const counts = labels.map((label, i) => ({
    label,
    count: classes.filter((called) => called === i).length,
  }));
  const flips = counts.filter(({ count }, i) => count > 0 && i !== expected);
  if (flips.length === 0) return null;
  const text = flips
    .sort((a, b) => b.count - a.count)
    .map(({ label, count }) => strings.noise.flip(label, count));
  return <p className="hint">{strings.noise.flips(text)}</p>;
}

function EstimateAtCursor() {
  const sigma = useStore(selectedSigma);
  const estimate = useEstimates((known) =>
    sigma === null ? undefined : estimateAt(known, REFERENCE.id, sigma),
  );
  const isSampled = useQuestion()?.estimators.includes(REFERENCE.id);
  const asked = useTarget();
  if (estimate === undefined || estimate.lo === null || estimate.hi === null || asked === null) {
    return isSampled === false ? null : <p className="cursor-estimate" />;
  }
  const { lo, hi, p, evaluations } = estimate;
  return (
    <p className="cursor-estimate" data-testid="cursor-estimate">
      {asked.isPredicted ? strings.noise.estimate.stays : strings.noise.estimate.becomes(asked.label)}{' '}
      <strong>{formatEstimate(estimate)}</strong>{' '}
      <span className="hint">
        {strings.sweep.level}: {formatLimits(lo, hi)}, {formatCount(evaluations)}{' '}
        {strings.noise.sentence.copies}.{p === 1 && ` ${strings.noise.noneFailed}`}
      </span>
    </p>
  );
}
