import { type FormEvent, useEffect, useId, useRef, useState } from 'react';
import { closeOwnModelForm, describeOwnModel, removeOwnModel } from '../../session/own-models';
import { type OwnModelForm, useStore } from '../../state/store';
import { strings } from '../../strings';
import { formatBytes, formatCount } from '../../ui/format';
import { OwnModelFields } from './OwnModelFields';
import { fromText, toText } from './own-form';
import styles from './own-model.module.css';

const messages = strings.ownModel;

/** Asks what a model's files do not say. */
export function OwnModelDialog() {
  const form = useStore((state) => state.ownModelForm);
  const dialog = useRef<HTMLDialogElement>(null);
  const heading = useId();
  const isOpen = form !== null;

  useEffect(() => {
    if (isOpen) dialog.current?.showModal();
    else dialog.current?.close();
  }, [isOpen]);

  return (
    <dialog
      ref={dialog}
      className={styles.ownModel}
      aria-labelledby={heading}
      onCancel={(event) => {
        event.preventDefault();
        closeOwnModelForm();
      }}
    >
      <h2 id={heading}>
        {form?.step === 'describing' && form.report === null ? messages.editHeading : messages.heading}
      </h2>
      {form?.step === 'reading' && <Reading />}
      {form?.step === 'describing' && <Describing key={form.id} form={form} />}
    </dialog>
  );
}

function Reading() {
  return (
    <>
      <p role="status">{messages.reading}</p>
      <div className={styles.buttons}>
        <button type="button" onClick={closeOwnModelForm}>
          {messages.cancel}
        </button>
      </div>
    </>
  );
}

function Describing({ form }: { form: Extract<OwnModelForm, { step: 'describing' }> }) {
  const { report, id, described, busy } = form;
  const [text, setText] = useState(() => toText(described));
  const [wrong, setWrong] = useState<string | null>(null);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const found = fromText(text);
    setWrong('problem' in found ? found.problem : null);
    if (!('problem' in found)) void describeOwnModel(found);
  };
  const problem = wrong ?? form.problem;
  return (
    <form className={styles.form} onSubmit={submit}>
      {report !== null && (
        <div className={`hint ${styles.facts}`}>
          <p>
            {messages.facts(
              messages.format[report.format],
              formatCount(report.parameters),
              formatBytes(report.bytes),
            )}
          </p>
          {report.isKept && <p>{messages.known}</p>}
          {report.words.map((sentence) => (
            <p key={sentence}>{sentence}</p>
          ))}
          {report.flat !== null && <p>{messages.flat(report.flat)}</p>}
        </div>
      )}
      <fieldset disabled={busy !== null} className={styles.fields}>
        <OwnModelFields
          text={text}
          fixed={report?.flat === null ? report.shape : [null, null, null]}
          classCount={report?.classCount ?? null}
          onChange={(change) => setText((before) => ({ ...before, ...change }))}
        />
      </fieldset>
      <div role="alert" className="error">
        {problem}
      </div>
      <p role="status" className="hint">
        {busy !== null && messages.phase[busy]}
      </p>
      <div className={styles.buttons}>
        {report === null && (
          <button type="button" disabled={busy !== null} onClick={() => void removeOwnModel(id)}>
            {messages.remove}
          </button>
        )}
        <button type="button" onClick={closeOwnModelForm}>
          {messages.cancel}
        </button>
        <button type="submit" className="primary" disabled={busy !== null}>
          {report === null ? messages.save : messages.probe}
        </button>
      </div>
    </form>
  );
}
