import { AbsentPicture } from '../input/AbsentPicture';
import { NoisePanel } from '../noise/NoisePanel';

export default function EmbeddedNoise() {
  return (
    <main className="embed-main">
      <AbsentPicture />
      <NoisePanel />
    </main>
  );
}
