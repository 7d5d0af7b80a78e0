import { CATALOGUE } from '../../../estimators/catalogue';
import { sampledShares } from '../../../estimators/class-shares';
import type { ClassReading } from '../../../estimators/classes/reading';
import type { Estimate, StopRule } from '../../../estimators/estimate';
import { estimatorIn, REFERENCE } from '../../../estimators/roles';
import { type ClassBar, ClassBars, type ClassMark } from '../../charts/ClassBars';
import { seriesColour } from '../../charts/CurveMarks';
import { Figure } from '../../charts/figure/Figure';
import { Legend, Swatch } from '../../charts/primitives/Legend';
import { estimateAt } from '../../queries/estimates-at';
import { figureText } from '../../queries/figure-text';
import { useClassReadings, useEstimates, useSweep } from '../../queries/hooks';
import { useQuestion } from '../../queries/series';
import { report } from '../../session/problem';
import type { Series } from '../../state/question';
import { currentStop, selectedSigma } from '../../state/selectors';
import { useSeriesNames } from '../../state/series-names';
import { updateSettings, useStore } from '../../state/store';
import { useSeriesAttributes } from '../../state/use-highlight';
import { usePanel } from '../../state/use-panel';
import { strings } from '../../strings';
import { formatLimits, formatProbability, formatShare, formatSigma } from '../../ui/format';
import { Panel } from '../../ui/Panel';

const messages = strings.classes;
const confidenceColour = estimatorIn('confidence').colour;

function valueText({ share }: ClassBar): string {
  if (share === null) return strings.table.pending;
  return `${formatShare(share.p, share.lo, share.hi)} (${formatLimits(share.lo, share.hi)})`;
}

/** What a reading says of class i. */
function markOf(reading: ClassReading, i: number): Pick<ClassMark, 'p' | 'atMost'> {
  const found = reading.classes.find(({ index }) => index === i);
  return { p: found?.p ?? null, atMost: found?.p ?? reading.others.atMost };
}

/** What the bar shows beside the share, for those who do not see it. */
function markText({ marks, other }: ClassBar, otherName: string): string {
  const texts = marks.map(({ name, p, atMost }) =>
    messages.mark(name, p === null ? `≤ ${formatProbability(atMost)}` : formatProbability(p)),
  );
  if (other) texts.push(messages.mark(otherName, formatShare(other.p, other.lo, other.hi)));
  return texts.length === 0 ? '' : `; ${texts.join(', ')}`;
}

/** Shares of all classes, looked at together; null before anything was counted. */
function sharesOf(
  sampled: Estimate | undefined,
  target: number | undefined,
  stop: StopRule,
): readonly NonNullable<ClassBar['share']>[] | null {
  if (sampled?.classCounts === undefined || target === undefined) return null;
  return sampledShares(sampled, target, stop).shares;
}

/** The analytical estimators that are switched on and tell classes apart, with what they said, if they did. */
function useReadings(isSeen: boolean) {
  const shown = useQuestion('main')?.estimators ?? [];
  const readings = useClassReadings(isSeen);
  return CATALOGUE.flatMap(({ id, name, colour, readsClasses }) =>
    readsClasses && shown.includes(id) ? [{ id, name, colour, reading: readings[id] }] : [],
  );
}

/** The estimate by Monte Carlo at a radius. */
const useSampledAt = (sigma: number | null, series: Series): Estimate | undefined =>
  useEstimates((known) => (sigma === null ? undefined : estimateAt(known, REFERENCE.id, sigma)), series);

/** Where the noise leads at the cursor's radius, class by class, beside the clean image's softmax. */
export function ClassPanel() {
  const panel = usePanel('classes');
  const labels = useStore((state) => state.model?.card.labels);
  const prediction = useSweep(({ data }) => data.prediction, 'main');
  const sigma = useStore(selectedSigma);
  const sampled = useSampledAt(sigma, 'main');
  const sampledBeside = useSampledAt(sigma, 'compared');
  const targetBeside = useSweep(({ data }) => data.prediction?.target, 'compared');
  const stop = useStore(currentStop);
  const names = useSeriesNames();
  const shares = sharesOf(sampled, prediction?.target, stop);
  const others = sharesOf(sampledBeside, targetBeside, stop);
  const isSampled = useQuestion('main')?.estimators.includes(REFERENCE.id) ?? true;
  const readings = useReadings(panel.isOpen);
  const attributes = useSeriesAttributes();
  const highlighted = useStore((state) => state.highlighted);
  const targetSet = useStore((state) => state.settings.target !== null);
  const bars = (labels ?? []).map((label, i): ClassBar => {
    return {
      label,
      share: shares?.[i] ?? null,
      other: names === null ? null : (others?.[i] ?? null),
      confidence: prediction?.probabilities[i] ?? 0,
      isTarget: prediction?.target === i,
      marks: readings.flatMap(({ reading, ...rest }) =>
        reading ? [{ ...rest, ...markOf(reading, i) }] : [],
      ),
    };
  });
  const describe = () => {
    const at = sigma === null ? '' : formatSigma(sigma);
    const title = strings.figure.titles.classes(at);
    return figureText({
      kind: 'classes',
      title,
      sigma: at,
      notes: [messages.figureNote],
      both: true,
    });
  };
  return (
    <Panel title={messages.heading} {...panel}>
      <Figure name="classes" label={strings.figure.names.classes} describe={describe} onError={report}>
        <ClassBars
          bars={bars}
          sampled={REFERENCE}
          confidenceColour={confidenceColour}
          highlighted={highlighted}
          onSelect={(i) => updateSettings({ target: i === prediction?.predicted ? null : i })}
          selectLabel={messages.select}
          valueText={valueText}
          markText={(bar) => markText(bar, names?.compared ?? '')}
        />
        <Legend
          items={[
            ...(isSampled
              ? [
                  {
                    key: 'sampled',
                    mark: <Swatch kind="bar" colour={REFERENCE.colour} />,
                    text: names === null ? messages.legend.sampled : messages.legend.sampledOf(names.main),
                  },
                ]
              : []),
            ...(isSampled && names !== null
              ? [
                  {
                    key: 'compared',
                    mark: <Swatch kind="dashed" colour="var(--ink)" />,
                    text: messages.legend.sampledOf(names.compared),
                  },
                ]
              : []),
            {
              key: 'confidence',
              mark: <Swatch kind="tick" colour={confidenceColour} />,
              text: messages.legend.confidence,
            },
            ...readings.map(({ id, name, colour, reading }) => ({
              key: id,
              mark: <Swatch kind="tick" />,
              text: reading === undefined ? `${name} ${strings.table.pending}` : name,
              attributes: {
                ...attributes(id),
                style: seriesColour(colour),
                'data-known': reading !== undefined,
              },
            })),
          ]}
        />
      </Figure>
      {targetSet && (
        <button type="button" onClick={() => updateSettings({ target: null })}>
          {messages.reset}
        </button>
      )}
      <p className="hint">{isSampled ? messages.hint : messages.notSampled}</p>
    </Panel>
  );
}
