import { toNpy } from '../../image';
import { toCsv, toJson } from '../../results/sweep-result';
import { download } from '../common/download';
import { Panel } from '../common/Panel';
import { EmbedSnippet } from '../embed/EmbedSnippet';
import { OpenSaved } from '../opened/OpenSaved';
import { report } from '../session/problem';
import { useStore } from '../state/store';
import { strings } from '../strings';
import { CiteThis } from './CiteThis';
import { toSweepResult } from './export';

export function ExportPanel() {
  const ready = useStore((state) => state.sweep?.prediction != null);
  const isOpen = useStore(({ openPanels }) => openPanels.includes('export'));
  const words = strings.export;
  const save = (kind: 'json' | 'csv' | 'npy'): void => {
    const state = useStore.getState();
    const result = toSweepResult(state);
    if (result === null || state.image === null) return;
    const name = `probust-${result.model.id}-${result.image.sha256.slice(0, 8)}`;
    if (kind === 'json') download(`${name}.json`, new Blob([toJson(result)], { type: 'application/json' }));
    if (kind === 'csv') download(`${name}.csv`, new Blob([toCsv(result)], { type: 'text/csv' }));
    if (kind === 'npy') {
      const { data, shape } = state.image.prepared;
      download(`${name}.npy`, new Blob([new Uint8Array(toNpy(data, shape))]));
    }
  };
  const trySave = (kind: 'json' | 'csv' | 'npy'): void => {
    try {
      save(kind);
    } catch (error) {
      report(error);
    }
  };
  return (
    <Panel title={words.heading} name="export">
      <div className="row">
        {(['json', 'csv', 'npy'] as const).map((kind) => (
          <button key={kind} type="button" disabled={!ready} onClick={() => trySave(kind)} data-export={kind}>
            {words[kind]}
          </button>
        ))}
      </div>
      <p className="hint">{ready ? words.hint : words.nothing}</p>
      <OpenSaved />
      {isOpen && <CiteThis />}
      {isOpen && <EmbedSnippet kinds={['curve', 'noise']} />}
    </Panel>
  );
}
