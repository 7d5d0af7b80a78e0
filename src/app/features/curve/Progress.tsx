import { cancelSweep, resumeSweep } from '../../session/sweep';
import { laneNames } from '../../state/lane-names';
import { missingWords } from '../../state/missing';
import { type AppState, StoreContext, type SweepState, useStore } from '../../state/store';
import { strings } from '../../strings';
import { formatMs } from '../../ui/format';
import { Progress as ProgressLine } from '../../ui/Progress';

const words = strings.sweep;

/** The sweep beside the shown one while it is busy, which is after the shown one. */
function busySweep({ sweep, settings, compared }: AppState): SweepState | null {
  const isOther = settings.compare !== null && sweep?.status === 'done';
  return isOther && compared.sweep?.status === 'running' ? compared.sweep : sweep;
}

/** What is going on, in a few words. */
function statusText(state: AppState): string {
  const { backend, engineFailed, modelPhase, hidden } = state;
  const sweep = busySweep(state);
  if (engineFailed) return words.engineFailed;
  const missing = missingWords(state);
  if (missing !== null && modelPhase === null) return missing;
  if (backend === null) return words.phase.starting;
  if (modelPhase !== null) return words.phase[modelPhase];
  if (sweep === null) return '';
  switch (sweep.status) {
    case 'running': {
      if (hidden) return words.waitingHidden;
      const left = sweep.secondsLeft === null ? '' : `, ${words.secondsLeft(Math.ceil(sweep.secondsLeft))}`;
      const name = sweep === state.sweep ? undefined : laneNames(state)?.compared;
      return `${name === undefined ? words.running : strings.compare.running(name)}${left}`;
    }
    case 'done': {
      if (sweep.ms === null) return words.announceDone;
      const sentence = sweep.recalled ? words.doneBefore : words.done;
      return sentence(formatMs(sweep.ms), words.backend[backend.name]);
    }
    case 'cancelled':
      return words.cancelled;
    case 'failed':
      return words.failed;
  }
}

/** What the engine is doing, how long it will take, and the way to stop it. */
export function Progress() {
  const text = useStore(statusText);
  const status = useStore((state) => busySweep(state)?.status);
  const fraction = useStore((state) => busySweep(state)?.fraction ?? 0);
  const isMissing = useStore((state) => missingWords(state) !== null);
  const busy = useStore(
    ({ engineFailed, backend, modelPhase, preparing, sweep }) =>
      !engineFailed &&
      (modelPhase !== null || (preparing && sweep === null) || (backend === null && !isMissing)),
  );
  const running = status === 'running';
  return (
    <ProgressLine
      label={words.heading}
      status={busy ? 'loading' : status}
      share={busy ? undefined : status === 'done' ? 1 : fraction}
      text={<p data-testid="status">{text}</p>}
      buttons={
        running ? (
          <button type="button" onClick={cancelSweep}>
            {words.cancel}
          </button>
        ) : status === 'cancelled' || status === 'failed' ? (
          <button type="button" onClick={resumeSweep}>
            {words.again}
          </button>
        ) : null
      }
    >
      {/* Said in time, whether or not all this is in the window. */}
      <StoreContext value={useStore}>
        <Announcement />
      </StoreContext>
    </ProgressLine>
  );
}

/** The same for those who listen, without the countdown. */
function Announcement() {
  const text = useStore((state) =>
    busySweep(state)?.status === 'running' ? words.announceStart : statusText(state),
  );
  return (
    <p className="visually-hidden" aria-live="polite">
      {text}
    </p>
  );
}
