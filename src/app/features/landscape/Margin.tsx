import { useMemo } from 'react';
import type { MarginLandscape } from '../../../estimators/landscape';
import { type Surface, signedColours } from '../../charts/surface';
import { figureText } from '../../queries/figure-text';
import { useMargin, useSweep } from '../../queries/hooks';
import { type Margin as MarginResult, marginQuery } from '../../queries/margin';
import type { TargetQuestion } from '../../queries/target-question';
import { selectedSigma } from '../../state/selectors';
import { useStore } from '../../state/store';
import { strings } from '../../strings';
import { formatCount, formatMs, formatShareDone, formatSigma } from '../../ui/format';
import { Progress } from '../../ui/Progress';
import { marginSentences } from './margin-words';
import { SurfaceFigure } from './SurfaceFigure';

const messages = strings.landscape.margin;

/** The margin over the plane of the two most dangerous directions. */
export function Margin() {
  const { question, margin } = useMargin();
  const noGradients = useStore((state) => state.model?.noGradients ?? null);
  if (noGradients !== null) return <p className="hint">{messages.noGradients(noGradients)}</p>;
  const { data: found } = margin;
  if (found === undefined) return <Waiting question={question} margin={margin} />;
  return found === null ? <p className="hint">{messages.none}</p> : <Found landscape={found} />;
}

interface WaitingProps {
  readonly question: TargetQuestion | null;
  readonly margin: MarginResult;
}

function Waiting({ question, margin: { status, fraction } }: WaitingProps) {
  const isRunning = status === 'idle' || status === 'running';
  const onPress = (): void => {
    if (question === null) return;
    if (isRunning) marginQuery.cancel(question);
    else marginQuery.resume(question);
  };
  const doing = fraction > 0 ? formatShareDone(fraction) : messages.waiting;
  return (
    <Progress
      label={messages.computing(doing)}
      status={isRunning ? 'running' : status}
      share={fraction}
      text={
        <span role="status">
          {isRunning
            ? messages.computing(doing)
            : status === 'cancelled'
              ? messages.cancelled
              : messages.failed}
        </span>
      }
      buttons={
        <button type="button" onClick={onPress}>
          {isRunning ? messages.cancel : messages.again}
        </button>
      }
    />
  );
}

function Found({ landscape }: { readonly landscape: MarginLandscape }) {
  const labels = useStore((state) => state.model?.card.labels);
  const target = useSweep(({ data }) => data.prediction?.target);
  const sigma = useStore(selectedSigma);
  const surface = useMemo(() => surfaceOf(landscape, sigma), [landscape, sigma]);
  const sentences = useMemo(() => marginSentences(landscape, labels ?? []), [landscape, labels]);
  const title = messages.title(labels?.[target ?? -1] ?? String(target));
  const note = messages.note(formatSigma(landscape.offsets.at(-1) as number));
  const describe = () =>
    figureText({
      kind: 'margin',
      title,
      sigma: sigma === null ? '' : formatSigma(sigma),
      notes: [`${sentences.join(' ')} ${note}`],
    });
  const { evaluations, gradients, ms } = landscape;
  return (
    <>
      <SurfaceFigure
        name="margin"
        surface={surface}
        label={`${title}. ${sentences.join(' ')}`}
        describe={describe}
      />
      {sentences.map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
      <p className="hint">
        {note} {messages.cost(formatCount(evaluations), formatCount(gradients), formatMs(ms))}
      </p>
    </>
  );
}

/** Margins beyond this share of the largest have the same colour, so that the boundary's surroundings have several. */
const REACH = 0.6;

function surfaceOf({ offsets, margins }: MarginLandscape, sigma: number | null): Surface {
  const values = [...offsets];
  const n = values.length;
  const extent = values.at(-1) as number;
  const reach = margins.reduce((most, margin) => Math.max(most, Math.abs(margin)), 0);
  const axis = { values, isLogarithmic: false, names: null };
  return {
    x: { ...axis, label: messages.x },
    y: { ...axis, label: messages.y },
    z: values.map((_, i) => [...margins.subarray(i * n, (i + 1) * n)]),
    zLabel: messages.z,
    colours: signedColours(REACH * reach || 1),
    level: 0,
    circles: [1, 2].flatMap((times) => {
      const radius = times * (sigma ?? 0);
      return radius > 0 && radius < extent ? [{ radius, label: messages.circle(times) }] : [];
    }),
    point: { x: 0, y: 0, label: messages.picture },
    isSquare: true,
  };
}
