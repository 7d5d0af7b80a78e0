import { formatMs } from '../common/format';
import { cancelSweep, ensureSweep } from '../session/jobs';
import { useStore } from '../state/store';
import { strings } from '../strings';

/** What the engine is doing, how long it will take, and the way to stop it. */
export function Progress() {
  const sweep = useStore((state) => state.sweep);
  const words = strings.sweep;
  if (sweep === null) return <div className="progress" />;
  const running = sweep.status === 'running';
  return (
    <div className="progress" data-status={sweep.status}>
      <div className="progress-line">
        <p data-testid="status">
          {running && words.phase[sweep.phase]}
          {running && sweep.secondsLeft !== null && `, ${words.secondsLeft(Math.ceil(sweep.secondsLeft))}`}
          {sweep.status === 'done' &&
            (sweep.ms === null ? words.announceDone : words.done(formatMs(sweep.ms)))}
          {sweep.status === 'cancelled' && words.cancelled}
          {sweep.status === 'failed' && words.failed}
        </p>
        {running && (
          <button type="button" onClick={cancelSweep}>
            {words.cancel}
          </button>
        )}
        {(sweep.status === 'cancelled' || sweep.status === 'failed') && (
          <button type="button" onClick={ensureSweep}>
            {words.again}
          </button>
        )}
      </div>
      <progress max={1} value={running ? sweep.fraction : 1} aria-label={words.heading} />
      <p className="visually-hidden" aria-live="polite">
        {running ? words.announceStart : sweep.status === 'done' ? words.announceDone : words.cancelled}
      </p>
    </div>
  );
}
