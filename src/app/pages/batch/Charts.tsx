import { type ReactNode, useMemo } from 'react';
import {
  type ClassValue,
  classValues,
  confusionUnderNoise,
  type DatasetRow,
  probabilitiesAt,
} from '../../../dataset';
import { Figure } from '../../charts/figure/Figure';
import { Histogram } from '../../charts/Histogram';
import { IntervalRows } from '../../charts/IntervalRows';
import { PointCloud, type PointGroup } from '../../charts/PointCloud';
import { Legend, Swatch } from '../../charts/primitives/Legend';
import { ShareMatrix } from '../../charts/ShareMatrix';
import { report } from '../../session/problem';
import {
  formatCount,
  formatDifference,
  formatEstimate,
  formatLimits,
  formatProbability,
} from '../../ui/format';
import { figureWords } from './figure-words';
import { probe } from './probe';
import { type ModelRun, showClass, useDataset } from './state';
import { datasetStrings } from './strings';
import type { Analysis } from './use-analysis';

const messages = datasetStrings.charts;
/** Of the two models. */
const COLOURS = ['var(--first)', 'var(--second)'] as const;

interface ChartsProps {
  readonly runs: readonly ModelRun[];
  readonly analysis: Analysis | null;
}

export function Charts({ runs, analysis }: ChartsProps) {
  const counted = runs.filter(({ rows }) => rows.some(({ estimates }) => estimates[0]?.counts.length));
  return (
    <>
      {runs.length > 1 && <Key runs={runs} />}
      <div className="dataset-charts">
        <Distribution runs={runs} />
        <ByClass runs={runs} />
        <Differences runs={runs} analysis={analysis} />
        {runs.map((run) => (
          <Scatter key={run.header.model.id} run={run} />
        ))}
        {counted.map((run) => (
          <Confusion key={run.header.model.id} run={run} />
        ))}
      </div>
      {counted.length === 0 && <p className="hint">{messages.confusion.needsSampling}</p>}
    </>
  );
}

function Key({ runs }: { readonly runs: readonly ModelRun[] }) {
  return (
    <Legend
      isStrong
      items={runs.map(({ name, header }, i) => legendItem(header.model.id, name, COLOURS[i]))}
    />
  );
}

const legendItem = (key: string, name: string, colour = 'var(--ink)') => ({
  key,
  mark: <Swatch kind="dot" />,
  text: name,
  attributes: { style: { color: colour } },
});

interface ChartCardProps {
  /** What stands below the chart and is not saved with it. */
  readonly below?: ReactNode;
  readonly name: string;
  readonly title: string;
  readonly runs: readonly ModelRun[];
  readonly note?: string;
  readonly children: ReactNode;
}

function ChartCard({ name, title, runs, note, below, children }: ChartCardProps) {
  return (
    <section className="card" aria-label={title}>
      <h2>{title}</h2>
      <Figure
        name={name}
        label={title}
        describe={() => figureWords(name, title, runs, COLOURS, note)}
        onError={report}
      >
        {children}
      </Figure>
      {below && <p className="hint">{below}</p>}
    </section>
  );
}

function Distribution({ runs }: { readonly runs: readonly ModelRun[] }) {
  const sigmaIndex = useDataset((state) => state.sigmaIndex);
  const { title, x, y, bar } = messages.distribution;
  const series = runs.map((run, i) => ({
    name: run.name,
    colour: COLOURS[i] ?? COLOURS[0],
    values: probabilitiesAt(run, sigmaIndex),
  }));
  return (
    <ChartCard name="distribution" title={title} runs={runs}>
      <Histogram
        series={series}
        label={title}
        axisLabels={{ x, y }}
        barText={(from, to, count, name) => bar(from.toFixed(2), to.toFixed(2), count, name)}
      />
    </ChartCard>
  );
}

function rowText(labels: readonly string[], { label, images, mean }: ClassValue): string {
  const limits = formatLimits(mean.lo, mean.hi);
  const value = formatProbability(mean.value);
  return messages.classes.row(labels[label] ?? String(label), value, limits, formatCount(images));
}

function ByClass({ runs }: { readonly runs: readonly ModelRun[] }) {
  const sigmaIndex = useDataset((state) => state.sigmaIndex);
  const chosen = useDataset((state) => state.shownClass);
  const found = useMemo(() => runs.map((run) => classValues(run, sigmaIndex)), [runs, sigmaIndex]);
  const labels = runs[0]?.header.labels ?? [];
  const rows = labels.flatMap((label, id) => {
    const marks = found.map((values) => {
      const value = values.find((each) => each.label === id);
      return value && { ...value.mean, text: rowText(labels, value) };
    });
    return marks.some((mark) => mark !== undefined) ? [{ id, label, marks }] : [];
  });
  return (
    <ChartCard
      name="by-class"
      title={messages.classes.title}
      runs={runs}
      note={messages.classes.note}
      below={messages.classes.hint}
    >
      <IntervalRows
        rows={rows}
        colours={COLOURS.slice(0, runs.length)}
        domain={[0, 1]}
        label={messages.classes.title}
        axisLabel={messages.classes.x}
        chosen={chosen}
        onChoose={(id) => showClass(id === chosen ? null : id)}
      />
    </ChartCard>
  );
}

function Differences({ runs, analysis }: ChartsProps) {
  const [first, second] = runs;
  const paired = analysis?.paired ?? null;
  if (paired === null || first === undefined || second === undefined) return null;
  const { labels } = first.header;
  const rows = paired.classes.map(({ label, images, mean }) => {
    const limits = [mean.lo, mean.hi].map(formatDifference).join(' to ');
    const name = labels[label] ?? String(label);
    const text = messages.classes.row(name, formatDifference(mean.value), limits, formatCount(images));
    return { id: label, label: name, marks: [{ ...mean, text }] };
  });
  const note = messages.differences.which(first.name, second.name);
  const most = Math.max(...paired.classes.flatMap(({ mean }) => [Math.abs(mean.lo), Math.abs(mean.hi)]));
  return (
    <ChartCard name="differences" title={messages.differences.title} runs={runs} note={note} below={note}>
      <IntervalRows
        rows={rows}
        colours={['var(--difference)']}
        domain={[-most, most]}
        label={messages.differences.title}
        axisLabel={messages.differences.x}
      />
    </ChartCard>
  );
}

/** An image, its classes, and its two probabilities. */
function pointWords({ header }: ModelRun, row: DatasetRow, sigmaIndex: number): string[] {
  const { point } = messages.scatter;
  const [truth, called] = [row.label, row.predicted].map((label) => header.labels[label] ?? String(label));
  const estimate = row.estimates[sigmaIndex];
  return [
    point.image(row.index, datasetStrings.gallery.caption(truth ?? '', called ?? '')),
    point.confidence(formatProbability(row.confidence)),
    ...(estimate === undefined ? [] : [point.robust(formatEstimate(estimate))]),
  ];
}

function Scatter({ run }: { readonly run: ModelRun }) {
  const sigmaIndex = useDataset((state) => state.sigmaIndex);
  const { title, x, y, right, wrong, label, pointLabel } = messages.scatter;
  const { rows, name } = run;
  const halves = useMemo(
    () => [true, false].map((isRight) => rows.filter((row) => (row.label === row.predicted) === isRight)),
    [rows],
  );
  const groups = halves.map(
    (half, i): PointGroup => ({
      name: i === 0 ? right : wrong,
      colour: i === 0 ? 'var(--first)' : 'var(--flip)',
      points: half.map(({ confidence, estimates }) => [confidence, estimates[sigmaIndex]?.p ?? 0]),
    }),
  );
  return (
    <ChartCard name="scatter" title={title} runs={[run]} below={messages.of(name)}>
      <PointCloud
        groups={groups}
        label={label(formatCount(rows.length))}
        pointLabel={pointLabel}
        axisLabels={{ x, y }}
        pointWords={(group, point) => {
          const row = halves[group]?.[point];
          return row === undefined ? [] : pointWords(run, row, sigmaIndex);
        }}
        onPoint={(group, point) => {
          const row = halves[group]?.[point];
          if (row) void probe(run, row);
        }}
      />
      <Legend isStrong items={groups.map(({ name, colour }) => legendItem(name, name, colour))} />
    </ChartCard>
  );
}

function Confusion({ run }: { readonly run: ModelRun }) {
  const sigmaIndex = useDataset((state) => state.sigmaIndex);
  const { title, rows, columns, cell } = messages.confusion;
  const shares = useMemo(() => confusionUnderNoise(run, sigmaIndex), [run, sigmaIndex]);
  return (
    <ChartCard name="confusion" title={title} runs={[run]} below={messages.of(run.name)}>
      <ShareMatrix
        labels={run.header.labels}
        shares={shares}
        label={title}
        axisLabels={{ rows, columns }}
        cellText={(from, to, share) => cell(from, to, formatProbability(share))}
      />
    </ChartCard>
  );
}
