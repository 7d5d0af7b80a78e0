import { useContext, useMemo } from 'react';
import { CATALOGUE } from '../../../estimators/catalogue';
import {
  ConvergenceChart,
  type ConvergencePoint,
  type ConvergenceSeries,
} from '../../charts/ConvergenceChart';
import { Figure } from '../../charts/figure/Figure';
import { LaneKeys } from '../../charts/LaneKeys';
import { report } from '../../session/problem';
import { costOf } from '../../state/history';
import { useLaneNames } from '../../state/lane-names';
import { viewOf } from '../../state/lanes';
import { liveWords } from '../../state/live-words';
import { cursorSigma, estimateAt, historyAt, shownEstimators } from '../../state/selectors';
import { type AppState, StoreContext, useStore } from '../../state/store';
import { usePanel } from '../../state/use-panel';
import { strings } from '../../strings';
import { formatSigma } from '../../ui/format';
import { Panel } from '../../ui/Panel';

const words = strings.convergence;

function pointsAt(view: AppState, id: string, sigma: number, sampled: boolean): ConvergencePoint[] {
  const estimate = estimateAt(view, id, sigma);
  const way = (sampled ? historyAt(view, id, sigma) : undefined) ?? (estimate ? [estimate] : []);
  return way.map((point) => ({ cost: costOf(point), p: point.p, lo: point.lo, hi: point.hi }));
}

function seriesAt(view: AppState | null, sigma: number | null, beside: boolean): ConvergenceSeries[] {
  if (view === null || sigma === null) return [];
  const shown = shownEstimators(view);
  return CATALOGUE.flatMap(({ id, name, kind, colour }): ConvergenceSeries[] => {
    const sampled = kind === 'sampled';
    return shown.includes(id)
      ? [{ id, beside, name, sampled, colour, points: pointsAt(view, id, sigma, sampled) }]
      : [];
  });
}

/** How each estimator came to what it says at the cursor's radius, against what that cost. */
export function ConvergencePanel() {
  const panel = usePanel('convergence');
  const sigma = useStore(cursorSigma);
  return (
    <Panel title={words.heading} {...panel}>
      {panel.isOpen && sigma !== null && <Convergence sigma={sigma} />}
    </Panel>
  );
}

function Convergence({ sigma }: { readonly sigma: number }) {
  const names = useLaneNames();
  const shown = useStore(shownEstimators);
  const sweep = useStore((state) => state.sweep);
  const cursor = useStore((state) => state.cursor);
  const compared = useStore((state) => state.compared);
  const highlighted = useStore((state) => state.highlighted);
  const { getState } = useContext(StoreContext);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what series are made of, taken from the state at once
  const series = useMemo(() => {
    const state = getState();
    const beside = names === null ? null : viewOf(state, 'compared');
    return [...seriesAt(state, sigma, false), ...seriesAt(beside, sigma, true)];
  }, [names, shown, sweep, cursor, compared, sigma]);
  const at = formatSigma(sigma);
  const describe = () =>
    liveWords(useStore.getState(), {
      kind: 'convergence',
      title: strings.figure.titles.convergence(at),
      sigma: at,
      notes: [words.hint],
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
          label={words.chart(at)}
          axisLabels={words.axes}
        />
      </Figure>
      <p className="hint">{words.hint}</p>
    </>
  );
}
