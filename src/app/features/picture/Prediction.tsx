import { useSweep } from '../../queries/hooks';
import { missingWords } from '../../state/missing';
import { type ImageSource, useStore } from '../../state/store';
import { strings } from '../../strings';
import { formatPercent } from '../../ui/format';

/** What the picture shows, where that is known. */
function meaning(source: ImageSource): { label: string; text: string } | null {
  switch (source.kind) {
    case 'sample':
      return { label: source.sample.label, text: strings.prediction.meant(source.sample.label) };
    case 'data':
      return { label: source.label, text: strings.prediction.truth(source.label) };
    case 'file':
      return source.label === undefined
        ? null
        : { label: source.label, text: strings.prediction.truth(source.label) };
    case 'drawing':
      return null;
  }
}

/** The clean image's class, its softmax confidence, and whether that is what was meant. */
export function Prediction() {
  const labels = useStore((state) => state.model?.card.labels);
  const prediction = useSweep(({ data }) => data.prediction);
  const source = useStore((state) => state.image?.source);
  const missing = useStore(missingWords);
  if (!labels || !prediction) {
    return <p className="prediction hint">{missing ?? strings.prediction.waiting}</p>;
  }
  const { predicted, probabilities } = prediction;
  const called = labels[predicted];
  const meant = source === undefined ? null : meaning(source);
  return (
    <div className="prediction">
      <p>
        {strings.prediction.says} <strong data-testid="predicted">{called}</strong>
      </p>
      <p className="hint">
        {strings.prediction.confidence(formatPercent(probabilities[predicted] as number))}
        {meant !== null && (
          <>
            <br />
            <span data-testid="meant">{meant.text}</span>:{' '}
            {meant.label === called ? strings.prediction.right : <b>{strings.prediction.wrong}</b>}
          </>
        )}
      </p>
    </div>
  );
}
