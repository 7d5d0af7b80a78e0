import { NoisePanel } from '../noise/NoisePanel';

export default function EmbeddedNoise() {
  return (
    <main className="embed-main">
      <NoisePanel />
    </main>
  );
}
