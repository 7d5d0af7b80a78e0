import { useId, useMemo, useState } from 'react';
import type { DatasetRow } from '../../../dataset';
import { Choice } from '../../ui/Choice';
import { SelectField } from '../../ui/fields';
import { formatEstimate } from '../../ui/format';
import { probe } from './probe';
import { SetThumbnail } from './SetThumbnail';
import { type CurrentData, type ModelRun, showClass, useDataset } from './state';
import { datasetStrings } from './strings';

const messages = datasetStrings.gallery;
const SHOWN = 12;

/** The images that noise moves first, and those that it moves last, by true class. */
export function Gallery({ runs, data }: { readonly runs: readonly ModelRun[]; readonly data: CurrentData }) {
  const id = useId();
  const [which, setWhich] = useState('0');
  const run = runs[Number(which)] ?? runs[0];
  const shownClass = useDataset((state) => state.shownClass);
  const sigmaIndex = useDataset((state) => state.sigmaIndex);
  const sorted = useMemo(() => {
    const p = (row: DatasetRow): number => row.estimates[sigmaIndex]?.p ?? Number.NaN;
    return (run?.rows ?? [])
      .filter(({ label }) => shownClass === null || label === shownClass)
      .toSorted((a, b) => p(a) - p(b) || a.index - b.index);
  }, [run, shownClass, sigmaIndex]);
  if (run === undefined) return null;
  const present = new Set(run.rows.map(({ label }) => label));
  return (
    <section className="card" aria-labelledby={id}>
      <h2 id={id}>{messages.heading}</h2>
      <div className="row">
        <SelectField
          label={messages.class}
          labelSide="beside"
          value={shownClass ?? ''}
          onChange={(value) => showClass(value === '' ? null : Number(value))}
        >
          <option value="">{messages.all}</option>
          {run.header.labels.map((label, i) =>
            present.has(i) ? (
              <option key={label} value={i}>
                {label}
              </option>
            ) : null,
          )}
        </SelectField>
        {runs.length > 1 && (
          <Choice
            label={messages.model}
            options={runs.map(({ name }, i) => ({ value: String(i), text: name }))}
            value={which}
            onChange={setWhich}
          />
        )}
      </div>
      <Row title={messages.least} run={run} data={data} rows={sorted.slice(0, SHOWN)} />
      <Row title={messages.most} run={run} data={data} rows={sorted.slice(-SHOWN).reverse()} />
      <p className="hint">{messages.hint}</p>
    </section>
  );
}

interface RowProps {
  readonly title: string;
  readonly run: ModelRun;
  readonly data: CurrentData;
  readonly rows: readonly DatasetRow[];
}

function Row({ title, run, data, rows }: RowProps) {
  const sigmaIndex = useDataset((state) => state.sigmaIndex);
  const { labels } = run.header;
  return (
    <div>
      <h3>{title}</h3>
      <ul className="dataset-gallery" aria-label={title}>
        {rows.map((row) => {
          const estimate = row.estimates[sigmaIndex];
          if (estimate === undefined) return null;
          const p = formatEstimate(estimate);
          const [truth, called] = [row.label, row.predicted].map((label) => labels[label] ?? String(label));
          return (
            <li key={row.index}>
              <button
                type="button"
                data-image={row.index}
                data-wrong={row.label !== row.predicted}
                onClick={() => void probe(run, row)}
              >
                <SetThumbnail images={data.images} index={row.index} />
                <span className="dataset-p">{p}</span>
                <span className="hint">{messages.caption(truth ?? '', called ?? '')}</span>
                <span className="visually-hidden">{messages.open(row.index)}</span>
              </button>
            </li>
          );
        })}
      </ul>
    </div>
  );
}
