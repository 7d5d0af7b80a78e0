import { readVersion } from '../node/project';
import { printable } from '../text/printable';
import type { Command } from './command';
import { cdf } from './commands/cdf';
import { classes } from './commands/classes';
import { dataset } from './commands/dataset';
import { estimators } from './commands/estimators';
import { merge } from './commands/merge';
import { models } from './commands/models';
import { sweep } from './commands/sweep';
import { CliError, describeError, EXIT, type ExitCode, interrupted, usageError } from './errors';
import { commandHelp, overview } from './help';
import type { Io } from './io';
import { parseCommandLine } from './parse';

/** Every command, in the order of the help. A new one is a file and a line here. */
export const COMMANDS: readonly Command[] = [sweep, classes, dataset, merge, models, estimators, cdf];

async function dispatch([name, ...args]: readonly string[], io: Io): Promise<void> {
  if (name === '--version' || name === '-v') return io.out(`${readVersion()}\n`);
  if (name === '--help' || name === '-h') return io.out(overview(COMMANDS, readVersion()));
  if (name === undefined) throw usageError('No command was given. See probust --help.');
  const command = COMMANDS.find((each) => each.name === name);
  if (command === undefined) {
    const names = COMMANDS.map((each) => each.name).join(', ');
    throw usageError(`There is no command “${name}”; there are ${names}.`);
  }
  const { values, positionals, wantsHelp } = parseCommandLine(command, args);
  if (wantsHelp) return io.out(commandHelp(command));
  await command.run(values, positionals, io);
  if (io.signal.aborted) throw interrupted();
}

const isInterruption = (error: unknown): boolean =>
  error instanceof CliError && error.exitCode === EXIT.interrupted;

/** Runs a command line, the program's name left out. Never throws: what goes wrong is a sentence and an exit code. */
export async function main(args: readonly string[], io: Io): Promise<ExitCode> {
  try {
    await dispatch(args, io);
    return EXIT.ok;
  } catch (error) {
    const { exitCode, message } = describeError(
      io.signal.aborted && !isInterruption(error) ? interrupted() : error,
    );
    io.err(`probust: ${printable(message.trimEnd())}\n`);
    return exitCode;
  }
}
