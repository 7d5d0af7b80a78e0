import { execFileSync } from 'node:child_process';
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';

/** A process, told apart from those that have had its number before, on this machine or another. */
export interface ProcessIdentity {
  /** The machine and, where there are several tables of processes on it (containers), which of them. */
  readonly host: string;
  readonly pid: number;
  /** When it was started, as the system says; empty where that is not known. */
  readonly started: string;
}

const attempt = (read: () => string): string => {
  try {
    return read().trim();
  } catch {
    return '';
  }
};

/** What Linux says of a process, from its state on; empty elsewhere. The name before, in parentheses, may hold anything. */
function fieldsOf(pid: number): string[] {
  const stat = attempt(() => readFileSync(`/proc/${pid}/stat`, 'latin1'));
  return stat === '' ? [] : stat.slice(stat.lastIndexOf(')') + 2).split(' ');
}

/** Ended, though nobody has asked for its exit code yet. */
const isZombie = (pid: number): boolean => /^[ZX]/.test(fieldsOf(pid)[0] ?? '');

const START = 19;

/** The start of a process: in clock ticks since the boot on Linux, as a date by ps elsewhere. */
function startOf(pid: number): string {
  const fields = fieldsOf(pid);
  if (fields.length > 0) return fields[START] ?? '';
  if (process.platform === 'linux' || process.platform === 'win32') return '';
  return attempt(() =>
    execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }),
  );
}

/** Host name, boot and table of processes. */
const thisHost = (): string =>
  [
    hostname(),
    attempt(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8')),
    attempt(() => readlinkSync('/proc/self/ns/pid')),
  ]
    .join(' ')
    .trim();

export const thisProcess = (): ProcessIdentity => ({
  host: thisHost(),
  pid: process.pid,
  started: startOf(process.pid),
});

/** Whether a process still runs; null where this process cannot see that: it is on another machine, boot or container. */
export function isRunning({ host, pid, started }: ProcessIdentity): boolean | null {
  if (host !== thisHost()) return null;
  try {
    process.kill(pid, 0);
  } catch (error) {
    // EPERM: it is another user's.
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
  }
  if (isZombie(pid)) return false;
  const now = startOf(pid);
  return started === '' || now === '' || now === started;
}
