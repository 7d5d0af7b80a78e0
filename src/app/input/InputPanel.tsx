import { useMemo, useState } from 'react';
import { toDataUrl } from '../charts/pixels';
import { Choice } from '../common/Choice';
import { ModelPicker } from '../models/ModelPicker';
import { type CurrentImage, useStore } from '../state/store';
import { strings } from '../strings';
import { DrawPad } from './DrawPad';
import { FileButton } from './DropTarget';
import { Prediction } from './Prediction';
import { SampleTray } from './SampleTray';

const modes = (['samples', 'draw', 'file'] as const).map((value) => ({ value, text: strings.input[value] }));

function sourceName({ source }: CurrentImage): string {
  return source.kind === 'sample' ? source.sample.title : strings.input.sources[source.kind];
}

/** Names what no highlighted sample does. */
function caption(image: CurrentImage | null): string {
  const kind = image?.source.kind;
  return kind === 'file' || kind === 'drawing'
    ? strings.input.seenOwn(strings.input.sources[kind])
    : strings.input.seen;
}

/** The picture as the model sees it, what the model says, and the ways to another picture. */
export function InputPanel() {
  const image = useStore((state) => state.image);
  const preparing = useStore((state) => state.preparing);
  const [mode, setMode] = useState<(typeof modes)[number]['value']>('samples');
  const url = useMemo(() => image && toDataUrl(image.prepared.data, image.prepared.shape), [image]);

  return (
    <section className="card" aria-label={strings.input.heading}>
      <Choice label={strings.input.mode} options={modes} value={mode} onChange={setMode} />
      {mode === 'samples' && <SampleTray />}
      {/* Stays, so that a drawing is still there when one comes back to it. */}
      <div hidden={mode !== 'draw'}>
        <DrawPad />
      </div>
      {mode === 'file' && <FileButton />}
      <div className="picture-row">
        <figure>
          {image && url ? (
            <img className="picture pixelated" src={url} alt={strings.input.alt(sourceName(image))} />
          ) : (
            <div className="picture" />
          )}
          <figcaption>{caption(image)}</figcaption>
        </figure>
        <div className="picture-facts">
          <Prediction />
          <ModelPicker />
        </div>
      </div>
      <p className="hint" aria-live="polite">
        {preparing ? strings.input.preparing : image?.prepared.steps.inverted ? strings.input.inverted : ''}
      </p>
    </section>
  );
}
