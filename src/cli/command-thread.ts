import { parentPort, workerData } from 'node:worker_threads';
import { CliError, EXIT, inputError } from './errors';
import type { Io } from './io';
import { main } from './main';
import { tellSignsTo } from './model-watch';
import { reason } from './system-errors';
import type { CommandStart, FromCommand, StreamProblem, ToCommand } from './thread-protocol';

/** What a pipe's reader that ends early leaves a command with. */
function streamError(stream: string, problem: StreamProblem): CliError {
  if (problem.code === 'EPIPE') {
    return new CliError(EXIT.pipe, 'The reader of stdout closed it early; the rest was not written.');
  }
  return inputError(`${stream}: ${reason(problem)}.`);
}

/** The world as a command sees it from its thread. */
function threadIo(port: NonNullable<typeof parentPort>, errIsTerminal: boolean): Io {
  const controller = new AbortController();
  const waiting = new Map<number, (answer: Extract<ToCommand, { type: 'answer' }>) => void>();
  const send = (message: FromCommand): void => port.postMessage(message);
  port.on('message', (message: ToCommand) => {
    if (message.type === 'abort') controller.abort();
    else waiting.get(message.id)?.(message);
  });
  let last = 0;
  const ask = async (stream: string, question: (id: number) => FromCommand): Promise<string> => {
    const id = ++last;
    const { text = '', problem } = await new Promise<Extract<ToCommand, { type: 'answer' }>>((resolve) => {
      waiting.set(id, resolve);
      send(question(id));
    });
    waiting.delete(id);
    if (problem !== undefined) throw streamError(stream, problem);
    return text;
  };
  return {
    out: async (text) => void (await ask('stdout cannot be written', (id) => ({ type: 'out', id, text }))),
    err: (text) => send({ type: 'err', text }),
    errIsTerminal,
    signal: controller.signal,
    readIn: () => ask('stdin cannot be read', (id) => ({ type: 'readIn', id })),
    ifInterrupted: (consequence) => send({ type: 'ifInterrupted', consequence }),
  };
}

/** Runs the command line that this thread was started for. */
export async function runInThread(): Promise<void> {
  if (parentPort === null) throw new Error('this is not a thread');
  const { args, errIsTerminal } = workerData as CommandStart;
  const port = parentPort;
  tellSignsTo((longest) => port.postMessage({ type: 'modelSign', longest } satisfies FromCommand));
  const exitCode = await main(args, threadIo(parentPort, errIsTerminal));
  parentPort.postMessage({ type: 'done', exitCode } satisfies FromCommand);
}
