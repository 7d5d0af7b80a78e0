import { CATALOGUE } from '../../../estimators/catalogue';
import type { Estimate, SharedCost } from '../../../estimators/estimate';
import { REFERENCE } from '../../../estimators/roles';
import { useSweep } from '../../queries/hooks';
import { SeriesContext, useQuestion } from '../../queries/series';
import type { Sweep } from '../../queries/sweep';
import { useGaps } from '../../queries/use-gaps';
import { SERIES } from '../../state/question';
import { selectedSigma } from '../../state/selectors';
import { useSeriesNames } from '../../state/series-names';
import { useStore } from '../../state/store';
import { useSeriesAttributes } from '../../state/use-highlight';
import { usePanel } from '../../state/use-panel';
import { strings } from '../../strings';
import { errorText } from '../../ui/error-text';
import { formatCount, formatDifference, formatEstimate, formatMs, formatSigma } from '../../ui/format';
import { Panel } from '../../ui/Panel';

type Ties = 'nearTies' | 'exactTies';

/** Noisy copies of Monte Carlo that tie, over all radii. */
const tiesIn = ({ data }: Sweep, kind: Ties): number =>
  (data.estimates[REFERENCE.id] ?? []).reduce((sum, estimate) => sum + (estimate?.[kind] ?? 0), 0);

/** The same of both curves. */
function useTies(kind: Ties): number {
  const main = useSweep((sweep) => tiesIn(sweep, kind), 'main');
  const compared = useSweep((sweep) => tiesIn(sweep, kind), 'compared');
  return main + compared;
}

/** Everything in the chart as numbers: estimate, its errors, and what it cost; of two curves, one below the other. */
export function NumbersTable() {
  const panel = usePanel('table');
  const names = useSeriesNames();
  const nearTies = useTies('nearTies');
  const exactTies = useTies('exactTies');
  const messages = strings.table;
  return (
    <Panel title={messages.heading} {...panel}>
      {names === null ? (
        <SweepTable label={messages.heading} />
      ) : (
        SERIES.map((series) => (
          <SeriesContext key={series} value={series}>
            <h3>{names[series]}</h3>
            <SweepTable label={`${messages.heading}: ${names[series]}`} />
          </SeriesContext>
        ))
      )}
      <p className="hint">{messages.modelError}</p>
      {exactTies > 0 && <p className="hint">{messages.exactTies(formatCount(exactTies))}</p>}
      {nearTies > 0 && <p className="hint">{messages.nearTies(formatCount(nearTies))}</p>}
    </Panel>
  );
}

function SweepTable({ label }: { readonly label: string }) {
  const question = useQuestion();
  const { estimates, prediction } = useSweep(({ data }) => data);
  const sigmaAtCursor = useStore(selectedSigma);
  const attributes = useSeriesAttributes();
  const unexplained = useGaps()?.verdict.unexplained ?? [];
  const messages = strings.table;
  if (question === null) return null;
  const { estimators, model, sigmas } = question;
  const shown = CATALOGUE.filter(({ id }) => estimators.includes(id));
  const asked = model.card.labels[prediction?.target ?? -1] ?? '';
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
    <section className="table-scroll" tabIndex={0} aria-label={label}>
      <table>
        <caption>{messages.caption(asked)}</caption>
        <thead>
          <tr>
            <th scope="col">{messages.sigma}</th>
            {shown.map(({ id, name }) => (
              <th scope="col" key={id} {...attributes(id)}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {sigmas.map((sigma, i) => (
            <tr key={sigma} aria-current={sigma === sigmaAtCursor ? true : undefined}>
              <th scope="row">{formatSigma(sigma)}</th>
              {shown.map(({ id }) => (
                <td key={id} {...attributes(id)}>
                  <EstimateCell
                    estimate={estimates[id]?.[i]}
                    gap={unexplained.find((one) => one.estimatorId === id && one.sigma === sigma)?.difference}
                  />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{messages.cost}</th>
            {shown.map(({ id }) => (
              <td key={id} {...attributes(id)}>
                <SweepCost estimates={estimates[id] ?? []} />
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
