import { toNpy } from '../../image';
import { toCsv, toJson } from '../../results/sweep-result';
import { Panel } from '../common/Panel';
import { useStore } from '../state/store';
import { strings } from '../strings';
import { toSweepResult } from './export';

function download(name: string, type: string, content: BlobPart): void {
  const url = URL.createObjectURL(new Blob([content], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The download has its own reference once it started; Safari starts late.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

export function ExportPanel() {
  const ready = useStore((state) => state.sweep?.prediction != null);
  const words = strings.export;
  const save = (kind: 'json' | 'csv' | 'npy'): void => {
    const state = useStore.getState();
    const result = toSweepResult(state);
    if (result === null || state.image === null) return;
    const name = `probust-${result.model.id}-${result.image.sha256.slice(0, 8)}`;
    if (kind === 'json') download(`${name}.json`, 'application/json', toJson(result));
    if (kind === 'csv') download(`${name}.csv`, 'text/csv', toCsv(result));
    if (kind === 'npy') {
      const { data, shape } = state.image.prepared;
      download(`${name}.npy`, 'application/octet-stream', new Uint8Array(toNpy(data, shape)));
    }
  };
  return (
    <Panel title={words.heading} name="export">
      <div className="row">
        {(['json', 'csv', 'npy'] as const).map((kind) => (
          <button key={kind} type="button" disabled={!ready} onClick={() => save(kind)} data-export={kind}>
            {words[kind]}
          </button>
        ))}
      </div>
      <p className="hint">{ready ? words.hint : words.nothing}</p>
    </Panel>
  );
}
