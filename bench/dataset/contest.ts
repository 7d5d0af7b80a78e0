import type { StopRule } from '../../src/estimators/estimate';
import { readCard } from '../../src/node/bundled-models';
import type { ModelCard } from '../../src/workers/models/card';
import { ownPictures, type Picture } from '../support/own-pictures';
import type { EngineSide } from '../support/side';
import type { TorchPeer } from '../support/torch-side';

/** RMSE of an image's p that is asked for. */
export const WANTED = 0.02;
/** Copies of an image by which p is known. */
const TRUTH_COPIES = 20_480;
/** Images of the round before the first. */
const WARM_UP = 2;

export interface Task {
  readonly card: ModelCard;
  readonly pictures: readonly Picture[];
  readonly sigma: number;
  /** By picture, with the variance of what is known. */
  readonly truth: readonly { readonly p: number; readonly variance: number }[];
  /** Copies an image with which plain sampling has the RMSE that is asked for, by the binomial law. */
  readonly copies: number;
}

/** Some of the project's own pictures of a model's data set, evenly chosen, at the middle of its recommended radii. */
export async function taskOf(id: string, images: number, peer: TorchPeer, threads: number): Promise<Task> {
  const card = await readCard(id);
  const own = ownPictures(card);
  const count = Math.min(images, own.length);
  const pictures = Array.from(
    { length: count },
    (_, i) => own[Math.floor((i * own.length) / count)] as Picture,
  );
  const sigma = Number(Math.sqrt(card.sigma.min * card.sigma.max).toPrecision(2));
  const truth: { p: number; variance: number }[] = [];
  for (const { x, index } of pictures) {
    const request = { modelId: id, x, sigmas: [sigma], copies: TRUTH_COPIES, seed: 7000 + index, threads };
    const { kept } = await peer.sweep(request);
    const p = (kept[0]?.at(-1) as number) / TRUTH_COPIES;
    truth.push({ p, variance: (p * (1 - p)) / TRUTH_COPIES });
  }
  const variance = truth.reduce((sum, { p }) => sum + p * (1 - p), 0) / truth.length;
  return { card, pictures, sigma, truth, copies: Math.ceil(variance / WANTED ** 2) };
}

/** One way to p of every image. */
export interface Contender {
  readonly name: string;
  /** Of the image and the seed, with the milliseconds it took where it ran. */
  estimate(picture: Picture, seed: number): Promise<{ readonly p: number; readonly ms: number }>;
}

export function plainContender(peer: TorchPeer, { card, sigma, copies }: Task, threads: number): Contender {
  return {
    name: `plain sampling in PyTorch, ${copies} copies, ${threads} threads`,
    async estimate({ x }, seed) {
      const request = { modelId: card.id, x, sigmas: [sigma], copies, seed, threads };
      const { kept, milliseconds } = await peer.sweep(request);
      return { p: (kept[0]?.at(-1) as number) / copies, ms: milliseconds };
    },
  };
}

let job = 0;

export function engineContender(
  side: EngineSide,
  { card, sigma }: Task,
  estimator: string,
  stop: StopRule,
): Contender {
  const rule = stop.rule === 'fixed' ? '' : ` to ± ${stop.halfWidth}, at most ${stop.maxSamples} copies`;
  const copies = stop.rule === 'fixed' && estimator === 'mc' ? `, ${stop.samples} copies` : '';
  return {
    name: `\`${estimator}\`${estimator === 'importance' ? rule : copies}, ${side.name}`,
    async estimate({ x }, seed) {
      const id = ++job;
      const request = { id, modelId: card.id, x, target: null, sigmas: [sigma], estimators: [estimator] };
      const events = await side.sweep({ ...request, seed, stop });
      const updates = events.flatMap(({ event }) => (event.type === 'partial' ? event.updates : []));
      const p = updates.at(-1)?.estimate.p;
      if (p === undefined) throw new Error(`${estimator} told nothing of an image.`);
      return { p, ms: events.at(-1)?.ms as number };
    },
  };
}

/** What a contender did over rounds of all images. */
export interface Outcome {
  readonly name: string;
  readonly imagesASecond: number;
  readonly rmse: number;
  /** Estimates that it is of. */
  readonly estimates: number;
}

/** Every contender over all images, in turns, once for every seed; a round of a few before is for warming up. */
export async function contest(
  { pictures, truth }: Task,
  contenders: readonly Contender[],
  rounds: number,
  tell: (text: string) => void,
): Promise<Outcome[]> {
  const sums = contenders.map(() => ({ ms: 0, squares: 0, images: 0 }));
  for (let round = 0; round <= rounds; round++) {
    const order = contenders.map((_, i) => i);
    if (round % 2 === 1) order.reverse();
    for (const at of order) {
      for (const [i, picture] of (round === 0 ? pictures.slice(0, WARM_UP) : pictures).entries()) {
        const { p, ms } = await (contenders[at] as Contender).estimate(picture, 1000 * round + i);
        if (round === 0) continue;
        const sum = sums[at] as (typeof sums)[number];
        const known = truth[i] as Task['truth'][number];
        sum.ms += ms;
        sum.squares += (p - known.p) ** 2 - known.variance;
        sum.images++;
      }
    }
    tell(`round ${round} of ${rounds}`);
  }
  return contenders.map(({ name }, i) => {
    const { ms, squares, images } = sums[i] as (typeof sums)[number];
    return {
      name,
      imagesASecond: (1000 * images) / ms,
      rmse: Math.sqrt(Math.max(0, squares) / images),
      estimates: images,
    };
  });
}
