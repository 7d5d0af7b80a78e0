import { LaneKeys } from '../../../charts/LaneKeys';
import { useSeriesNames } from '../../../state/series-names';

/** What solid and dashed lines are of, where a chart has no room for names at the ends of its curves; nothing while nothing is compared. */
export function NarrowLaneKeys() {
  const names = useSeriesNames();
  if (names === null) return null;
  return (
    <div className="lane-keys-narrow">
      <LaneKeys names={names} />
    </div>
  );
}
