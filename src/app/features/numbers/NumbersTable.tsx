import { CATALOGUE } from '../../../estimators/catalogue';
import type { Estimate, SharedCost } from '../../../estimators/estimate';
import { REFERENCE } from '../../../estimators/roles';
import { useLaneNames } from '../../state/lane-names';
import { cursorSigma, shownEstimators } from '../../state/selectors';
import { type AppState, useStore } from '../../state/store';
import { useGaps } from '../../state/use-gaps';
import { useSeriesAttributes } from '../../state/use-highlight';
import { LaneContext, useLane } from '../../state/use-lane';
import { usePanel } from '../../state/use-panel';
import { strings } from '../../strings';
import { errorText } from '../../ui/error-text';
import { formatCount, formatDifference, formatEstimate, formatMs, formatSigma } from '../../ui/format';
import { Panel } from '../../ui/Panel';

/** Noisy copies of Monte Carlo that tie, over all radii and both curves. */
const tiesIn = ({ sweep, compared }: AppState, kind: 'nearTies' | 'exactTies'): number =>
  [sweep, compared.sweep]
    .flatMap((each) => each?.estimates[REFERENCE.id] ?? [])
    .reduce((sum, estimate) => sum + (estimate?.[kind] ?? 0), 0);

/** Everything in the chart as numbers: estimate, its errors, and what it cost; of two curves, one below the other. */
export function NumbersTable() {
  const panel = usePanel('table');
  const names = useLaneNames();
  const nearTies = useStore((state) => tiesIn(state, 'nearTies'));
  const exactTies = useStore((state) => tiesIn(state, 'exactTies'));
  const words = strings.table;
  return (
    <Panel title={words.heading} {...panel}>
      {names === null ? (
        <SweepTable label={words.heading} />
      ) : (
        (['shown', 'compared'] as const).map((lane) => (
          <LaneContext key={lane} value={lane}>
            <h3>{names[lane]}</h3>
            <SweepTable label={`${words.heading}: ${names[lane]}`} />
          </LaneContext>
        ))
      )}
      <p className="hint">{words.modelError}</p>
      {exactTies > 0 && <p className="hint">{words.exactTies(formatCount(exactTies))}</p>}
      {nearTies > 0 && <p className="hint">{words.nearTies(formatCount(nearTies))}</p>}
    </Panel>
  );
}

function SweepTable({ label }: { readonly label: string }) {
  const sweep = useLane((view) => view.sweep);
  const labels = useLane((view) => view.model?.card.labels);
  const shownIds = useLane(shownEstimators);
  const sigmaAtCursor = useStore(cursorSigma);
  const attributes = useSeriesAttributes();
  const shown = CATALOGUE.filter(({ id }) => shownIds.includes(id));
  const target = sweep?.prediction?.target;
  const unexplained = useGaps()?.verdict.unexplained ?? [];
  const words = strings.table;
  if (!sweep) return null;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
    <section className="table-scroll" tabIndex={0} aria-label={label}>
      <table>
        <caption>{words.caption(target === undefined ? '' : (labels?.[target] ?? ''))}</caption>
        <thead>
          <tr>
            <th scope="col">{words.sigma}</th>
            {shown.map(({ id, name }) => (
              <th scope="col" key={id} {...attributes(id)}>
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
                <td key={id} {...attributes(id)}>
                  <EstimateCell
                    estimate={sweep.estimates[id]?.[i]}
                    gap={unexplained.find((one) => one.estimatorId === id && one.sigma === sigma)?.difference}
                  />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{words.cost}</th>
            {shown.map(({ id }) => (
              <td key={id} {...attributes(id)}>
                <SweepCost estimates={sweep.estimates[id] ?? []} />
              </td>
            ))}
          </tr>
        </tfoot>
      </table>
    </section>
  );
}

function EstimateCell({ estimate, gap }: { estimate: Estimate | undefined; gap?: number | undefined }) {
  if (estimate === undefined) return strings.table.pending;
  return (
    <>
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
    </>
  );
}

/** What radii share is counted at each that uses it, and once in the cost of the sweep. */
function SweepCost({ estimates }: { estimates: readonly (Estimate | undefined)[] }) {
  const known = estimates.filter((estimate) => estimate !== undefined);
  const total = (part: keyof SharedCost): number =>
    known.reduce(
      (sum, estimate) => sum + estimate[part] - (estimate.shared?.[part] ?? 0),
      Math.max(0, ...known.map(({ shared }) => shared?.[part] ?? 0)),
    );
  const gradients = total('gradients');
  return (
    <>
      {strings.table.evaluations(formatCount(total('evaluations')))}
      {gradients > 0 && `, ${strings.table.gradients(formatCount(gradients))}`}
      <span className="hint">{formatMs(total('ms'))}</span>
    </>
  );
}
