import type { ExitCode } from '../../src/cli/errors';
import { main } from '../../src/cli/main';

export interface Outcome {
  readonly code: ExitCode;
  readonly out: string;
  readonly err: string;
}

export interface World {
  readonly stdin?: string;
  readonly errIsTerminal?: boolean;
  readonly signal?: AbortSignal;
}

/** Runs a command line in this process. */
export async function runCli(args: readonly string[], world: World = {}): Promise<Outcome> {
  let [out, err] = ['', ''];
  const code = await main(args, {
    out: async (text) => {
      out += text;
    },
    err: (text) => {
      err += text;
    },
    errIsTerminal: world.errIsTerminal ?? false,
    signal: world.signal ?? new AbortController().signal,
    readIn: async () => world.stdin ?? '',
    ifInterrupted: () => {},
  });
  return { code, out, err };
}
