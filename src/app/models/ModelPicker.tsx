import { useId } from 'react';
import { selectModel } from '../session/session';
import { useStore } from '../state/store';
import { strings } from '../strings';

export function ModelPicker() {
  const id = useId();
  const index = useStore((state) => state.index);
  const model = useStore((state) => state.model);
  const { percent, data } = model?.card.accuracy ?? { percent: null, data: '' };
  return (
    <div className="model-picker">
      <label htmlFor={id}>{strings.model.label}</label>
      <select
        id={id}
        value={model?.card.id ?? ''}
        disabled={index === null}
        onChange={(event) => void selectModel(event.target.value)}
      >
        {model === null && <option value="">{strings.model.loading}</option>}
        {index?.models.map(({ id: modelId, name }) => (
          <option key={modelId} value={modelId}>
            {name}
          </option>
        ))}
      </select>
      {model !== null && (
        <p className="hint" title={model.card.summary}>
          {percent !== null && strings.model.accuracy(percent, data)}
        </p>
      )}
    </div>
  );
}
