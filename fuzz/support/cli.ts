import { EXIT } from '../../src/cli/errors';
import { main } from '../../src/cli/main';
import { Refusal } from '../reader';

const NAME = 'probust: ';

/**
 * What a command line writes to stdout. Throws a Refusal with exit code and sentence if it ends in another code than 0;
 * an internal failure is an Error.
 */
export async function outputOf(args: readonly string[], stdin = ''): Promise<string> {
  let [out, err] = ['', ''];
  const code = await main(args, {
    out: async (text) => {
      out += text;
    },
    err: (text) => {
      err += text;
    },
    errIsTerminal: false,
    signal: new AbortController().signal,
    readIn: async () => stdin,
    ifInterrupted: () => {},
  });
  if (code === EXIT.ok) return out;
  if (code === EXIT.internal) throw new Error(`exit code ${code}: ${err}`);
  throw new Refusal(`exit ${code}`, err.slice(err.lastIndexOf(NAME) + NAME.length).trim());
}
