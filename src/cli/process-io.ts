import { text } from 'node:stream/consumers';
import { EXIT } from './errors';
import type { Io } from './io';

/** This process as a command sees it. The first Ctrl-C asks the command to end, the second ends at once. */
export function processIo(): Io {
  const controller = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) {
    process.on(name, () => {
      if (controller.signal.aborted) process.exit(EXIT.interrupted);
      controller.abort();
    });
  }
  // A reader that has seen enough, such as head, closes the pipe.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit(EXIT.ok);
  });
  return {
    out: (content) => new Promise((resolve) => process.stdout.write(content, () => resolve())),
    err: (content) => process.stderr.write(content),
    errIsTerminal: process.stderr.isTTY === true,
    signal: controller.signal,
    readIn: () => text(process.stdin),
  };
}
