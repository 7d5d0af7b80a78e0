import { useMemo } from 'react';
import { useShallow } from 'zustand/react/shallow';
import { testSetsFor } from '../../state/pictures';
import { useStore } from '../../state/store';
import { FileButton } from '../../ui/FileButton';
import { formatCount } from '../../ui/format';
import { ProgressBar } from '../../ui/Progress';
import { cancelReading, loadFiles, loadPacked, loadSamples } from './load-data';
import { SetThumbnail } from './SetThumbnail';
import { type CurrentData, isBusy, useDataset } from './state';
import { datasetStrings } from './strings';

const messages = datasetStrings.data;
const PREVIEWED = 16;

/** Which images are run. */
export function DataCard() {
  const data = useDataset((state) => state.data);
  return (
    <section className="card" aria-labelledby="dataset-images">
      <h2 id="dataset-images">{messages.heading}</h2>
      {data !== null && <Preview data={data} />}
      <Reading />
      <Sources />
    </section>
  );
}

function Preview({ data }: { readonly data: CurrentData }) {
  const { images, name, isPrepared, notes } = data;
  const doubt = useDataset((state) => state.doubt);
  const labels = useDataset((state) => state.model?.card.labels ?? []);
  const counts = useMemo(() => {
    const found = new Map<number, number>();
    for (const label of images.labels) found.set(label, (found.get(label) ?? 0) + 1);
    const classes = [...found].sort(([a], [b]) => a - b);
    return classes.map(([label, count]) => `${labels[label] ?? label}: ${formatCount(count)}`).join(', ');
  }, [images, labels]);
  const [height, width, channels] = images.shape;
  const size = `${height} × ${width}${channels === 3 ? ' × 3' : ''}`;
  return (
    <>
      <p data-testid="dataset-data">{messages.ready(name, formatCount(images.count), size)}</p>
      <ul className="dataset-preview" aria-label={messages.preview}>
        {Array.from({ length: Math.min(PREVIEWED, images.count) }, (_, index) => {
          const label = labels[images.labels[index] as number] ?? String(images.labels[index]);
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: an image is known by its place
            <li key={index}>
              <SetThumbnail images={images} index={index} alt={messages.image(index, label)} />
            </li>
          );
        })}
      </ul>
      <p className="hint">
        {messages.byClass(counts)} {isPrepared && messages.prepared}
      </p>
      {doubt !== null && (
        <p className="error" role="status" data-testid="dataset-doubt">
          {doubt}
        </p>
      )}
      {notes.length > 0 && (
        <p className="hint" role="status" data-testid="dataset-notes">
          {notes.join(' ')}
        </p>
      )}
    </>
  );
}

function Reading() {
  const reading = useDataset((state) => state.reading);
  if (reading === null) return null;
  const { images, of } = reading;
  const text = of === 0 ? messages.reading : messages.readingOf(formatCount(images), formatCount(of));
  return (
    <div>
      <p className="hint" role="status">
        {text}
      </p>
      <div className="row">
        <ProgressBar label={messages.reading} share={of === 0 ? undefined : images / of} />
        <button type="button" className="quiet" onClick={cancelReading}>
          {messages.cancel}
        </button>
      </div>
    </div>
  );
}

/** Each file with its path in the chosen folder. */
const pathsOf = (files: readonly File[]) =>
  files.map((data) => ({ path: data.webkitRelativePath || data.name, data }));

/** The ways to images: an unpacked set, the page's own samples, files. */
function Sources() {
  const model = useDataset((state) => state.model);
  const hasData = useDataset((state) => state.data !== null);
  const busy = useDataset((state) => isBusy(state) || state.reading !== null || state.model === null);
  const sets = useStore(useShallow(({ testSets }) => (model ? testSetsFor(model.card, testSets) : [])));
  const set = model?.card.dataset.name ?? '';
  // Until the model is there it keeps the place that it most likely has.
  const hasSamples = useStore(
    ({ samples }) => model === null || samples.some(({ dataset }) => dataset === set),
  );
  const buttons = (
    <>
      {sets.map((each) => (
        <button
          key={`${each.dataset}-${each.split}`}
          type="button"
          disabled={busy}
          data-set={`${each.dataset}-${each.split}`}
          onClick={() => void loadPacked(each)}
        >
          {messages.set(each.name, each.split, formatCount(each.count))}
        </button>
      ))}
      {hasSamples && (
        <button type="button" disabled={busy} data-set="samples" onClick={() => void loadSamples(set)}>
          {messages.samples}
        </button>
      )}
      <FileButton
        text={messages.files}
        takes="files"
        disabled={busy}
        testId="dataset-files"
        onChoose={(files) => void loadFiles(pathsOf(files))}
      />
      <FileButton
        text={messages.folder}
        takes="folder"
        disabled={busy}
        testId="dataset-folder"
        onChoose={(files) => void loadFiles(pathsOf(files))}
      />
    </>
  );
  return (
    <>
      {hasData ? (
        <details className="dataset-other">
          <summary>{messages.other}</summary>
          <div className="row">{buttons}</div>
        </details>
      ) : (
        <div className="row">{buttons}</div>
      )}
      {!hasData && (
        <p className="hint">
          {messages.hint} {sets.length === 0 && messages.hintNone}
        </p>
      )}
    </>
  );
}
