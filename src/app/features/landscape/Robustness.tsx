import { useMemo } from 'react';
import { REFERENCE } from '../../../estimators/roles';
import { probabilityColours, type Surface } from '../../charts/surface';
import { figureText } from '../../queries/figure-text';
import { useSweep } from '../../queries/hooks';
import { useQuestion } from '../../queries/series';
import { currentStop } from '../../state/selectors';
import { useStore } from '../../state/store';
import { strings } from '../../strings';
import { formatLimits, formatShare, formatSigma } from '../../ui/format';
import { type RobustnessTable, robustnessTable } from './robustness';
import { SurfaceFigure } from './SurfaceFigure';

const messages = strings.landscape.robustness;

/** p over radius and class: the target's share and where the rest went. */
export function Robustness() {
  const estimates = useSweep(({ data }) => data.estimates[REFERENCE.id]);
  const target = useSweep(({ data }) => data.prediction?.target);
  const stop = useStore(currentStop);
  const labels = useStore((state) => state.model?.card.labels);
  const isSampled = useQuestion()?.estimators.includes(REFERENCE.id) ?? true;
  const table = useMemo(
    () => (estimates === undefined || target === undefined ? null : robustnessTable(estimates, target, stop)),
    [estimates, target, stop],
  );
  const surface = useMemo(() => table && surfaceOf(table, labels ?? []), [table, labels]);
  if (table === null || surface === null) {
    return <p className="hint">{isSampled ? messages.waiting : messages.notSampled}</p>;
  }
  const { sigmas, classes, leftOut } = table;
  const [low, high] = [sigmas[0], sigmas.at(-1)] as [number, number];
  const describe = () =>
    figureText({
      kind: 'robustness',
      title: messages.title,
      sigma: `${formatSigma(low)}–${formatSigma(high)}`,
      notes: [messages.note],
    });
  return (
    <>
      <SurfaceFigure
        name="robustness"
        surface={surface}
        label={messages.label(classes.length, sigmas.length)}
        describe={describe}
      />
      {leftOut > 0 && <p className="hint">{messages.leftOut(leftOut)}</p>}
      <details>
        <summary>{messages.table}</summary>
        <Numbers table={table} names={surface.y.names ?? []} />
      </details>
    </>
  );
}

function surfaceOf({ sigmas, classes }: RobustnessTable, labels: readonly string[]): Surface {
  return {
    x: { label: messages.x, values: sigmas, isLogarithmic: true, names: null },
    y: {
      label: messages.y,
      values: classes.map((_, i) => i),
      isLogarithmic: false,
      names: classes.map(({ index }) => labels[index] ?? String(index)),
    },
    z: classes.map(({ shares }) => shares.map(({ p }) => p)),
    zLabel: messages.z,
    colours: probabilityColours,
    level: null,
    circles: [],
    point: null,
    isSquare: false,
  };
}

function Numbers({ table, names }: { readonly table: RobustnessTable; readonly names: readonly string[] }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
    <section className="table-scroll" tabIndex={0} aria-label={messages.table}>
      <table>
        <caption>{messages.caption}</caption>
        <thead>
          <tr>
            <th scope="col">{strings.table.sigma}</th>
            {names.map((name) => (
              <th scope="col" key={name}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.sigmas.map((sigma, i) => (
            <tr key={sigma}>
              <th scope="row">{formatSigma(sigma)}</th>
              {table.classes.map(({ index, shares }) => {
                const { p = 0, lo = 0, hi = 1 } = shares[i] ?? {};
                return (
                  <td key={index}>
                    <b>{formatShare(p, lo, hi)}</b>
                    <span className="hint">{formatLimits(lo, hi)}</span>
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
