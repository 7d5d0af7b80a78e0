import { SweepPanel } from '../../features/curve/SweepPanel';
import { AbsentPicture } from '../../features/picture/AbsentPicture';

export default function EmbeddedCurve() {
  return (
    <main className="embed-main">
      <AbsentPicture />
      <SweepPanel />
    </main>
  );
}
