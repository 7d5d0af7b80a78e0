import type { Estimate, SharedCost } from '../../estimators/estimate';
import { ESTIMATORS } from '../../estimators/registry';
import { formatCount, formatDifference, formatEstimate, formatMs, formatSigma } from '../common/format';
import { Panel } from '../common/Panel';
import { cursorSigma, shownEstimators } from '../state/selectors';
import { useStore } from '../state/store';
import { strings } from '../strings';
import { errorText } from './error-text';
import { useGaps } from './use-gaps';

/** Everything in the chart as numbers: estimate, its errors, and what it cost. */
export function NumbersTable() {
  const sweep = useStore((state) => state.sweep);
  const labels = useStore((state) => state.model?.card.labels);
  const shownIds = useStore(shownEstimators);
  const sigmaAtCursor = useStore(cursorSigma);
  const shown = ESTIMATORS.filter(({ id }) => shownIds.includes(id));
  const target = sweep?.prediction?.target;
  const nearTies = (sweep?.estimates.mc ?? []).reduce((sum, estimate) => sum + (estimate?.nearTies ?? 0), 0);
  const unexplained = useGaps()?.verdict.unexplained ?? [];
  const words = strings.table;
  return (
    <Panel title={words.heading} name="table">
      {sweep && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
        <section className="table-scroll" tabIndex={0} aria-label={words.heading}>
          <table>
            <caption>{words.caption(target === undefined ? '' : (labels?.[target] ?? ''))}</caption>
            <thead>
              <tr>
                <th scope="col">{words.sigma}</th>
                {shown.map(({ id, name }) => (
                  <th scope="col" key={id}>
                    {name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {sweep.sigmas.map((sigma, i) => (
                <tr key={sigma} aria-current={sigma === sigmaAtCursor ? true : undefined}>
                  <th scope="row">{formatSigma(sigma)}</th>
                  {shown.map(({ id }) => (
                    <EstimateCell
                      key={id}
                      estimate={sweep.estimates[id]?.[i]}
                      gap={
                        unexplained.find((one) => one.estimatorId === id && one.sigma === sigma)?.difference
                      }
                    />
                  ))}
                </tr>
              ))}
            </tbody>
            <tfoot>
              <tr>
                <th scope="row">{words.cost}</th>
                {shown.map(({ id }) => (
                  <CostCell key={id} estimates={sweep.estimates[id] ?? []} />
                ))}
              </tr>
            </tfoot>
          </table>
        </section>
      )}
      <p className="hint">{words.modelError}</p>
      {nearTies > 0 && <p className="hint">{words.nearTies(formatCount(nearTies))}</p>}
    </Panel>
  );
}

function EstimateCell({ estimate, gap }: { estimate: Estimate | undefined; gap?: number | undefined }) {
  if (estimate === undefined) return <td>{strings.table.pending}</td>;
  return (
    <td>
      <b>{formatEstimate(estimate)}</b>
      <span className="hint">{errorText(estimate)}</span>
      {estimate.flags.map((flag) => (
        <span key={flag} className="hint">
          {strings.flags[flag]}
        </span>
      ))}
      {gap !== undefined && (
        <span className="hint gap-mark">{strings.gap.unexplained(formatDifference(gap))}</span>
      )}
    </td>
  );
}

/** What all radii share is counted at each of them, and once in the cost of the sweep. */
function CostCell({ estimates }: { estimates: readonly (Estimate | undefined)[] }) {
  const known = estimates.filter((estimate) => estimate !== undefined);
  const total = (part: keyof SharedCost): number =>
    known.reduce(
      (sum, estimate) => sum + estimate[part] - (estimate.shared?.[part] ?? 0),
      known[0]?.shared?.[part] ?? 0,
    );
  const gradients = total('gradients');
  return (
    <td>
      {strings.table.evaluations(formatCount(total('evaluations')))}
      {gradients > 0 && `, ${strings.table.gradients(formatCount(gradients))}`}
      <span className="hint">{formatMs(total('ms'))}</span>
    </td>
  );
}
