import { useMemo, useState } from 'react';
import type { EstimateRow, SweepResult } from '../../../results/sweep-result';
import type { CurveSeries } from '../../charts/curve';
import { strings } from '../../strings';
import { errorText } from '../../ui/error-text';
import { formatCount, formatEstimate, formatSigma } from '../../ui/format';
import styles from './opened.module.css';

const messages = strings.table;

/** Radii on one page of the table. */
const PAGE = 100;

interface OpenedNumbersProps {
  readonly result: SweepResult;
  readonly series: readonly CurveSeries[];
}

/** A saved sweep's numbers with their errors, a page of radii at a time. */
export function OpenedNumbers({ result, series }: OpenedNumbersProps) {
  const columns = useMemo(
    () => series.map(({ id }) => new Map((result.estimates[id] ?? []).map((row) => [row.sigma, row]))),
    [result, series],
  );
  const sigmas = useMemo(
    () => [...new Set(columns.flatMap((column) => [...column.keys()]))].sort((a, b) => a - b),
    [columns],
  );
  const [wanted, setWanted] = useState(0);
  // Another sweep may have fewer pages.
  const first = wanted < sigmas.length ? wanted : 0;
  const shown = sigmas.slice(first, first + PAGE);
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard */}
      <section className="table-scroll" tabIndex={0} aria-label={messages.heading}>
        <table>
          <caption>{strings.opened.caption(result.target.label)}</caption>
          <thead>
            <tr>
              <th scope="col">{messages.sigma}</th>
              {series.map(({ id, name }) => (
                <th scope="col" key={id}>
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map((sigma) => (
              <tr key={sigma}>
                <th scope="row">{formatSigma(sigma)}</th>
                {series.map(({ id }, i) => (
                  <Cell key={id} row={columns[i]?.get(sigma)} />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {sigmas.length > PAGE && <Pages first={first} count={sigmas.length} onTurn={setWanted} />}
    </>
  );
}

interface PagesProps {
  /** Number of the first radius of the page, from 0. */
  readonly first: number;
  readonly count: number;
  readonly onTurn: (first: number) => void;
}

function Pages({ first, count, onTurn }: PagesProps) {
  const { pages, previous, next, rows } = strings.opened;
  const last = Math.min(first + PAGE, count);
  return (
    <nav className={`row ${styles.pages}`} aria-label={pages}>
      <button type="button" className="quiet" disabled={first === 0} onClick={() => onTurn(first - PAGE)}>
        {previous}
      </button>
      <span className="hint" aria-live="polite">
        {rows(formatCount(first + 1), formatCount(last), formatCount(count))}
      </span>
      <button type="button" className="quiet" disabled={last === count} onClick={() => onTurn(first + PAGE)}>
        {next}
      </button>
    </nav>
  );
}

const flagText = (flag: string): string =>
  Object.hasOwn(strings.flags, flag) ? strings.flags[flag as keyof typeof strings.flags] : flag;

function Cell({ row }: { readonly row: EstimateRow | undefined }) {
  if (row === undefined) return <td>–</td>;
  return (
    <td>
      <b>{formatEstimate(row)}</b>
      <span className="hint">{[errorText(row), ...row.flags.map(flagText)].join('; ')}</span>
    </td>
  );
}
