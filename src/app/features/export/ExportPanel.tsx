import { useContext } from 'react';
import { toNpy } from '../../../image';
import { toCsv, toJson } from '../../../results/sweep-result';
import { EachSeries } from '../../queries/EachSeries';
import { useSweep } from '../../queries/hooks';
import { questionNow, SeriesContext } from '../../queries/series';
import { toSweepResult } from '../../queries/to-sweep-result';
import { report } from '../../session/problem';
import type { Series } from '../../state/question';
import { usePanel } from '../../state/use-panel';
import { strings } from '../../strings';
import { download } from '../../ui/download';
import { Panel } from '../../ui/Panel';
import { CiteThis } from './CiteThis';
import { EmbedSnippet } from './EmbedSnippet';
import { OpenSaved } from './OpenSaved';

const messages = strings.export;
const KINDS = ['json', 'csv', 'npy'] as const;
type Kind = (typeof KINDS)[number];

function save(kind: Kind, series: Series): void {
  const question = questionNow(series);
  const result = toSweepResult(series);
  if (question === null || result === null) return;
  const name = `probust-${result.model.id}-${result.image.sha256.slice(0, 8)}`;
  if (kind === 'json') download(`${name}.json`, new Blob([toJson(result)], { type: 'application/json' }));
  if (kind === 'csv') download(`${name}.csv`, new Blob([toCsv(result)], { type: 'text/csv' }));
  if (kind === 'npy') {
    const { data, shape } = question.image.prepared;
    download(`${name}.npy`, new Blob([new Uint8Array(toNpy(data, shape))]));
  }
}

export function ExportPanel() {
  const panel = usePanel('export');
  return (
    <Panel title={messages.heading} {...panel}>
      <EachSeries>
        <SaveNumbers />
        {panel.isOpen && <CiteThis />}
      </EachSeries>
      <OpenSaved />
      {panel.isOpen && <EmbedSnippet kinds={['curve', 'noise']} />}
    </Panel>
  );
}

function SaveNumbers() {
  const series = useContext(SeriesContext);
  const ready = useSweep(({ data }) => data.prediction !== null);
  const trySave = (kind: Kind): void => {
    try {
      save(kind, series);
    } catch (error) {
      report(error);
    }
  };
  return (
    <>
      <div className="row">
        {KINDS.map((kind) => (
          <button key={kind} type="button" disabled={!ready} onClick={() => trySave(kind)} data-export={kind}>
            {messages[kind]}
          </button>
        ))}
      </div>
      <p className="hint">{ready ? messages.hint : messages.nothing}</p>
    </>
  );
}
