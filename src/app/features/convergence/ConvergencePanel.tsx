import { useMemo } from 'react';
import { useShallow } from 'zustand/react/shallow';
import { CATALOGUE } from '../../../estimators/catalogue';
import {
  ConvergenceChart,
  type ConvergencePoint,
  type ConvergenceSeries,
} from '../../charts/ConvergenceChart';
import { Figure } from '../../charts/figure/Figure';
import { LaneKeys } from '../../charts/LaneKeys';
import { type Estimates, estimateAt, historyAt } from '../../queries/estimates-at';
import { figureText } from '../../queries/figure-text';
import { costOf } from '../../queries/history';
import { useEstimates } from '../../queries/hooks';
import { report } from '../../session/problem';
import type { Series } from '../../state/question';
import { selectedSigma } from '../../state/selectors';
import { useSeriesNames } from '../../state/series-names';
import { useStore } from '../../state/store';
import { usePanel } from '../../state/use-panel';
import { strings } from '../../strings';
import { formatSigma } from '../../ui/format';
import { Panel } from '../../ui/Panel';

const messages = strings.convergence;

function pointsAt(known: Estimates, id: string, sigma: number, sampled: boolean): ConvergencePoint[] {
  const estimate = estimateAt(known, id, sigma);
  const way = (sampled ? historyAt(known, id, sigma) : undefined) ?? (estimate ? [estimate] : []);
  return way.map((point) => ({ cost: costOf(point), p: point.p, lo: point.lo, hi: point.hi }));
}

function seriesAt(known: Estimates, sigma: number): ConvergenceSeries[] {
  const { question } = known;
  if (question === null) return [];
  return CATALOGUE.flatMap(({ id, name, kind, colour }): ConvergenceSeries[] => {
    const sampled = kind === 'sampled';
    const isCompared = question.series === 'compared';
    return question.estimators.includes(id)
      ? [{ id, isCompared, name, sampled, colour, points: pointsAt(known, id, sigma, sampled) }]
      : [];
  });
}

/** What is known of a curve, the same object until that changes. */
const useKnown = (series: Series): Estimates =>
  useEstimates(
    useShallow((known) => known),
    series,
  );

/** How each estimator came to what it says at the cursor's radius, against what that cost. */
export function ConvergencePanel() {
  const panel = usePanel('convergence');
  const sigma = useStore(selectedSigma);
  return (
    <Panel title={messages.heading} {...panel}>
      {panel.isOpen && sigma !== null && <Convergence sigma={sigma} />}
    </Panel>
  );
}

function Convergence({ sigma }: { readonly sigma: number }) {
  const names = useSeriesNames();
  const main = useKnown('main');
  const compared = useKnown('compared');
  const highlighted = useStore((state) => state.highlighted);
  const series = useMemo(
    () => [...seriesAt(main, sigma), ...seriesAt(compared, sigma)],
    [main, compared, sigma],
  );
  const at = formatSigma(sigma);
  const describe = () =>
    figureText({
      kind: 'convergence',
      title: strings.figure.titles.convergence(at),
      sigma: at,
      notes: [messages.hint],
      both: true,
    });
  return (
    <>
      {names !== null && <LaneKeys names={names} />}
      <Figure
        name="convergence"
        label={strings.figure.names.convergence}
        describe={describe}
        onError={report}
      >
        <ConvergenceChart
          series={series}
          highlighted={highlighted}
          label={messages.chart(at)}
          axisLabels={messages.axes}
        />
      </Figure>
      <p className="hint">{messages.hint}</p>
    </>
  );
}
