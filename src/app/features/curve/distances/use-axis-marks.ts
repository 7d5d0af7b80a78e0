import { useShallow } from 'zustand/react/shallow';
import { type BoundedValue, equivalentDistance } from '../../../../estimators/readouts';
import type { AxisMark, AxisMarkKind } from '../../../charts/curve';
import { type Lane, viewOf } from '../../../state/lanes';
import { cursorNow } from '../../../state/selectors';
import { type AppState, useStore } from '../../../state/store';
import { strings } from '../../../strings';
import { formatDistance, formatPromised } from '../../../ui/format';
import { averageAt } from './average';

type Distance = readonly [AxisMarkKind, number, BoundedValue['relation']];

const LANES: readonly Lane[] = ['shown', 'compared'];

/** The distances of a curve that have a place on the radius axis: above 0, and known. */
function distancesOf(view: AppState | null, sigma: number): readonly Distance[] {
  if (view === null) return [];
  const adversary = view.adversary?.result?.found?.distance;
  const certified = cursorNow(view, sigma)?.certificate?.radius;
  const average = averageAt(view, sigma)?.estimate ?? null;
  const equivalent = average && equivalentDistance(average);
  const all = [
    ['adversary', adversary, '<='],
    ['certified', certified, '='],
    ['equivalent', equivalent?.value, equivalent?.relation],
  ] as const;
  return all.flatMap(([kind, value, relation = '=']): Distance[] =>
    value && value > 0 ? [[kind, value, relation]] : [],
  );
}

/** The worst case and its average counterparts at the cursor, as marks on the radius axis. */
export function useAxisMarks(sigma: number | null): readonly AxisMark[] {
  // As text, so that equal distances are one state.
  const found = useStore(
    useShallow((state) =>
      LANES.map((lane) => JSON.stringify(sigma === null ? [] : distancesOf(viewOf(state, lane), sigma))),
    ),
  );
  return found.flatMap((text, i) =>
    (JSON.parse(text) as Distance[]).map(([kind, value, relation]) => ({
      kind,
      beside: LANES[i] === 'compared',
      label: `${strings.distances.short[kind]} ${kind === 'certified' ? formatPromised(value) : formatDistance({ relation, value })}`,
      value,
    })),
  );
}
