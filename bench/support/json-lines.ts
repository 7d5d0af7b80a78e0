import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/** A question to a child process: a method and its parameters, one line of JSON. */
export interface Question {
  readonly method: string;
  readonly [parameter: string]: unknown;
}

/** Its answer: the result, or a sentence on what went wrong. */
type Answer = { readonly result: unknown } | { readonly error: string };

/** Float32 values little-endian in base64: exact, and short enough for a line. */
export function encodeFloats(values: Float32Array): string {
  return Buffer.from(values.buffer, values.byteOffset, values.byteLength).toString('base64');
}

export function decodeFloats(text: string): Float32Array {
  return new Float32Array(Uint8Array.from(Buffer.from(text, 'base64')).buffer);
}

/** A long-lived process that answers questions on stdin by lines on stdout, one after the other. It ends with its stdin. */
export class JsonLinesProcess {
  readonly #child: ChildProcess;
  readonly #waiting: { resolve(value: unknown): void; reject(error: Error): void }[] = [];
  #failure: Error | undefined;

  constructor(
    readonly name: string,
    command: string,
    args: readonly string[],
  ) {
    this.#child = spawn(command, args, { stdio: ['pipe', 'pipe', 'inherit'] });
    this.#child.on('error', (error) => this.#fail(`${name} could not be started: ${error.message}`));
    this.#child.on('close', (code) => this.#fail(`${name} ended with status ${code}`));
    this.#child.stdin?.on('error', () => {});
    if (this.#child.stdout === null) throw new Error(`${name} has no output`);
    createInterface({ input: this.#child.stdout }).on('line', (line) => {
      const answer = JSON.parse(line) as Answer;
      const question = this.#waiting.shift();
      if ('error' in answer) question?.reject(new Error(`${name}: ${answer.error}`));
      else question?.resolve(answer.result);
    });
  }

  ask<Result>(question: Question): Promise<Result> {
    return new Promise<unknown>((resolve, reject) => {
      if (this.#failure !== undefined) {
        reject(this.#failure);
        return;
      }
      this.#waiting.push({ resolve, reject });
      this.#child.stdin?.write(`${JSON.stringify(question)}\n`);
    }) as Promise<Result>;
  }

  close(): void {
    this.#child.stdin?.end();
    this.#child.kill();
  }

  #fail(message: string): void {
    this.#failure ??= new Error(message);
    for (const { reject } of this.#waiting.splice(0)) reject(this.#failure);
  }
}

/** The other end: answers every line on stdin, and lets the process end with it. */
export async function answerLines(answer: (question: Question) => Promise<unknown>): Promise<void> {
  for await (const line of createInterface({ input: process.stdin })) {
    const reply: Answer = await answer(JSON.parse(line) as Question).then(
      (result) => ({ result }),
      (error: unknown) => ({ error: error instanceof Error ? error.message : JSON.stringify(error) }),
    );
    process.stdout.write(`${JSON.stringify(reply)}\n`);
  }
}
