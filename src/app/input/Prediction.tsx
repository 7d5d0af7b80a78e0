import { formatPercent } from '../common/format';
import { useStore } from '../state/store';
import { strings } from '../strings';

/** The clean image's class, its softmax confidence, and whether that is what was meant. */
export function Prediction() {
  const labels = useStore((state) => state.model?.card.labels);
  const prediction = useStore((state) => state.sweep?.prediction);
  const source = useStore((state) => state.image?.source);
  if (!labels || !prediction) return <p className="hint">{strings.prediction.waiting}</p>;
  const { predicted, probabilities } = prediction;
  const called = labels[predicted];
  const meant = source?.kind === 'sample' ? source.sample.label : null;
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
            {strings.prediction.meant(meant)}:{' '}
            {meant === called ? strings.prediction.right : <b>{strings.prediction.wrong}</b>}
          </>
        )}
      </p>
    </div>
  );
}
