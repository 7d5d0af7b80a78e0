import type { LaneNames } from './lane-names';

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
