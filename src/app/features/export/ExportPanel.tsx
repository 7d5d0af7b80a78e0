import { useContext } from 'react';
import { toNpy } from '../../../image';
import { toCsv, toJson } from '../../../results/sweep-result';
import { report } from '../../session/problem';
import { EachLane } from '../../state/EachLane';
import { type Lane, viewOf } from '../../state/lanes';
import { useStore } from '../../state/store';
import { toSweepResult } from '../../state/to-sweep-result';
import { LaneContext, useLane } from '../../state/use-lane';
import { usePanel } from '../../state/use-panel';
import { strings } from '../../strings';
import { download } from '../../ui/download';
import { Panel } from '../../ui/Panel';
import { CiteThis } from './CiteThis';
import { EmbedSnippet } from './EmbedSnippet';
import { OpenSaved } from './OpenSaved';

const words = strings.export;
const KINDS = ['json', 'csv', 'npy'] as const;
type Kind = (typeof KINDS)[number];

function save(kind: Kind, lane: Lane): void {
  const view = viewOf(useStore.getState(), lane);
  const result = view && toSweepResult(view);
  if (view === null || result === null || view.image === null) return;
  const name = `probust-${result.model.id}-${result.image.sha256.slice(0, 8)}`;
  if (kind === 'json') download(`${name}.json`, new Blob([toJson(result)], { type: 'application/json' }));
  if (kind === 'csv') download(`${name}.csv`, new Blob([toCsv(result)], { type: 'text/csv' }));
  if (kind === 'npy') {
    const { data, shape } = view.image.prepared;
    download(`${name}.npy`, new Blob([new Uint8Array(toNpy(data, shape))]));
  }
}

export function ExportPanel() {
  const panel = usePanel('export');
  return (
    <Panel title={words.heading} {...panel}>
      <EachLane>
        <SaveNumbers />
        {panel.isOpen && <CiteThis />}
      </EachLane>
      <OpenSaved />
      {panel.isOpen && <EmbedSnippet kinds={['curve', 'noise']} />}
    </Panel>
  );
}

function SaveNumbers() {
  const lane = useContext(LaneContext);
  const ready = useLane((view) => view.sweep?.prediction != null);
  const trySave = (kind: Kind): void => {
    try {
      save(kind, lane);
    } catch (error) {
      report(error);
    }
  };
  return (
    <>
      <div className="row">
        {KINDS.map((kind) => (
          <button key={kind} type="button" disabled={!ready} onClick={() => trySave(kind)} data-export={kind}>
            {words[kind]}
          </button>
        ))}
      </div>
      <p className="hint">{ready ? words.hint : words.nothing}</p>
    </>
  );
}
