import type { ReactNode } from 'react';
import type { Estimate } from '../../estimators/estimate';
import { equivalentDistance, nines } from '../../estimators/readouts';
import { ESTIMATORS } from '../../estimators/registry';
import { formatBounded, formatDown, formatLevel, formatShareDone } from '../common/format';
import { cursorNow, shownEstimators } from '../state/selectors';
import { useStore } from '../state/store';
import { useEstimatesAt } from '../state/use-estimates';
import { strings } from '../strings';
import './distances.css';

const words = strings.distances;
/** Decimals that are shown. */
const DISTANCE = 3;
const NINES = 1;

/** The worst case beside the average one: distances at the cursor's radius, each with what kind of statement it is. */
export function Distances({ sigma }: { readonly sigma: number }) {
  const average = useAverage(sigma);
  return (
    <dl className="distances" data-testid="distances" aria-label={words.heading}>
      <Adversary />
      <CertifiedRadius sigma={sigma} />
      {average !== null && (
        <>
          <Item
            name="equivalent"
            term={words.equivalent.term}
            title={words.equivalent.title}
            value={formatBounded(equivalentDistance(average.estimate), DISTANCE)}
            hint={words.from(average.name)}
          />
          <Item
            name="nines"
            term={words.nines.term}
            title={words.nines.title}
            value={formatBounded(nines(average.estimate), NINES)}
            hint={words.from(average.name)}
          />
        </>
      )}
    </dl>
  );
}

function Item({
  name,
  term,
  title,
  value,
  hint,
}: {
  readonly name: string;
  readonly term: string;
  readonly title: string;
  readonly value: ReactNode;
  readonly hint: string;
}) {
  return (
    <div title={title} data-distance={name}>
      <dt>{term}</dt>
      <dd>
        <b>{value}</b>
        <span className="hint">{hint}</span>
      </dd>
    </div>
  );
}

const isTrusted = ({ flags }: Estimate): boolean =>
  !flags.some((flag) => flag === 'provisional' || flag === 'check_failed' || flag === 'few_failures');

/** The estimate that is known best: sampled where there is one, by importance where that holds. */
function useAverage(sigma: number): { readonly estimate: Estimate; readonly name: string } | null {
  const estimates = useEstimatesAt(sigma);
  const shown = useStore(shownEstimators);
  const found = ESTIMATORS.flatMap(({ id, name, kind }, i) => {
    const estimate = estimates[i];
    return estimate && shown.includes(id) && kind !== 'baseline' ? [{ id, name, kind, estimate }] : [];
  });
  const sampled = found.filter(({ kind }) => kind === 'sampled');
  return (
    sampled.find(({ id, estimate }) => id !== 'mc' && isTrusted(estimate)) ??
    sampled.find(({ id }) => id === 'mc') ??
    found[0] ??
    null
  );
}

function Adversary() {
  const adversary = useStore((state) => state.adversary);
  const labels = useStore((state) => state.model?.card.labels);
  const noGradients = useStore((state) => state.model?.noGradients ?? null);
  const { term, title } = words.adversary;
  const item = (value: string, hint: string) => (
    <Item name="adversary" term={term} title={title} value={value} hint={hint} />
  );
  if (noGradients !== null) return item('–', words.adversary.noGradients);
  if (adversary?.result == null) {
    const done = adversary?.fraction ?? 0;
    const hint = done > 0 ? words.adversary.searching(formatShareDone(done)) : words.adversary.waiting;
    return item(strings.table.pending, hint);
  }
  const { found } = adversary.result;
  if (found === null) return item('–', words.adversary.none);
  const called = labels?.[found.called] ?? String(found.called);
  if (found.distance === 0) return item('0', words.adversary.already(called));
  const bound = { relation: '<=', value: found.distance } as const;
  return item(formatBounded(bound, DISTANCE), words.adversary.checked(called));
}

function CertifiedRadius({ sigma }: { readonly sigma: number }) {
  const certificate = useStore((state) => cursorNow(state, sigma)?.certificate);
  const { term, title, abstains, level } = words.certified;
  const pending = certificate === null || certificate === undefined;
  const value = pending
    ? strings.table.pending
    : certificate.radius === null
      ? '–'
      : formatDown(certificate.radius, DISTANCE);
  const confidence = pending ? '' : formatLevel(certificate.level);
  const hint = pending ? '' : certificate.radius === null ? abstains(confidence) : level(confidence);
  return <Item name="certified" term={term} title={title} value={value} hint={hint} />;
}
