import { type LaneNames, useLaneNames } from './lane-names';

/** What solid and what dashed lines are of. */
export function LaneKeys({ names }: { readonly names: LaneNames }) {
  return (
    <ul className="lane-keys">
      {(['shown', 'compared'] as const).map((lane) => (
        <li key={lane}>
          <span className={`lane-key lane-key-${lane}`} aria-hidden="true" />
          {names[lane]}
        </li>
      ))}
    </ul>
  );
}

/** The same where a chart has no room for names at the ends of its curves; nothing while nothing is compared. */
export function NarrowLaneKeys() {
  const names = useLaneNames();
  if (names === null) return null;
  return (
    <div className="lane-keys-narrow">
      <LaneKeys names={names} />
    </div>
  );
}
