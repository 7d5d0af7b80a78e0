import { AbsentPicture } from '../input/AbsentPicture';
import { SweepPanel } from '../sweep/SweepPanel';

export default function EmbeddedCurve() {
  return (
    <main className="embed-main">
      <AbsentPicture />
      <SweepPanel />
    </main>
  );
}
