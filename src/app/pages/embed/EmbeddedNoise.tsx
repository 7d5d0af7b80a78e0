import { NoisePanel } from '../../features/noise/NoisePanel';
import { AbsentPicture } from '../../features/picture/AbsentPicture';

export default function EmbeddedNoise() {
  return (
    <main className="embed-main">
      <AbsentPicture />
      <NoisePanel />
    </main>
  );
}
