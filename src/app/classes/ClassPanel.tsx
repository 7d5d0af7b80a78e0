import { LEVEL } from '../../estimators/estimate';
import { confidenceSequence } from '../../estimators/intervals';
import { type ClassBar, ClassBars } from '../charts/ClassBars';
import { formatLimits, formatShare } from '../common/format';
import { Panel } from '../common/Panel';
import { cursorSigma, estimateAt } from '../state/selectors';
import { updateSettings, useStore } from '../state/store';
import { strings } from '../strings';

const words = strings.classes;

function valueText({ share }: ClassBar): string {
  if (share === null) return strings.table.pending;
  return `${formatShare(share.p, share.lo, share.hi)} (${formatLimits(share.lo, share.hi)})`;
}

/** Where the noise leads at the cursor's radius, class by class, beside the clean image's softmax. */
export function ClassPanel() {
  const labels = useStore((state) => state.model?.card.labels);
  const prediction = useStore((state) => state.sweep?.prediction);
  const sigma = useStore(cursorSigma);
  const sampled = useStore((state) => (sigma === null ? undefined : estimateAt(state, 'mc', sigma)));
  const hasMc = useStore((state) => state.settings.estimators.includes('mc'));
  const targetSet = useStore((state) => state.settings.target !== null);
  const bars = (labels ?? []).map((label, i): ClassBar => {
    const count = sampled?.classCounts?.[i];
    // All K classes are looked at together: each at alpha / K.
    const limits =
      count === undefined || sampled === undefined || labels === undefined
        ? null
        : confidenceSequence(count, sampled.evaluations, (1 - LEVEL) / labels.length);
    return {
      label,
      share: limits && { p: (count as number) / (sampled?.evaluations as number), ...limits },
      confidence: prediction?.probabilities[i] ?? 0,
      isTarget: prediction?.target === i,
    };
  });
  return (
    <Panel title={words.heading} name="classes">
      <ClassBars
        bars={bars}
        onSelect={(i) => updateSettings({ target: i === prediction?.predicted ? null : i })}
        selectLabel={words.select}
        valueText={valueText}
      />
      {targetSet && (
        <button type="button" onClick={() => updateSettings({ target: null })}>
          {words.reset}
        </button>
      )}
      <p className="hint">{hasMc ? words.hint : words.notSampled}</p>
    </Panel>
  );
}
