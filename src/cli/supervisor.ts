import { constants } from 'node:buffer';
import { getHeapStatistics } from 'node:v8';
import { Worker } from 'node:worker_threads';
import { describeError, EXIT, type ExitCode, interrupted } from './errors';
import type { CommandStart, FromCommand, StreamProblem, ToCommand } from './thread-protocol';

/** A command that was asked to end has so long before it is ended; with the next, well under two seconds. */
const GRACE_MS = 400;
/** A thread that was ended has so long to be gone. */
const END_MS = 300;
const SECOND_CHANCE_MS = 1000;
const MEBIBYTE = 2 ** 20;

const problemOf = (error: unknown): StreamProblem => {
  const { code, message } = error as NodeJS.ErrnoException;
  return { code: code ?? 'UNKNOWN', message: message ?? String(error) };
};

/** Standard input to its end, if it fits a text. */
async function readStandardInput(): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of process.stdin as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > constants.MAX_STRING_LENGTH) throw Object.assign(new Error('too long'), { code: 'EFBIG' });
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

const written = (stream: NodeJS.WriteStream, text: string): Promise<StreamProblem | undefined> =>
  new Promise((resolve) => {
    try {
      stream.write(text, (error) => resolve(error ? problemOf(error) : undefined));
    } catch (error) {
      resolve(problemOf(error));
    }
  });

/**
 * Runs a command line in a thread of its own and ends this process with its exit code. This thread never computes, so
 * that a signal is answered at once whatever the command does: the first asks it to end and ends it if it does not, the
 * second ends the process.
 * @param file the program, which calls `runInThread` where it is not the first thread
 */
export function supervise(file: string, args: readonly string[]): void {
  // What fails there comes back from each write.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
  let consequence: string | undefined;
  let isEnding = false;
  const end = async (exitCode: ExitCode, sentence?: string): Promise<void> => {
    if (isEnding) return;
    isEnding = true;
    if (sentence !== undefined) await written(process.stderr, `probust: ${sentence}\n`);
    process.exit(exitCode);
  };

  const command = new Worker(file, {
    workerData: { args, errIsTerminal: process.stderr.isTTY === true } satisfies CommandStart,
    // As much as this thread would have.
    resourceLimits: { maxOldGenerationSizeMb: Math.floor(getHeapStatistics().heap_size_limit / MEBIBYTE) },
  });
  const tell = (message: ToCommand): void => command.postMessage(message);
  const answer = async (
    id: number,
    work: Promise<{ text?: string; problem?: StreamProblem | undefined }>,
  ) => {
    const { text, problem } = await work.catch((error: unknown) => ({
      text: undefined,
      problem: problemOf(error),
    }));
    tell({
      type: 'answer',
      id,
      ...(text !== undefined && { text }),
      ...(problem !== undefined && { problem }),
    });
  };
  command.on('message', (message: FromCommand) => {
    switch (message.type) {
      case 'out':
        return void answer(
          message.id,
          written(process.stdout, message.text).then((problem) => ({ problem })),
        );
      case 'err':
        return void process.stderr.write(message.text);
      case 'readIn':
        return void answer(
          message.id,
          readStandardInput().then((text) => ({ text })),
        );
      case 'ifInterrupted':
        consequence = message.consequence;
        return;
      case 'modelSign':
        return waitForSign(message.longest);
      case 'done':
        return void end(message.exitCode as ExitCode);
    }
  });
  /** Ends a command whose model is silent for longer than it said. */
  let silence: ReturnType<typeof setTimeout> | undefined;
  function waitForSign(longest: number): void {
    clearTimeout(silence);
    if (longest === 0) return;
    silence = setTimeout(() => {
      // If the machine slept, a sign is on its way.
      silence = setTimeout(() => void giveUp(longest), SECOND_CHANCE_MS);
    }, longest);
  }
  async function giveUp(longest: number): Promise<void> {
    const seconds = Math.round(longest / 1000);
    await end(EXIT.model, `The model did not come to an end when it was tried: silent for ${seconds} s.`);
  }

  command.on('error', (error) => {
    const { exitCode, message } = describeError(error);
    void end(exitCode, message);
  });
  command.on('exit', () => void end(EXIT.internal, 'The command ended without a result.'));

  let isAborted = false;
  for (const name of ['SIGINT', 'SIGTERM'] as const) {
    const onSignal = (): void => {
      if (isAborted) endAtOnce(name);
      else setTimeout(() => endAtOnce(name), GRACE_MS);
      isAborted = true;
      tell({ type: 'abort' });
    };
    process.on(name, onSignal);
  }

  /** Ends the command whatever it does; where even its thread does not end, by the signal itself. */
  function endAtOnce(name: 'SIGINT' | 'SIGTERM'): void {
    if (isEnding) return;
    isEnding = true;
    process.stderr.write(`probust: ${interrupted(consequence).message}\n`);
    setTimeout(() => {
      process.removeAllListeners(name);
      process.kill(process.pid, name);
    }, END_MS);
    void command.terminate().then(() => process.exit(EXIT.interrupted));
  }
}
