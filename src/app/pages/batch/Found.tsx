import { useMemo } from 'react';
import { Choice } from '../../ui/Choice';
import { Charts } from './Charts';
import { ExportRows } from './ExportRows';
import { Gallery } from './Gallery';
import { isBusy, type ModelRun, showRadius, useDataset } from './state';
import { datasetStrings } from './strings';
import { biasSentences, differenceSentence, summaryOf } from './summary';
import { type Analysis, useAnalysis } from './use-analysis';

const messages = datasetStrings.found;

/** What the rows show, as they come. */
export function Found() {
  const runs = useDataset((state) => state.runs);
  const data = useDataset((state) => state.data);
  const analysis = useAnalysis();
  const withRows = useMemo(() => runs.filter(({ rows }) => rows.length > 0), [runs]);
  if (withRows.length === 0 || data === null) {
    return (
      <section className="card">
        <h2>{messages.heading}</h2>
        <p className="hint">{messages.waiting}</p>
      </section>
    );
  }
  return (
    <>
      <Summary runs={withRows} analysis={analysis} />
      <Charts runs={withRows} analysis={analysis} />
      <Gallery runs={withRows} data={data} />
      <ExportRows runs={withRows} data={data} />
    </>
  );
}

interface SummaryProps {
  readonly runs: readonly ModelRun[];
  readonly analysis: Analysis | null;
}

function Summary({ runs, analysis }: SummaryProps) {
  const sigmaIndex = useDataset((state) => state.sigmaIndex);
  const busy = useDataset(isBusy);
  const [first, second] = runs;
  return (
    <section className="card" aria-labelledby="dataset-found">
      <div className="card-head">
        <h2 id="dataset-found">{messages.heading}</h2>
        <Radii run={first} />
      </div>
      {runs.map((run, i) => (
        <div key={run.header.model.id} data-summary={run.header.model.id}>
          {summaryOf(run, sigmaIndex).map((sentence) => (
            <p key={sentence}>{sentence}</p>
          ))}
          {analysis?.bias[i] &&
            biasSentences(analysis.bias[i], run.header.labels).map((sentence) => (
              <p key={sentence}>{sentence}</p>
            ))}
        </div>
      ))}
      {analysis?.paired && first && second && (
        <p data-testid="dataset-difference">{differenceSentence(analysis.paired, first, second)}</p>
      )}
      {analysis === null && <p className="hint">{busy ? messages.provisional : messages.testing}</p>}
      <p className="hint">{messages.ownClass}</p>
    </section>
  );
}

/** Which of the run's radii is looked at. */
function Radii({ run }: { readonly run: ModelRun | undefined }) {
  const sigmaIndex = useDataset((state) => state.sigmaIndex);
  const sigmas = run?.header.sigmas ?? [];
  if (sigmas.length < 2) return <p className="hint">σ = {sigmas[0]}</p>;
  return (
    <Choice
      label={datasetStrings.radius}
      options={sigmas.map((sigma, i) => ({ value: String(i), text: `σ = ${sigma}` }))}
      value={String(sigmaIndex)}
      onChange={(value) => showRadius(Number(value))}
    />
  );
}
