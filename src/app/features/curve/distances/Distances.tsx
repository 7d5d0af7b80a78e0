import type { ReactNode } from 'react';
import { useShallow } from 'zustand/react/shallow';
import { equivalentDistance, nines } from '../../../../estimators/readouts';
import { isAxisMark, MARK_SHAPES } from '../../../charts/AxisMarks';
import { useAdversary, useCertificate, useEstimates } from '../../../queries/hooks';
import { useQuestion } from '../../../queries/series';
import { strings } from '../../../strings';
import {
  formatBounded,
  formatDistance,
  formatLevel,
  formatPromised,
  formatShareDone,
} from '../../../ui/format';
import { averageAt } from './average';

const messages = strings.distances;
/** Decimals that are shown. */
const NINES = 1;

/** The worst case beside the average one: distances at the cursor's radius, each with what kind of statement it is. */
export function Distances({ sigma }: { readonly sigma: number }) {
  const average = useEstimates(useShallow((known) => averageAt(known, sigma)));
  const estimate = average?.estimate ?? null;
  return (
    <dl className="distances" data-testid="distances" aria-label={messages.heading}>
      <Adversary />
      <CertifiedRadius />
      {average !== null && (
        <>
          <Item
            name="equivalent"
            term={messages.equivalent.term}
            title={messages.equivalent.title}
            value={estimate === null ? strings.table.pending : formatDistance(equivalentDistance(estimate))}
            hint={messages.from(average.name)}
          />
          <Item
            name="nines"
            term={messages.nines.term}
            title={messages.nines.title}
            value={estimate === null ? strings.table.pending : formatBounded(nines(estimate), NINES)}
            hint={messages.from(average.name)}
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
      <dt>
        {isAxisMark(name) && (
          <svg className="axis-key" viewBox="-7 -7 14 14" aria-hidden="true">
            <path d={MARK_SHAPES[name]} />
          </svg>
        )}
        {term}
      </dt>
      <dd>
        <b>{value}</b>
        <span className="hint">{hint}</span>
      </dd>
    </div>
  );
}

function Adversary() {
  const { data: found, fraction } = useAdversary();
  const model = useQuestion()?.model;
  const { term, title } = messages.adversary;
  const item = (value: string, hint: string) => (
    <Item name="adversary" term={term} title={title} value={value} hint={hint} />
  );
  if (model !== undefined && model.noGradients !== null) return item('–', messages.adversary.noGradients);
  if (found === undefined) {
    const { searching, waiting } = messages.adversary;
    return item(strings.table.pending, fraction > 0 ? searching(formatShareDone(fraction)) : waiting);
  }
  if (found === null) return item('–', messages.adversary.none);
  const called = model?.card.labels[found.called] ?? String(found.called);
  if (found.distance === 0) return item('0', messages.adversary.already(called));
  const bound = { relation: '<=', value: found.distance } as const;
  const { checked, checkedInSingle } = messages.adversary;
  return item(formatDistance(bound), (found.arithmetic === 'float64' ? checked : checkedInSingle)(called));
}

function CertifiedRadius() {
  const certificate = useCertificate();
  const { term, title, abstains, level } = messages.certified;
  const pending = certificate === null;
  const value = pending
    ? strings.table.pending
    : certificate.radius === null
      ? '–'
      : formatPromised(certificate.radius);
  const confidence = pending ? '' : formatLevel(certificate.level);
  const hint = pending ? '' : certificate.radius === null ? abstains(confidence) : level(confidence);
  return <Item name="certified" term={term} title={title} value={value} hint={hint} />;
}
