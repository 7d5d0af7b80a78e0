import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import { estimatorIn, REFERENCE } from '../../../estimators/roles';
import { shortHash } from '../../../results/provenance';
import { CurveChart } from '../../charts/CurveChart';
import type { CurveSeries } from '../../charts/curve';
import { Figure } from '../../charts/figure/Figure';
import { toDataUrl } from '../../charts/pixels';
import type { ProbabilityScaleName } from '../../charts/probability-scale';
import { mostDrawn } from '../../charts/thinned';
import { fileNameOf, provenanceLine } from '../../queries/figure-text';
import { closeOpened } from '../../session/opened';
import { report } from '../../session/problem';
import { type OpenedSweep, useStore } from '../../state/store';
import { strings } from '../../strings';
import { Choice } from '../../ui/Choice';
import { formatCount, formatSigma } from '../../ui/format';
import { OpenedNumbers } from './OpenedNumbers';
import styles from './opened.module.css';
import { seriesOf } from './series';

const messages = strings.opened;
const scales = (['linear', 'logit'] as const).map((value) => ({ value, text: strings.sweep.scale[value] }));

/** A saved sweep in place of the page's own: what the file says, and nothing else. */
export default function OpenedSweepView() {
  const opened = useStore((state) => state.opened);
  const heading = useRef<HTMLHeadingElement>(null);
  const result = opened?.result;
  // The page has changed around whoever opened it.
  useEffect(() => {
    if (result !== undefined) heading.current?.focus();
  }, [result]);
  const series = useMemo(() => (result === undefined ? [] : seriesOf(result)), [result]);
  if (opened === null) return null;
  return (
    <main className={styles.opened} data-testid="opened">
      <section className="card" aria-label={messages.heading}>
        <div className={styles.head}>
          <h2 ref={heading} tabIndex={-1}>
            {messages.heading}
          </h2>
          <button type="button" onClick={closeOpened}>
            {messages.close}
          </button>
        </div>
        <p className={styles.from} role="status">
          {messages.from(opened.name)}
        </p>
        <Facts opened={opened} />
        <SavedCurve opened={opened} series={series} />
        <OpenedNumbers result={opened.result} series={series} />
      </section>
    </main>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Facts({ opened: { result, input } }: { readonly opened: OpenedSweep }) {
  const { model, image, target, stop, seed, app, backend } = result;
  const url = useMemo(() => input && toDataUrl(input.data, input.shape), [input]);
  const sampling =
    stop.rule === 'fixed'
      ? messages.fixed(formatCount(stop.samples))
      : messages.precision(stop.halfWidth, formatCount(stop.maxSamples));
  return (
    <dl className={styles.facts}>
      <Fact name={messages.image}>
        {url === null ? (
          <span className="hint">{messages.noImage}</span>
        ) : (
          <>
            <img src={url} alt={messages.imageAlt} className="pixelated" />
            <span className="hint">{messages.imageChecked}</span>
          </>
        )}
        <code>{shortHash(image.sha256)}…</code>
      </Fact>
      <Fact name={messages.model}>
        {model.id} <code>{shortHash(model.sha256)}…</code>
      </Fact>
      <Fact name={messages.asked}>{messages.target(target.index, target.label)}</Fact>
      <Fact name={messages.stop}>{sampling}</Fact>
      <Fact name={messages.seed}>{seed}</Fact>
      <Fact name={messages.made}>{messages.madeBy(app, backend)}</Fact>
    </dl>
  );
}

/** Of one radius alone, that there is an axis. */
const WIDENED = 1.5;

interface SavedCurveProps {
  readonly opened: OpenedSweep;
  readonly series: readonly CurveSeries[];
}

function SavedCurve({ opened: { result, name, input }, series }: SavedCurveProps) {
  const [scale, setScale] = useState<ProbabilityScaleName>('linear');
  // Points are in order.
  const ends = series.flatMap(({ points }) => [points[0], points.at(-1)]);
  const sigmas = ends.flatMap((point) => (point === undefined ? [] : [point.sigma]));
  const [low, high] = [Math.min(...sigmas), Math.max(...sigmas)];
  const longest = Math.max(...series.map(({ points }) => points.length));
  const drawn = mostDrawn(series.length);
  const range = low < high ? { min: low, max: high } : { min: low / WIDENED, max: high * WIDENED };
  const axisY = strings.sweep.axisY(result.target.label);
  const describe = () => {
    const from = provenanceLine(result, `${formatSigma(low)}–${formatSigma(high)}`);
    return {
      fileName: fileNameOf(result, 'curve'),
      title: axisY.charAt(0).toUpperCase() + axisY.slice(1),
      legend: series,
      caption: [strings.sweep.figureNote, from],
      description: `${messages.from(name)} ${from}.`,
    };
  };
  return (
    <>
      <Choice label={strings.sweep.scale.label} options={scales} value={scale} onChange={setScale} />
      <Figure name="opened-curve" label={strings.figure.names.curve} describe={describe} onError={report}>
        <CurveChart
          series={series}
          range={range}
          scale={scale}
          gap={[estimatorIn('first-order').id, REFERENCE.id]}
          cursor={null}
          marks={[]}
          picture={input && { ...input, seed: result.seed }}
          onCursor={() => {}}
          label={strings.sweep.chart}
          axisLabels={{ x: strings.sweep.axisX, y: axisY }}
        />
      </Figure>
      {longest > drawn && (
        <p className="hint">{messages.thinned(formatCount(drawn), formatCount(longest))}</p>
      )}
    </>
  );
}
