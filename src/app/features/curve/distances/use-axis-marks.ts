import { useShallow } from 'zustand/react/shallow';
import { type BoundedValue, equivalentDistance } from '../../../../estimators/readouts';
import type { AxisMark, AxisMarkKind } from '../../../charts/curve';
import { useAdversary, useCertificate, useEstimates } from '../../../queries/hooks';
import type { Series } from '../../../state/question';
import { strings } from '../../../strings';
import { formatDistance, formatPromised } from '../../../ui/format';
import { averageAt } from './average';

type Distance = readonly [AxisMarkKind, number | undefined, BoundedValue['relation']];

/** The distances of a curve that have a place on the radius axis: above 0, and known. */
function useMarksOf(series: Series, sigma: number | null): readonly AxisMark[] {
  const adversary = useAdversary(series).data?.distance;
  const certified = useCertificate(series)?.radius ?? undefined;
  const equivalent = useEstimates(
    useShallow((known) => {
      const estimate = sigma === null ? null : (averageAt(known, sigma)?.estimate ?? null);
      return estimate === null ? null : equivalentDistance(estimate);
    }),
    series,
  );
  const all: readonly Distance[] = [
    ['adversary', adversary, '<='],
    ['certified', certified, '='],
    ['equivalent', equivalent?.value, equivalent?.relation ?? '='],
  ];
  return all.flatMap(([kind, value, relation]): AxisMark[] => {
    if (sigma === null || value === undefined || !(value > 0)) return [];
    const text = kind === 'certified' ? formatPromised(value) : formatDistance({ relation, value });
    const label = `${strings.distances.short[kind]} ${text}`;
    return [{ kind, isCompared: series === 'compared', label, value }];
  });
}

/** The worst case and its average counterparts at the selected radius, as marks on the radius axis. */
export function useAxisMarks(sigma: number | null): readonly AxisMark[] {
  const main = useMarksOf('main', sigma);
  const compared = useMarksOf('compared', sigma);
  return [...main, ...compared];
}
