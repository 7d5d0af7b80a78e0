import type { Io } from './io';

/** An option as the parser and the help know it. */
interface OptionSpec {
  readonly type: 'string' | 'boolean';
  readonly short?: string;
  /** What stands for the value in the help. */
  readonly value?: string;
  readonly help: string;
  /** The default, in words. */
  readonly fallback?: string;
}

export type OptionTable = Readonly<Record<string, OptionSpec>>;

/** Values as they were typed; absent where the option was not given. */
export type OptionValues<T extends OptionTable> = {
  readonly [K in keyof T]?: T[K]['type'] extends 'boolean' ? boolean : string;
};

interface Example {
  readonly what: string;
  readonly line: string;
}

/** One command of the command line. */
export interface Command<T extends OptionTable = OptionTable> {
  readonly name: string;
  readonly summary: string;
  /** What stands after the name in the first line of the help. */
  readonly usage: string;
  /** Names of the arguments that are no options; all are needed. */
  readonly positionals: readonly string[];
  /** In their place: what each of any number of arguments is. */
  readonly manyPositionals?: string;
  readonly options: T;
  /** Paragraphs on what comes out and how to read it. */
  readonly notes: readonly string[];
  readonly examples: readonly Example[];
  run(values: OptionValues<T>, positionals: readonly string[], io: Io): Promise<void>;
}

/** Ties the option table of a command to the values that its `run` is given. */
export function defineCommand<const T extends OptionTable>(command: Command<T>): Command {
  return command as unknown as Command;
}
