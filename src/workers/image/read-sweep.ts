import { parseSweepResult, SweepResultError } from '../../results/sweep-result';
import type { ReadSweepResult } from '../protocol/images';

/** Parses and checks a saved sweep. What is wrong with the file comes back as data. See `ImageApi.readSweep`. */
export async function readSweep(json: Blob): Promise<ReadSweepResult> {
  try {
    return { ok: true, result: parseSweepResult(await json.text()) };
  } catch (error) {
    if (!(error instanceof SweepResultError)) throw error;
    return { ok: false, message: error.message };
  }
}
