import { philoxBlock, philoxKeySchedule } from '../estimators/noise/philox';

const TWO_POW_32 = 2 ** 32;
/** Keeps these words apart from those of the noise itself, which has the streams of the estimators in this place. */
const PURPOSE = 0x64736574;

/**
 * Seed of the noise of image `index`, an integer in [0, 2^53): a function of the run's seed and the image's number
 * alone, so that neither order nor shard matters. Two runs of neighbouring seeds share no noise.
 * @param seed an integer in [0, 2^53)
 */
export function imageSeed(seed: number, index: number): number {
  const words = new Uint32Array(4);
  const schedule = philoxKeySchedule(seed >>> 0, Math.floor(seed / TWO_POW_32));
  philoxBlock(schedule, index, 0, 0, PURPOSE, words);
  return ((words[1] as number) & 0x1fffff) * TWO_POW_32 + (words[0] as number);
}
