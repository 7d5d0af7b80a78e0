import { useMemo } from 'react';
import { addNoise, toDataUrl } from '../../charts/pixels';
import { EachSeries } from '../../queries/EachSeries';
import { useAdversary, useCopies, useSweep } from '../../queries/hooks';
import { useQuestion } from '../../queries/series';
import { missingWords } from '../../state/missing';
import { GAINS } from '../../state/settings';
import { updateSettings, useStore } from '../../state/store';
import { usePanel } from '../../state/use-panel';
import { strings } from '../../strings';
import { CheckboxField, RangeField } from '../../ui/fields';
import { formatShareDone, formatSigma } from '../../ui/format';
import { Panel } from '../../ui/Panel';
import styles from './WorstCase.module.css';

const messages = strings.distances.pictures;
const FIRST_GAIN = 8;
/** The adversary's picture beside a noisy copy, and what was changed, as large as one likes. */
export function WorstCase() {
  const panel = usePanel('worst');
  const gain = useStore(({ settings }) => settings.magnified);
  return (
    <Panel title={strings.distances.heading} {...panel}>
      {panel.isOpen && (
        <>
          <EachSeries>
            <Pictures gain={gain} />
          </EachSeries>
          <Magnifier gain={gain} onChange={(magnified) => updateSettings({ magnified })} />
        </>
      )}
    </Panel>
  );
}

interface MagnifierProps {
  readonly gain: number | null;
  readonly onChange: (gain: number | null) => void;
}

function Magnifier({ gain, onChange }: MagnifierProps) {
  return (
    <div className={styles.magnifier}>
      <CheckboxField isChecked={gain !== null} onToggle={(isOn) => onChange(isOn ? FIRST_GAIN : null)}>
        {messages.magnify}
      </CheckboxField>
      {gain !== null && (
        <RangeField
          label={messages.gain}
          min={0}
          max={GAINS.length - 1}
          value={GAINS.indexOf(gain)}
          valueText={messages.times(String(gain))}
          onChange={(index) => onChange(GAINS[index] ?? FIRST_GAIN)}
        />
      )}
    </div>
  );
}

function norm(values: Float32Array): number {
  return Math.sqrt(values.reduce((sum, value) => sum + value * value, 0));
}

/** Why there is no adversary to show; null where there is one. */
function useReason(): string | null {
  const missing = useStore(missingWords);
  const noGradients = useQuestion()?.model.noGradients ?? null;
  const { data: found, fraction } = useAdversary();
  if (missing !== null) return missing;
  if (noGradients !== null) return messages.noGradients;
  if (found === undefined)
    return fraction > 0 ? messages.searching(formatShareDone(fraction)) : messages.waiting;
  if (found === null) return messages.none;
  return found.distance === 0 ? messages.already : null;
}

function Pictures({ gain }: { readonly gain: number | null }) {
  const question = useQuestion();
  const found = useAdversary().data ?? null;
  const { copies, isOutdated } = useCopies();
  const predicted = useSweep(({ data }) => data.prediction?.predicted);
  const reason = useReason();
  const shown = useMemo(() => {
    if (question === null || found === null || copies === null || found.distance === 0) return null;
    const { data, shape } = question.image.prepared;
    if (data.length !== found.point.length || copies.x !== data) return null;
    const noisy = addNoise(data, copies.sigma, copies.normals.subarray(0, data.length));
    const difference = found.point.map((value, i) => value - (data[i] as number));
    const far = norm(noisy.map((value, i) => value - (data[i] as number)));
    return { shape, data, noisy, difference, far };
  }, [question, found, copies]);

  if (reason !== null) return <p className="hint">{reason}</p>;
  if (shown === null || found === null || copies === null) return <p className="hint">{messages.waiting}</p>;
  const { shape, data, noisy, difference, far } = shown;
  const called = (index: number | undefined): string =>
    index === undefined ? '' : messages.called(question?.model.card.labels[index] ?? String(index));
  const picture = (values: Float32Array) => toDataUrl(values, shape);
  return (
    <>
      <div className={styles.worstPictures} data-result>
        <Picture name="clean" title={messages.clean} url={picture(data)} facts={[called(predicted)]} />
        <Picture
          name="adversary"
          title={messages.adversary}
          url={picture(found.point)}
          facts={[called(found.called), messages.distance(formatSigma(found.distance))]}
        />
        <Picture
          name="noisy"
          isOutdated={isOutdated}
          title={messages.noisy}
          url={picture(noisy)}
          facts={[called(copies.classes[0]), messages.distance(formatSigma(far))]}
        />
        {gain !== null && (
          <Picture
            name="difference"
            title={messages.difference(String(gain))}
            url={picture(difference.map((value) => 0.5 + gain * value))}
            facts={[messages.grey]}
          />
        )}
      </div>
      <p className="hint" data-outdated={isOutdated || undefined}>
        {messages.hint(isOutdated ? strings.table.pending : formatSigma(far / found.distance))}
      </p>
    </>
  );
}

interface PictureProps {
  readonly name: string;
  readonly title: string;
  readonly url: string;
  readonly facts: readonly string[];
  /** It is of another radius than the cursor's. */
  readonly isOutdated?: boolean;
}

function Picture({ name, title, url, facts, isOutdated = false }: PictureProps) {
  return (
    <figure data-picture={name} data-outdated={isOutdated || undefined}>
      <img src={url} alt={`${title}: ${facts.join(', ')}`} className="pixelated" />
      <figcaption>
        <span className={styles.worstTitle}>{title}</span>
        {facts.map((fact) => (
          <span key={fact}>{fact}</span>
        ))}
      </figcaption>
    </figure>
  );
}
