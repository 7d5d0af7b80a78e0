import { useDeferredValue, useEffect, useMemo, useRef } from 'react';
import { selectSample } from '../../session/picture';
import { samplesFor } from '../../state/pictures';
import { useStore } from '../../state/store';
import { strings } from '../../strings';
import { ThumbnailButton } from '../../ui/Thumbnail';

export function SampleTray() {
  const all = useStore((state) => state.samples);
  // A model and all of its samples are too much to draw at once.
  const card = useDeferredValue(useStore((state) => state.model?.card));
  const samples = useMemo(() => (card ? samplesFor(card, all) : []), [card, all]);
  const source = useStore((state) => state.image?.source);
  const tray = useRef<HTMLUListElement>(null);
  const selected = source?.kind === 'sample' ? source.sample.id : null;

  // The samples may come after what is selected of them.
  const isThere = samples.some(({ id }) => id === selected);

  useEffect(() => {
    if (!isThere) return;
    // In the frame, which has to lay out the page anyway.
    const frame = requestAnimationFrame(() => {
      const button = tray.current?.querySelector<HTMLElement>(`[data-sample="${selected}"]`);
      if (!tray.current || !button) return;
      const left = button.offsetLeft - tray.current.offsetLeft;
      const isHidden =
        left < tray.current.scrollLeft || left > tray.current.scrollLeft + tray.current.clientWidth - 44;
      if (isHidden) tray.current.scrollLeft = left - tray.current.clientWidth / 2;
    });
    return () => cancelAnimationFrame(frame);
  }, [selected, isThere]);

  return (
    <ul ref={tray} className="sample-tray" aria-label={strings.input.samples}>
      {samples.map((sample) => (
        <li key={sample.id}>
          <ThumbnailButton
            title={sample.title}
            aria-pressed={sample.id === selected}
            data-sample={sample.id}
            onClick={() => void selectSample(sample)}
          >
            <img className="pixelated" src={sample.url} alt={sample.title} width={40} height={40} />
          </ThumbnailButton>
        </li>
      ))}
    </ul>
  );
}
