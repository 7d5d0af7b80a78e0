import { useEffect, useRef } from 'react';
import { selectSample } from '../session/session';
import { useStore } from '../state/store';
import { strings } from '../strings';

export function SampleTray() {
  const samples = useStore((state) => state.samples);
  const source = useStore((state) => state.image?.source);
  const tray = useRef<HTMLUListElement>(null);
  const selected = source?.kind === 'sample' ? source.sample.id : null;

  useEffect(() => {
    const button = tray.current?.querySelector<HTMLElement>(`[data-sample="${selected}"]`);
    if (!tray.current || !button) return;
    const left = button.offsetLeft - tray.current.offsetLeft;
    const isHidden =
      left < tray.current.scrollLeft || left > tray.current.scrollLeft + tray.current.clientWidth - 44;
    if (isHidden) tray.current.scrollLeft = left - tray.current.clientWidth / 2;
  }, [selected]);

  return (
    <ul ref={tray} className="sample-tray" aria-label={strings.input.samples}>
      {samples.map((sample) => (
        <li key={sample.id}>
          <button
            type="button"
            title={sample.title}
            aria-pressed={sample.id === selected}
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
