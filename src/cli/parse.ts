import { parseArgs } from 'node:util';
import type { Command, OptionTable, OptionValues } from './command';
import { usageError } from './errors';

export interface Parsed {
  readonly values: OptionValues<OptionTable>;
  readonly positionals: readonly string[];
  readonly wantsHelp: boolean;
}

/** The first sentence of what Node says of a wrong command line. */
function sentence(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const ambiguous = /^Option '([^']*)' argument is ambiguous/.exec(message)?.[1];
  if (ambiguous !== undefined) return `${ambiguous} needs a value, and what follows looks like an option.`;
  const [first = ''] = message.split(/\. |\n/);
  return first.endsWith('.') ? first : `${first}.`;
}

/** Reads the arguments after a command's name. Throws a CliError that names what is wrong. */
export function parseCommandLine(command: Command, args: readonly string[]): Parsed {
  const options = Object.fromEntries(
    Object.entries(command.options).map(([name, { type, short }]) => [
      name,
      short === undefined ? { type } : { type, short },
    ]),
  );
  const see = `See probust ${command.name} --help.`;
  let parsed: { values: Record<string, unknown>; positionals: string[] };
  try {
    parsed = parseArgs({
      args: [...args],
      options: { ...options, help: { type: 'boolean', short: 'h' } },
      allowPositionals: true,
    });
  } catch (error) {
    throw usageError(`${sentence(error)} ${see}`);
  }
  const { help, ...values } = parsed.values;
  const wantsHelp = help === true;
  const { positionals } = parsed;
  const hasMany = command.manyPositionals !== undefined;
  if (!wantsHelp && !hasMany && positionals.length !== command.positionals.length) {
    const missing = command.positionals[positionals.length];
    const extra = positionals[command.positionals.length];
    throw usageError(
      missing === undefined
        ? `“${extra}” is more than probust ${command.name} takes. ${see}`
        : `probust ${command.name} needs ${missing}. ${see}`,
    );
  }
  return { values: values as OptionValues<OptionTable>, positionals, wantsHelp };
}
