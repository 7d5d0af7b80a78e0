import { join } from 'node:path';
import { projectFolder } from '../../src/node/engine';
import { Store } from '../support/store';
import type { TorchPeer } from '../support/torch-side';
import type { Case } from './cases';
import type { Truth } from './reached';

const CACHE = join(projectFolder, 'bench', 'sweep', '.cache');
/** Copies a step; what was counted is kept after each, so that an interrupted run goes on. */
const CHUNK = 20_000;
/** Copies a pass: the truth is not timed, and so many go through PyTorch soonest. */
const BATCH = 64;
/** Seeds of the truth's noise begin here; runs have small ones. */
const FIRST_SEED = 1_000_000;

/** Counts by chunk, of any model, picture and radius; an altered model or picture has other keys. */
export const openCounts = () => new Store<number>(CACHE, 'kept', 0);

/**
 * By picture and radius, the share of `copies` noisy copies that keep the clean prediction, by PyTorch with noise that no
 * run sees.
 */
export async function truthOf(
  { card, pictures, sigmas }: Case,
  copies: number,
  counts: Store<number>,
  peer: TorchPeer,
  threads: number,
  progress: (text: string) => void,
): Promise<Truth[][]> {
  const chunks = Math.ceil(copies / CHUNK);
  const keyOf = (picture: string, sigma: number, chunk: number) =>
    `${card.sha256} ${picture} ${sigma} ${CHUNK} ${chunk}`;
  for (let chunk = 0; chunk < chunks; chunk++) {
    for (const [i, { x, digest }] of pictures.entries()) {
      const missing = sigmas.filter((sigma) => counts.get(keyOf(digest, sigma, chunk)) === undefined);
      if (missing.length === 0) continue;
      const seed = FIRST_SEED + 1000 * chunk + i;
      const request = { modelId: card.id, x, copies: CHUNK, seed, threads, batch: BATCH };
      const { kept } = await peer.sweep({ ...request, sigmas: missing });
      for (const [j, sigma] of missing.entries())
        counts.set(keyOf(digest, sigma, chunk), kept[j]?.at(-1) as number);
      progress(
        `truth of ${card.id}: chunk ${chunk + 1} of ${chunks}, picture ${i + 1} of ${pictures.length}`,
      );
    }
  }
  const all = chunks * CHUNK;
  return pictures.map(({ digest }) =>
    sigmas.map((sigma) => {
      let kept = 0;
      for (let chunk = 0; chunk < chunks; chunk++) kept += counts.get(keyOf(digest, sigma, chunk)) as number;
      const p = kept / all;
      return { p, variance: (p * (1 - p)) / all };
    }),
  );
}
