import { useId } from 'react';
import { commandFor } from '../../../dataset';
import type { TableFormat } from '../../../workers/dataset-protocol';
import { isOwnId } from '../../../workers/models/card';
import { report } from '../../session/problem';
import { download } from '../../ui/download';
import type { CurrentData, ModelRun } from './state';
import { datasetStrings } from './strings';
import { datasetWorker } from './worker';

const messages = datasetStrings.exports;
const FORMATS = ['csv', 'parquet'] as const;

async function save({ header, rows }: ModelRun, format: TableFormat): Promise<void> {
  try {
    const bytes = await datasetWorker.exportTable({ header, rows }, format);
    const type = format === 'csv' ? 'text/csv' : 'application/vnd.apache.parquet';
    const name = `probust-${header.model.id.replace(/\W+/g, '-')}-${header.data.sha256.slice(0, 8)}.${format}`;
    download(name, new Blob([new Uint8Array(bytes)], { type }));
  } catch (error) {
    report(error);
  }
}

/** The command that makes the same rows; null where there is none. */
const commandOf = ({ header }: ModelRun, { origin }: CurrentData): string | null =>
  origin.kind !== 'packed' || isOwnId(header.model.id) ? null : commandFor(header, origin.set.split);

interface ExportRowsProps {
  readonly runs: readonly ModelRun[];
  readonly data: CurrentData;
}

export function ExportRows({ runs, data }: ExportRowsProps) {
  const id = useId();
  const [first] = runs;
  const command = first ? commandOf(first, data) : null;
  return (
    <section className="card" aria-labelledby={id}>
      <h2 id={id}>{messages.heading}</h2>
      {runs.map((run) => (
        <div key={run.header.model.id} className="row">
          {runs.length > 1 && <span>{messages.of(run.name)}</span>}
          {FORMATS.map((format) => (
            <button
              key={format}
              type="button"
              data-rows={`${format}-${run.header.model.id}`}
              onClick={() => void save(run, format)}
            >
              {messages[format]}
            </button>
          ))}
        </div>
      ))}
      <p className="hint">{messages.hint}</p>
      {command !== null && (
        <details>
          <summary>{messages.command}</summary>
          <pre className="dataset-command">{command}</pre>
        </details>
      )}
    </section>
  );
}
