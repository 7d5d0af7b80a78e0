import { type ReactNode, useId } from 'react';
import { CATALOGUE } from '../../../estimators/catalogue';
import { ModelOptions } from '../../features/models/ModelOptions';
import { useStore } from '../../state/store';
import { Choice } from '../../ui/Choice';
import { formatCount } from '../../ui/format';
import { mostImages, readSigmas } from './form';
import { chooseBeside, chooseModel } from './load-data';
import { RunProgress } from './RunProgress';
import { startRun } from './runner';
import { isBusy, type RunForm, updateForm, useDataset } from './state';
import { datasetStrings } from './strings';

const words = datasetStrings.run;
const WHICH = (['all', 'first', 'per_class'] as const).map((value) => ({
  value,
  text: { all: words.all, first: words.first, per_class: words.perClass }[value],
}));

interface FieldProps {
  readonly label: string;
  readonly isWide?: boolean;
  readonly problem?: string | null;
  /** The control, by the id that the label names. */
  readonly children: (id: string) => ReactNode;
}

function Field({ label, isWide = false, problem, children }: FieldProps) {
  const id = useId();
  return (
    <div className="dataset-field" data-wide={isWide}>
      <label htmlFor={id}>{label}</label>
      {children(id)}
      {problem && (
        <span className="field-problem" role="alert">
          {problem}
        </span>
      )}
    </div>
  );
}

/** What is wrong with the form, by field; null where nothing is. */
function useFormProblems(): Record<'sigmas' | 'count' | 'seed', string | null> {
  const form = useDataset((state) => state.form);
  const data = useDataset((state) => state.data);
  const hasModel = useDataset((state) => state.model !== null);
  const most = data === null ? Number.POSITIVE_INFINITY : mostImages(data, form.which);
  const isCount = Number.isInteger(form.count) && form.count >= 1 && form.count <= most;
  return {
    // Before the model is there the field is empty, and the model suggests a radius.
    sigmas: readSigmas(form.sigmas) === null && hasModel ? words.sigmasError : null,
    count: form.which === 'all' || isCount ? null : words.countError(formatCount(most)),
    seed: Number.isSafeInteger(form.seed) && form.seed >= 0 ? null : words.seedError,
  };
}

/** What is computed, and how far it is. */
export function RunCard() {
  const id = useId();
  const form = useDataset((state) => state.form);
  const busy = useDataset(isBusy);
  const hasData = useDataset((state) => state.data !== null);
  const hasRun = useDataset((state) => state.runs.length > 0);
  const noGradients = useDataset(
    ({ model, beside }) => (model?.noGradients ?? beside?.noGradients ?? null) !== null,
  );
  const isReady = useStore(({ backend, index }) => backend !== null && index !== null);
  const isLocked = useStore(({ settings }) => settings.lock === 'model');
  const problems = useFormProblems();
  const isFine = Object.values(problems).every((problem) => problem === null);
  const change = <K extends keyof RunForm>(key: K, value: RunForm[K]) => updateForm({ [key]: value });
  return (
    <section className="card" aria-labelledby={id}>
      <h2 id={id}>{words.heading}</h2>
      <fieldset className="dataset-form" disabled={busy || !isReady}>
        <legend className="visually-hidden">{words.heading}</legend>
        <Field label={words.model} isWide>
          {(field) => (
            <select
              id={field}
              value={form.model}
              disabled={isLocked}
              onChange={({ target }) => void chooseModel(target.value)}
            >
              {form.model === '' && <option value="">…</option>}
              <ModelOptions />
            </select>
          )}
        </Field>
        <Field label={words.beside} isWide>
          {(field) => (
            <select id={field} value={form.beside} onChange={({ target }) => void chooseBeside(target.value)}>
              <option value="">{words.none}</option>
              <ModelOptions />
            </select>
          )}
        </Field>
        <Field label={words.sigmas} problem={problems.sigmas}>
          {(field) => (
            <input
              id={field}
              type="text"
              inputMode="decimal"
              value={form.sigmas}
              onChange={({ target }) => change('sigmas', target.value)}
            />
          )}
        </Field>
        <Field label={words.estimator}>
          {(field) => (
            <select
              id={field}
              value={form.estimator}
              onChange={({ target }) => change('estimator', target.value)}
            >
              {CATALOGUE.map(({ id: estimator, name, needsGradients }) => (
                <option key={estimator} value={estimator} disabled={needsGradients && noGradients}>
                  {name}
                </option>
              ))}
            </select>
          )}
        </Field>
        <div className="dataset-field dataset-which">
          <span>{words.which}</span>
          <div className="row">
            <Choice
              label={words.which}
              options={WHICH}
              value={form.which}
              onChange={(value) => change('which', value)}
            />
            {form.which !== 'all' && (
              <input
                type="number"
                aria-label={words.count}
                min={1}
                value={form.count}
                onChange={({ target }) => change('count', Number(target.value))}
              />
            )}
          </div>
          {problems.count && (
            <span className="field-problem" role="alert">
              {problems.count}
            </span>
          )}
        </div>
        <Field label={words.seed} problem={problems.seed}>
          {(field) => (
            <input
              id={field}
              type="number"
              min={0}
              value={form.seed}
              onChange={({ target }) => change('seed', Number(target.value))}
            />
          )}
        </Field>
      </fieldset>
      {!busy && (
        <div className="row">
          <button
            type="button"
            className="primary"
            disabled={!hasData || !isFine || !isReady}
            onClick={() => void startRun()}
          >
            {hasRun ? words.again : words.start}
          </button>
        </div>
      )}
      <RunProgress />
    </section>
  );
}
