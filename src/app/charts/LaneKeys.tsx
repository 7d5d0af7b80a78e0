import { Legend, Swatch } from './primitives/Legend';

interface LaneKeysProps {
  /** What the two curves are of. */
  readonly names: Readonly<Record<'main' | 'compared', string>>;
}

/** What solid and what dashed lines are of. */
export const LaneKeys = ({ names }: LaneKeysProps) => (
  <Legend
    items={[
      { key: 'main', mark: <Swatch kind="curve" />, text: names.main },
      { key: 'compared', mark: <Swatch kind="other-curve" />, text: names.compared },
    ]}
  />
);
