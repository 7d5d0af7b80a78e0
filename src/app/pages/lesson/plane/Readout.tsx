import type { ReactNode } from 'react';
import type { Role } from '../../../../estimators/definition';
import type { Estimate } from '../../../../estimators/estimate';
import { estimatorIn } from '../../../../estimators/roles';
import { Swatch } from '../../../charts/primitives/Legend';
import { formatDifference, formatEstimate, formatLimits } from '../../../ui/format';
import { lessonStrings } from '../strings';

/** Numbers under a figure, with what they are. */
export function Readouts({ children }: { readonly children: ReactNode }) {
  return <dl className="readouts">{children}</dl>;
}

export function Readout({
  term,
  value,
  note = '',
}: {
  readonly term: ReactNode;
  readonly value: string;
  readonly note?: string;
}) {
  return (
    <div>
      <dt>{term}</dt>
      <dd>
        <strong>{value}</strong> <span className="hint">{note}</span>
      </dd>
    </div>
  );
}

interface EstimateReadoutProps {
  /** Its role. */
  readonly of: Role;
  readonly estimate: Estimate | undefined;
  /** What sampling says at the same point. */
  readonly sampled?: Estimate | undefined;
}

/** An estimate with its interval, or with how far it is off sampling. */
export function EstimateReadout({ of, estimate, sampled }: EstimateReadoutProps) {
  const { name, colour } = estimatorIn(of);
  const term = (
    <>
      <Swatch kind="line" colour={colour} isInText />
      {name}
    </>
  );
  return (
    <Readout
      term={term}
      value={estimate === undefined ? '…' : formatEstimate(estimate)}
      note={estimate === undefined ? '' : noteOn(estimate, sampled)}
    />
  );
}

function noteOn({ p, lo, hi }: Estimate, sampled: Estimate | undefined): string {
  const { readout } = lessonStrings;
  if (lo !== null && hi !== null) return readout.limits(formatLimits(lo, hi));
  if (sampled === undefined || sampled.lo === null || sampled.hi === null) return '';
  if (p >= sampled.lo && p <= sampled.hi) return readout.explained;
  return readout.difference(formatDifference(p - sampled.p));
}
