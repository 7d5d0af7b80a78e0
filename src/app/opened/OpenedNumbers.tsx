import type { EstimateRow, SweepResult } from '../../results/sweep-result';
import type { CurveSeries } from '../charts/curve';
import { formatEstimate, formatSigma } from '../common/format';
import { strings } from '../strings';
import { errorText } from '../sweep/error-text';

const words = strings.table;

interface OpenedNumbersProps {
  readonly result: SweepResult;
  readonly series: readonly CurveSeries[];
}

/** A saved sweep's numbers with their errors. */
export function OpenedNumbers({ result, series }: OpenedNumbersProps) {
  const rows = series.map(({ id }) => result.estimates[id] ?? []);
  const sigmas = [...new Set(rows.flatMap((each) => each.map(({ sigma }) => sigma)))].sort((a, b) => a - b);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
    <section className="table-scroll" tabIndex={0} aria-label={words.heading}>
      <table>
        <caption>{strings.opened.caption(result.target.label)}</caption>
        <thead>
          <tr>
            <th scope="col">{words.sigma}</th>
            {series.map(({ id, name }) => (
              <th scope="col" key={id}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {sigmas.map((sigma) => (
            <tr key={sigma}>
              <th scope="row">{formatSigma(sigma)}</th>
              {series.map(({ id }, i) => (
                <Cell key={id} row={rows[i]?.find((each) => each.sigma === sigma)} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

const flagText = (flag: string): string =>
  flag in strings.flags ? strings.flags[flag as keyof typeof strings.flags] : flag;

function Cell({ row }: { readonly row: EstimateRow | undefined }) {
  if (row === undefined) return <td>–</td>;
  return (
    <td>
      <b>{formatEstimate(row)}</b>
      <span className="hint">{[errorText(row), ...row.flags.map(flagText)].join('; ')}</span>
    </td>
  );
}
