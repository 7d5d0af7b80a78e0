import { Legend, Swatch } from './primitives/Legend';

interface LaneKeysProps {
  /** What the two curves are of. */
  readonly names: Readonly<Record<'shown' | 'compared', string>>;
}

/** What solid and what dashed lines are of. */
export const LaneKeys = ({ names }: LaneKeysProps) => (
  <Legend
    items={[
      { key: 'shown', mark: <Swatch kind="curve" />, text: names.shown },
      { key: 'compared', mark: <Swatch kind="other-curve" />, text: names.compared },
    ]}
  />
);
