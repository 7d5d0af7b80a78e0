import { imageSeed } from '../../src/dataset';
import { type Reader, Refusal, type Trial } from '../reader';
import { Dice } from '../support/dice';
import { whyNoSentence } from '../support/sentence';
import { typedCode } from './typed-code';

/** How one run went. */
export interface Verdict {
  readonly run: number;
  readonly reader: string;
  readonly kind: string;
  readonly isValid: boolean;
  readonly outcome: 'accepted' | 'refused' | 'failed';
  /** Of the error where it was refused. */
  readonly code: string;
  /** What failed, for a programmer. */
  readonly problem: string | null;
}

/** The input of a run: it depends on reader, seed and number alone. */
export function trialOf<I, O>(reader: Reader<I, O>, seed: number, run: number): Trial<I, O> {
  return reader.generate(new Dice(imageSeed(seed, run)));
}

const described = (error: unknown): string =>
  error instanceof Error ? (error.stack ?? error.message) : `no Error: ${JSON.stringify(error)}`;

type Judgement = Pick<Verdict, 'outcome' | 'code' | 'problem'>;

function refusal(error: unknown, expected: Trial<unknown, unknown>['expected']): Judgement {
  const code = error instanceof Refusal ? error.code : typedCode(error);
  if (code === null) return { outcome: 'failed', code: 'untyped', problem: `untyped: ${described(error)}` };
  const { message } = error as { readonly message: string };
  const isSilent = error instanceof Refusal && message === '';
  const why = isSilent ? null : whyNoSentence(message);
  if (why !== null) return { outcome: 'failed', code: 'sentence', problem: `the sentence ${why}` };
  if (expected === 'accepted') {
    return { outcome: 'failed', code: 'refused', problem: `a valid input was refused (${code}): ${message}` };
  }
  return { outcome: 'refused', code, problem: null };
}

/**
 * Reads the input of a run and judges what comes of it. Never rejects.
 * @param made is told what the input is, once it is made and before it is read
 */
export async function attempt<I, O>(
  reader: Reader<I, O>,
  seed: number,
  run: number,
  made: (kind: string) => Promise<void> = async () => {},
): Promise<Verdict> {
  const about = { run, reader: reader.id, isValid: false, kind: '' };
  let trial: Trial<I, O>;
  try {
    trial = trialOf(reader, seed, run);
  } catch (error) {
    return { ...about, outcome: 'failed', code: 'generator', problem: `generator: ${described(error)}` };
  }
  const named = { ...about, kind: trial.kind, isValid: trial.kind.startsWith('valid') };
  await made(trial.kind);
  return { ...named, ...(await judged(reader, trial)) };
}

async function judged<I, O>(reader: Reader<I, O>, trial: Trial<I, O>): Promise<Judgement> {
  let output: O;
  try {
    output = await reader.read(trial.input);
  } catch (error) {
    return refusal(error, trial.expected);
  }
  const failed = (code: string, problem: string): Judgement => ({ outcome: 'failed', code, problem });
  if (trial.expected === 'refused') return failed('accepted', 'what must be refused was accepted');
  try {
    const problem = trial.check(output);
    return problem === null
      ? { outcome: 'accepted', code: '', problem }
      : failed('nonsense', `accepted, but ${problem}`);
  } catch (error) {
    return failed('nonsense', `unreadable result: ${described(error)}`);
  }
}
