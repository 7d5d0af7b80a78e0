import { useStore } from '../../state/store';
import { formatCount } from '../../ui/format';
import { Progress } from '../../ui/Progress';
import { cancelRun, goOn, pauseRun } from './runner';
import { type DatasetState, useDataset } from './state';
import { datasetStrings } from './strings';

const messages = datasetStrings.status;

/** Longer times are told in minutes. */
const LONG_S = 100;

const timeOf = (seconds: number): string =>
  seconds > LONG_S
    ? datasetStrings.minutes(Math.round(seconds / 60))
    : datasetStrings.seconds(Math.max(1, Math.ceil(seconds)));

const counts = ({ runs }: DatasetState): readonly [done: number, all: number] => [
  runs.reduce((sum, { rows }) => sum + rows.length, 0),
  runs.reduce((sum, { header }) => sum + header.selected, 0),
];

function statusText(state: DatasetState, hidden: boolean): string {
  const [done, all] = counts(state);
  switch (state.status) {
    case 'none':
      return '';
    case 'starting':
      return messages.starting;
    case 'paused':
      return messages.paused(formatCount(done), formatCount(all));
    case 'done':
      return messages.done(formatCount(done));
    case 'running': {
      if (hidden) return messages.hidden;
      const going = state.runs.find(({ header, rows }) => rows.length < header.selected);
      const text = messages.running(formatCount(done + 1), formatCount(all), going?.name ?? '');
      return state.secondsLeft === null ? text : `${text}, ${messages.left(timeOf(state.secondsLeft))}`;
    }
  }
}

/** How far the run is, how long it will take, and the ways to hold it. */
export function RunProgress() {
  const hidden = useStore((state) => state.hidden);
  const text = useDataset((state) => statusText(state, hidden));
  const status = useDataset((state) => state.status);
  const word = useDataset((state) => state.word);
  const share = useDataset((state) => {
    const [done, all] = counts(state);
    return all === 0 ? 0 : done / all;
  });
  if (status === 'none') return word === null ? null : <p className="hint">{word}</p>;
  return (
    <Progress
      label={datasetStrings.run.heading}
      status={status}
      share={share}
      text={<p data-testid="dataset-status">{text}</p>}
      buttons={
        <>
          {status === 'running' && (
            <button type="button" onClick={pauseRun}>
              {datasetStrings.run.pause}
            </button>
          )}
          {status === 'paused' && (
            <button type="button" onClick={() => void goOn()}>
              {datasetStrings.run.resume}
            </button>
          )}
          {(status === 'running' || status === 'paused') && (
            <button type="button" className="quiet" onClick={cancelRun}>
              {datasetStrings.run.cancel}
            </button>
          )}
        </>
      }
    >
      {word !== null && <p className="hint">{word}</p>}
      <p className="visually-hidden" aria-live="polite">
        {status === 'done' ? messages.announceDone : ''}
      </p>
    </Progress>
  );
}
