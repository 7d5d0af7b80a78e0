import { type ReactNode, useMemo, useState } from 'react';
import { toDataUrl } from '../../charts/pixels';
import { linkedWords } from '../../state/missing';
import { takesDrawings, testSetsFor } from '../../state/pictures';
import { type AppState, type CurrentImage, useStore } from '../../state/store';
import { strings } from '../../strings';
import { Choice } from '../../ui/Choice';
import { CropEditor } from './CropEditor';
import { DrawPad } from './DrawPad';
import { PictureFile } from './DropTarget';
import { Prediction } from './Prediction';
import { SampleTray } from './SampleTray';
import { TestImages } from './TestImages';
import { Webcam } from './Webcam';

const MODES = ['samples', 'data', 'draw', 'file'] as const;
type Mode = (typeof MODES)[number];

/** Whether there is such a way to a picture for this model. */
function isOffered(mode: Mode, { model, testSets }: Pick<AppState, 'model' | 'testSets'>): boolean {
  if (mode === 'data') return model !== null && testSetsFor(model.card, testSets).length > 0;
  return mode !== 'draw' || model === null || takesDrawings(model.card);
}

function sourceName({ source }: CurrentImage): string {
  if (source.kind === 'sample') return source.sample.title;
  if (source.kind === 'data') {
    return strings.input.testImage(source.set.name, source.set.split, source.index);
  }
  if (source.kind === 'file' && source.label !== undefined) return source.name;
  return strings.input.sources[source.kind];
}

/** Names what no highlighted sample does. */
function caption(image: CurrentImage | null): string {
  if (image === null) return '';
  return image.source.kind === 'sample' ? strings.input.seen : strings.input.seenOwn(sourceName(image));
}

interface InputPanelProps {
  /** Chooses the model, below what it says of the picture. */
  readonly modelPicker: ReactNode;
}

/** The picture as the model sees it, what the model says, and the ways to another picture. */
export function InputPanel({ modelPicker }: InputPanelProps) {
  const image = useStore((state) => state.image);
  const draft = useStore((state) => state.cropDraft);
  const preparing = useStore((state) => state.preparing);
  const model = useStore((state) => state.model);
  const linked = useStore(linkedWords);
  const testSets = useStore((state) => state.testSets);
  const [wanted, setMode] = useState<Mode>('samples');
  const offered = MODES.filter((mode) => isOffered(mode, { model, testSets }));
  const mode = offered.includes(wanted) ? wanted : 'samples';
  const shown = draft?.prepared ?? image?.prepared;
  const url = useMemo(() => shown && toDataUrl(shown.data, shown.shape), [shown]);

  return (
    <section className="card" aria-label={strings.input.heading}>
      <Choice
        label={strings.input.mode}
        options={offered.map((value) => ({ value, text: strings.input[value] }))}
        value={mode}
        onChange={setMode}
      />
      {mode === 'samples' && <SampleTray />}
      {mode === 'data' && <TestImages />}
      {/* Stays, so that a drawing is still there when one comes back to it. */}
      <div hidden={mode !== 'draw'}>
        <DrawPad />
      </div>
      {mode === 'file' && <PictureFile />}
      {mode === 'file' && <Webcam />}
      <CropEditor />
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
          {modelPicker}
        </div>
      </div>
      <p className="hint" aria-live="polite">
        {preparing && image
          ? strings.input.preparing
          : image?.prepared.steps.inverted
            ? strings.input.inverted
            : ''}
      </p>
      {linked !== null && (
        <p className="hint" role="status" data-testid="linked">
          {linked}
        </p>
      )}
    </section>
  );
}
