import { readLabels } from '../../../workers/models/own/labels';
import { report } from '../../session/problem';
import { strings } from '../../strings';
import { FileButton } from '../../ui/FileButton';
import { Field, SelectField, TextField } from '../../ui/fields';
import { normalisationOf, normalisationsFor, type OwnModelText, rangeNames } from './own-form';
import styles from './own-model.module.css';

const messages = strings.ownModel;

interface ChooserProps<T extends string> {
  readonly label: string;
  readonly value: T;
  readonly options: readonly (readonly [value: T, text: string])[];
  readonly disabled?: boolean;
  readonly onChange: (value: T) => void;
}

function Chooser<T extends string>({ options, onChange, ...field }: ChooserProps<T>) {
  return (
    <SelectField {...field} onChange={(value) => onChange(value as T)}>
      {options.map(([each, text]) => (
        <option key={each} value={each}>
          {text}
        </option>
      ))}
    </SelectField>
  );
}

export interface OwnModelFieldsProps {
  readonly text: OwnModelText;
  /** What the network itself says of height, width and channels. */
  readonly fixed: readonly (number | null)[];
  readonly classCount: number | null;
  readonly onChange: (change: Partial<OwnModelText>) => void;
}

/** The questions of the form. */
export function OwnModelFields({ text, fixed, classCount, onChange }: OwnModelFieldsProps) {
  const channels = Number(text.channels);
  const isDigits = text.height.trim() === '28' && text.width.trim() === '28' && channels === 1;
  return (
    <>
      <TextField label={messages.name} value={text.name} onChange={(name) => onChange({ name })} />
      <div className={styles.row}>
        <TextField
          label={messages.height}
          value={text.height}
          disabled={fixed[0] !== null}
          kind="numeric"
          onChange={(height) => onChange({ height })}
        />
        <TextField
          label={messages.width}
          value={text.width}
          disabled={fixed[1] !== null}
          kind="numeric"
          onChange={(width) => onChange({ width })}
        />
        <Chooser
          label={messages.channels}
          value={text.channels}
          options={[
            ['1', messages.grey],
            ['3', messages.colour],
          ]}
          disabled={fixed[2] !== null}
          onChange={(value) => {
            const keeps = normalisationOf(text.normalisation, Number(value)) !== null;
            onChange({ channels: value, normalisation: keeps ? text.normalisation : 'none' });
          }}
        />
      </div>
      {isDigits && (
        <Chooser
          label={messages.preparation}
          value={text.preparation}
          options={[
            ['mnist', messages.preparations.mnist],
            ['photo', messages.preparations.photo],
          ]}
          onChange={(preparation) => onChange({ preparation })}
        />
      )}
      <Chooser
        label={messages.range}
        value={text.range}
        options={rangeNames.map((name) => [name, messages.ranges[name]] as const)}
        onChange={(range) => onChange({ range })}
      />
      {text.range === 'other' && (
        <div className={styles.row}>
          <TextField
            label={messages.black}
            value={text.black}
            kind="numeric"
            onChange={(black) => onChange({ black })}
          />
          <TextField
            label={messages.white}
            value={text.white}
            kind="numeric"
            onChange={(white) => onChange({ white })}
          />
        </div>
      )}
      <Chooser
        label={messages.normalisation}
        value={text.normalisation}
        options={normalisationsFor(channels).map((name) => [name, messages.normalisations[name]] as const)}
        onChange={(normalisation) => {
          const values = normalisationOf(text.normalisation, channels);
          onChange({
            normalisation,
            ...(values && { mean: values.mean.join(', '), std: values.std.join(', ') }),
          });
        }}
      />
      {text.normalisation === 'other' && (
        <div className={styles.row}>
          <TextField
            label={messages.mean}
            value={text.mean}
            kind="numeric"
            onChange={(mean) => onChange({ mean })}
          />
          <TextField
            label={messages.std}
            value={text.std}
            kind="numeric"
            onChange={(std) => onChange({ std })}
          />
        </div>
      )}
      <Labels text={text.labels} classCount={classCount} onChange={(labels) => onChange({ labels })} />
    </>
  );
}

interface LabelsProps {
  readonly text: string;
  readonly classCount: number | null;
  readonly onChange: (text: string) => void;
}

function Labels({ text, classCount, onChange }: LabelsProps) {
  return (
    <Field label={messages.labels(classCount)}>
      {(id) => (
        <>
          <textarea
            id={id}
            rows={4}
            value={text}
            aria-describedby={`${id}-hint`}
            onChange={(event) => onChange(event.target.value)}
          />
          <div className="row">
            <FileButton
              text={messages.labelsFile}
              accept=".txt,.csv,.json,text/plain"
              testId="labels-file"
              onChoose={([file]) =>
                void file.text().then((content) => onChange(readLabels(content).join('\n')), report)
              }
            />
            <p className="hint" id={`${id}-hint`}>
              {messages.labelsHint}
            </p>
          </div>
        </>
      )}
    </Field>
  );
}
