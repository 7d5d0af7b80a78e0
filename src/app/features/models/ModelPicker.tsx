import { selectModel } from '../../session/model';
import { editOwnModel, expectOwnModel, openOwnModel } from '../../session/own-models';
import { missingWords } from '../../state/missing';
import { useStore } from '../../state/store';
import { strings } from '../../strings';
import { FileButton } from '../../ui/FileButton';
import { SelectField } from '../../ui/fields';
import { ModelOptions } from './ModelOptions';
import styles from './own-model.module.css';

/** The bundled models and those that a person brought. */
export function ModelPicker() {
  const index = useStore((state) => state.index);
  const own = useStore((state) => state.ownModels);
  const model = useStore((state) => state.model);
  const missing = useStore(missingWords);
  const isLocked = useStore(({ settings }) => settings.lock === 'model');
  const { percent = null, data = '' } = model?.card.accuracy ?? {};
  const isOwn = own.some((each) => each.id === model?.card.id);
  return (
    <div className="model-picker">
      <SelectField
        label={strings.model.label}
        value={model?.card.id ?? ''}
        disabled={index === null || isLocked}
        onChange={(value) => void selectModel(value)}
      >
        {model === null && (
          <option value="">{missing === null ? strings.model.loading : strings.model.none}</option>
        )}
        <ModelOptions />
      </SelectField>
      {!isLocked && (
        <div className={styles.modelPickerButtons}>
          <BringButton />
          {isOwn && model !== null && (
            <button type="button" className="quiet small" onClick={() => editOwnModel(model.card.id)}>
              {strings.model.edit}
            </button>
          )}
        </div>
      )}
      {model !== null && (
        <p className="hint" title={model.card.summary}>
          {percent !== null && strings.model.accuracy(percent, data)}
        </p>
      )}
      {model !== null && model.words.length > 0 && (
        <details className={`hint ${styles.modelWords}`}>
          <summary>{strings.model.words}</summary>
          {model.words.map((sentence) => (
            <p key={sentence}>{sentence}</p>
          ))}
        </details>
      )}
    </div>
  );
}

/** A button that opens the file chooser for model.json with its weight files, or a zip. */
function BringButton() {
  const backend = useStore((state) => state.backend);
  return (
    <FileButton
      className="quiet small"
      text={strings.model.bring}
      takes="files"
      disabled={backend === null}
      testId="own-model-files"
      onOpen={expectOwnModel}
      onChoose={(files) => void openOwnModel(files.map((data) => ({ path: data.name, data })))}
    />
  );
}
