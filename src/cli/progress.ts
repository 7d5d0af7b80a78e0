import type { Io } from './io';

/** Shows how far a command is; nothing where nobody watches. */
export interface Progress {
  show(text: string): void;
  /** Wipes what a terminal shows; called before anything else is printed. */
  end(): void;
}

/** Lines for a log come at most this often. */
const LOG_EVERY_MS = 1000;
const WIPE = '\r\u001b[K';

/** @param asked shows progress also where stderr is no terminal, in lines */
export function createProgress(io: Io, asked: boolean, now = () => performance.now()): Progress {
  if (io.errIsTerminal) {
    let isShown = false;
    return {
      show(text) {
        io.err(`${WIPE}${text}`);
        isShown = true;
      },
      end() {
        if (isShown) io.err(WIPE);
        isShown = false;
      },
    };
  }
  let next = 0;
  const show = (text: string): void => {
    if (!asked || now() < next) return;
    next = now() + LOG_EVERY_MS;
    io.err(`${text}\n`);
  };
  return { show, end: () => {} };
}
