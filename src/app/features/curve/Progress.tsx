import { useShallow } from 'zustand/react/shallow';
import { useSweep } from '../../queries/hooks';
import type { Sweep } from '../../queries/sweep';
import { cancelSweeps, resumeSweeps } from '../../queries/sweeps';
import { GateContext } from '../../state/gate';
import { missingWords } from '../../state/missing';
import { useSeriesNames } from '../../state/series-names';
import { type AppState, useStore } from '../../state/store';
import { strings } from '../../strings';
import { formatMs } from '../../ui/format';
import { Progress as ProgressLine } from '../../ui/Progress';

const messages = strings.sweep;

type Facts = Pick<AppState, 'backend' | 'engineFailed' | 'modelPhase' | 'hidden'> & {
  readonly missing: string | null;
};

interface Busy {
  readonly sweep: Sweep;
  /** What is compared with, while its sweep is the busy one. */
  readonly name: string | undefined;
}

/** The sweep of the compared curve while it is busy, which is after the main one; else that. */
function useBusySweep(): Busy {
  const main = useSweep((sweep) => sweep, 'main');
  const compared = useSweep((sweep) => sweep, 'compared');
  const names = useSeriesNames();
  return main.status === 'done' && compared.status === 'running'
    ? { sweep: compared, name: names?.compared }
    : { sweep: main, name: undefined };
}

const useFacts = (): Facts =>
  useStore(
    useShallow((state) => {
      const { backend, engineFailed, modelPhase, hidden } = state;
      return { backend, engineFailed, modelPhase, hidden, missing: missingWords(state) };
    }),
  );

/** What is going on, in a few words. */
function statusText(
  { backend, engineFailed, modelPhase, hidden, missing }: Facts,
  { sweep, name }: Busy,
): string {
  if (engineFailed) return messages.engineFailed;
  if (missing !== null && modelPhase === null) return missing;
  if (backend === null) return messages.phase.starting;
  if (modelPhase !== null) return messages.phase[modelPhase];
  switch (sweep.status) {
    case 'idle':
      return '';
    case 'running': {
      if (hidden) return messages.waitingHidden;
      const left =
        sweep.secondsLeft === null ? '' : `, ${messages.secondsLeft(Math.ceil(sweep.secondsLeft))}`;
      return `${name === undefined ? messages.running : strings.compare.running(name)}${left}`;
    }
    case 'done': {
      const { ms } = sweep.data;
      if (ms === null) return messages.announceDone;
      const sentence = sweep.fromCache ? messages.doneBefore : messages.done;
      return sentence(formatMs(ms), messages.backend[backend.name]);
    }
    case 'cancelled':
      return messages.cancelled;
    case 'failed':
      return messages.failed;
  }
}

/** What the engine is doing, how long it will take, and the way to stop it. */
export function Progress() {
  const facts = useFacts();
  const busySweep = useBusySweep();
  const isPreparing = useStore(({ preparing }) => preparing);
  const { status, fraction } = busySweep.sweep;
  const { engineFailed, backend, modelPhase, missing } = facts;
  const isWaiting = modelPhase !== null || (isPreparing && status === 'idle');
  const busy = !engineFailed && (isWaiting || (backend === null && missing === null));
  // An engine that is lost runs nothing.
  const shown = engineFailed && status !== 'idle' ? 'failed' : status;
  const running = shown === 'running';
  return (
    <ProgressLine
      label={messages.heading}
      status={busy ? 'loading' : shown === 'idle' ? undefined : shown}
      share={busy ? undefined : shown === 'done' ? 1 : fraction}
      text={<p data-testid="status">{statusText(facts, busySweep)}</p>}
      buttons={
        running ? (
          <button type="button" onClick={cancelSweeps}>
            {messages.cancel}
          </button>
        ) : shown === 'cancelled' || shown === 'failed' ? (
          <button type="button" onClick={resumeSweeps}>
            {messages.again}
          </button>
        ) : null
      }
    >
      {/* Said in time, whether or not all this is in the window. */}
      <GateContext value={null}>
        <Announcement />
      </GateContext>
    </ProgressLine>
  );
}

/** The same for those who listen, without the countdown. */
function Announcement() {
  const facts = useFacts();
  const busySweep = useBusySweep();
  const text = busySweep.sweep.status === 'running' ? messages.announceStart : statusText(facts, busySweep);
  return (
    <p className="visually-hidden" aria-live="polite">
      {text}
    </p>
  );
}
