interface LaneKeysProps {
  /** What the two curves are of. */
  readonly names: Readonly<Record<'shown' | 'compared', string>>;
}

/** What solid and what dashed lines are of. */
export function LaneKeys({ names }: LaneKeysProps) {
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
