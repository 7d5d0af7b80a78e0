import {
  type ChangeEvent,
  type LabelHTMLAttributes,
  type ReactNode,
  useEffect,
  useId,
  useState,
} from 'react';
import { strings } from '../strings';
import styles from './fields.module.css';

const messages = strings.settings;

interface Labelled {
  readonly label: ReactNode;
  /** Where the label stands; hidden, it is there for those who listen. */
  readonly labelSide?: 'above' | 'beside' | 'hidden';
  readonly disabled?: boolean;
}

interface FieldProps extends Labelled {
  /** Over all columns of a form. */
  readonly isWide?: boolean;
  /** What is wrong with what was entered, in a sentence. */
  readonly problem?: string | null;
  /** The control, by the id that the label names and that of the sentence. */
  readonly children: (id: string, describedBy: string | undefined) => ReactNode;
}

/** A control with its label, and what is wrong with what was entered. */
export function Field({ label, labelSide = 'above', isWide = false, problem = null, children }: FieldProps) {
  const id = useId();
  const problemId = `${id}-problem`;
  return (
    <div className={styles.field} data-label={labelSide} data-wide={isWide}>
      <label htmlFor={id} className={labelSide === 'hidden' ? 'visually-hidden' : undefined}>
        {label}
      </label>
      {children(id, problem === null ? undefined : problemId)}
      {problem !== null && (
        <p id={problemId} className="error" role="alert">
          {problem}
        </p>
      )}
    </div>
  );
}

type FieldAround = Labelled & Pick<FieldProps, 'isWide' | 'problem'>;

interface TextFieldProps extends FieldAround {
  readonly value: string | number;
  /** Numbers may be entered as text, where several can stand or units are to be told from them. */
  readonly kind?: 'text' | 'numeric' | 'number';
  readonly min?: number;
  readonly onChange: (value: string) => void;
}

/** A line of text, or a number, every change of which is told. */
export function TextField({
  value,
  kind = 'text',
  min,
  onChange,
  disabled = false,
  ...field
}: TextFieldProps) {
  return (
    <Field {...field}>
      {(id, describedBy) => (
        <input
          id={id}
          type={kind === 'number' ? 'number' : 'text'}
          inputMode={kind === 'text' ? 'text' : 'decimal'}
          min={min}
          value={value}
          disabled={disabled}
          aria-describedby={describedBy}
          onChange={({ target }) => onChange(target.value)}
        />
      )}
    </Field>
  );
}

interface NumberFieldProps {
  readonly label: string;
  readonly value: number;
  readonly range: { readonly min: number; readonly max: number };
  readonly step: number | 'any';
  /** A further reason to refuse a value. */
  readonly refuse?: (value: number) => string | null;
  readonly onCommit: (value: number) => void;
}

/** A number that takes effect when it is confirmed and valid; until then the last good value stays in force. */
export function NumberField({ label, value, range, step, refuse, onCommit }: NumberFieldProps) {
  const [text, setText] = useState(String(value));
  useEffect(() => setText(String(value)), [value]);
  const parsed = Number(text);
  const problem = refusal();
  function refusal(): string | null {
    if (text.trim() === '' || !(parsed >= range.min && parsed <= range.max)) {
      return messages.rangeError(range.min, range.max);
    }
    if (step !== 'any' && !Number.isInteger(parsed)) return messages.wholeError;
    return refuse?.(parsed) ?? null;
  }
  const commit = (): void => {
    if (problem === null && parsed !== value) onCommit(parsed);
  };
  return (
    <Field label={label} problem={problem}>
      {(id, describedBy) => (
        <input
          id={id}
          type="number"
          inputMode="decimal"
          min={range.min}
          max={range.max}
          step={step}
          value={text}
          aria-invalid={problem !== null}
          aria-describedby={describedBy}
          onChange={({ target }) => setText(target.value)}
          onBlur={commit}
          onKeyDown={({ key }) => key === 'Enter' && commit()}
        />
      )}
    </Field>
  );
}

interface SelectFieldProps extends FieldAround {
  readonly value: string | number;
  readonly onChange: (value: string) => void;
  /** The options. */
  readonly children: ReactNode;
}

/** One of several values. */
export function SelectField({ value, onChange, children, disabled = false, ...field }: SelectFieldProps) {
  return (
    <Field {...field}>
      {(id) => (
        <select id={id} value={value} disabled={disabled} onChange={({ target }) => onChange(target.value)}>
          {children}
        </select>
      )}
    </Field>
  );
}

interface CheckboxFieldProps extends Omit<LabelHTMLAttributes<HTMLLabelElement>, 'onChange' | 'onToggle'> {
  readonly isChecked: boolean;
  readonly onToggle: (isChecked: boolean) => void;
  readonly disabled?: boolean;
  /** Of the box, to tell boxes apart. */
  readonly data?: Readonly<Record<`data-${string}`, string>>;
  /** What stands beside the box. */
  readonly children: ReactNode;
}

/** Something that is on or off. */
export function CheckboxField(props: CheckboxFieldProps) {
  const { isChecked, onToggle, disabled = false, data, children, ...attributes } = props;
  return (
    <label {...attributes} className={styles.checkbox}>
      <input
        type="checkbox"
        checked={isChecked}
        disabled={disabled}
        {...data}
        onChange={({ target }) => onToggle(target.checked)}
      />
      {children}
    </label>
  );
}

interface RangeFieldProps extends Labelled {
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly step?: number;
  /** The value in words. */
  readonly valueText?: string;
  readonly onChange: (value: number) => void;
  /** Of the slider, for what gives it the focus. */
  readonly id?: string;
}

/** A number between two others, by a slider. */
export function RangeField(props: RangeFieldProps) {
  const { label, labelSide = 'beside', value, min, max, step = 1, valueText, onChange, id: given } = props;
  const own = useId();
  const id = given ?? own;
  return (
    <div className={styles.range} data-label={labelSide}>
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        type="range"
        min={min}
        max={max}
        step={step}
        value={value}
        aria-valuetext={valueText}
        onChange={({ target }: ChangeEvent<HTMLInputElement>) => onChange(Number(target.value))}
      />
    </div>
  );
}
