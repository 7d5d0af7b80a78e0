import { useId } from 'react';
import { CATALOGUE } from '../../../estimators/catalogue';
import { ModelOptions } from '../../features/models/ModelOptions';
import { useStore } from '../../state/store';
import { Choice } from '../../ui/Choice';
import { SelectField, TextField } from '../../ui/fields';
import { formatCount } from '../../ui/format';
import { mostImages, readSigmas } from './form';
import { chooseBeside, chooseModel } from './load-data';
import { RunProgress } from './RunProgress';
import { startRun } from './runner';
import { isBusy, type RunForm, updateForm, useDataset } from './state';
import { datasetStrings } from './strings';

const messages = datasetStrings.run;
const WHICH = (['all', 'first', 'per_class'] as const).map((value) => ({
  value,
  text: { all: messages.all, first: messages.first, per_class: messages.perClass }[value],
}));

/** What is wrong with the form, by field; null where nothing is. */
function useFormProblems(): Record<'sigmas' | 'count' | 'seed', string | null> {
  const form = useDataset((state) => state.form);
  const data = useDataset((state) => state.data);
  const hasModel = useDataset((state) => state.model !== null);
  const most = data === null ? Number.POSITIVE_INFINITY : mostImages(data, form.which);
  const isCount = Number.isInteger(form.count) && form.count >= 1 && form.count <= most;
  return {
    // Before the model is there the field is empty, and the model suggests a radius.
    sigmas: readSigmas(form.sigmas) === null && hasModel ? messages.sigmasError : null,
    count: form.which === 'all' || isCount ? null : messages.countError(formatCount(most)),
    seed: Number.isSafeInteger(form.seed) && form.seed >= 0 ? null : messages.seedError,
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
      <h2 id={id}>{messages.heading}</h2>
      <fieldset className="dataset-form" disabled={busy || !isReady}>
        <legend className="visually-hidden">{messages.heading}</legend>
        <SelectField
          label={messages.model}
          isWide
          value={form.model}
          disabled={isLocked}
          onChange={(value) => void chooseModel(value)}
        >
          {form.model === '' && <option value="">…</option>}
          <ModelOptions />
        </SelectField>
        <SelectField
          label={messages.beside}
          isWide
          value={form.beside}
          onChange={(value) => void chooseBeside(value)}
        >
          <option value="">{messages.none}</option>
          <ModelOptions />
        </SelectField>
        <TextField
          label={messages.sigmas}
          kind="numeric"
          problem={problems.sigmas}
          value={form.sigmas}
          onChange={(sigmas) => change('sigmas', sigmas)}
        />
        <SelectField
          label={messages.estimator}
          value={form.estimator}
          onChange={(estimator) => change('estimator', estimator)}
        >
          {CATALOGUE.map(({ id: estimator, name, needsGradients }) => (
            <option key={estimator} value={estimator} disabled={needsGradients && noGradients}>
              {name}
            </option>
          ))}
        </SelectField>
        <div className="dataset-field dataset-which">
          <span>{messages.which}</span>
          <div className="row">
            <Choice
              label={messages.which}
              options={WHICH}
              value={form.which}
              onChange={(value) => change('which', value)}
            />
            {form.which !== 'all' && (
              <TextField
                label={messages.count}
                labelSide="hidden"
                kind="number"
                min={1}
                value={form.count}
                onChange={(count) => change('count', Number(count))}
              />
            )}
          </div>
          {problems.count && (
            <p className="error" role="alert">
              {problems.count}
            </p>
          )}
        </div>
        <TextField
          label={messages.seed}
          kind="number"
          min={0}
          problem={problems.seed}
          value={form.seed}
          onChange={(seed) => change('seed', Number(seed))}
        />
      </fieldset>
      {!busy && (
        <div className="row">
          <button
            type="button"
            className="primary"
            disabled={!hasData || !isFine || !isReady}
            onClick={() => void startRun()}
          >
            {hasRun ? messages.again : messages.start}
          </button>
        </div>
      )}
      <RunProgress />
    </section>
  );
}
