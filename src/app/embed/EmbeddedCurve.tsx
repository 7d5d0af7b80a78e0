import { SweepPanel } from '../sweep/SweepPanel';

export default function EmbeddedCurve() {
  return (
    <main className="embed-main">
      <SweepPanel />
    </main>
  );
}
