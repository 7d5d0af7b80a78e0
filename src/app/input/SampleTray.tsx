import { selectSample } from '../session/session';
import { useStore } from '../state/store';
import { strings } from '../strings';

export function SampleTray() {
  const samples = useStore((state) => state.samples);
  const source = useStore((state) => state.image?.source);
  return (
    <ul className="sample-tray" aria-label={strings.input.samples}>
      {samples.map((sample) => (
        <li key={sample.id}>
          <button
            type="button"
            title={sample.title}
            aria-pressed={source?.kind === 'sample' && source.sample.id === sample.id}
            data-sample={sample.id}
            onClick={() => void selectSample(sample)}
          >
            <img src={sample.url} alt={sample.title} width={28} height={28} className="pixelated" />
          </button>
        </li>
      ))}
    </ul>
  );
}
