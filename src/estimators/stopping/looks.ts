/** Stopping and allocation are decided only at multiples of this many copies, and at the cap. */
export const DECISION_SAMPLES = 256;

/**
 * When counting ends: at a look, where the smaller of successes and failures is at most `boundary` of that look; at the
 * cap in any case. The same for successes and failures, so p and 1 - p are treated alike.
 */
export interface StopDesign {
  /** Most copies, a whole number. */
  readonly cap: number;
  /** Largest k <= n/2 at which counting ends after n copies; -1 where it goes on for every k. */
  boundary(n: number): number;
}

/** The look after n copies: the next multiple of 256, or the cap. */
export function nextLook({ cap }: Pick<StopDesign, 'cap'>, n: number): number {
  return Math.min(cap, (Math.floor(n / DECISION_SAMPLES) + 1) * DECISION_SAMPLES);
}

/** Largest whole number in [0, most] that satisfies a condition which holds up to some number and not beyond; -1 for none. */
export function lastThat(most: number, holds: (k: number) => boolean): number {
  let [inside, outside] = [-1, most + 1];
  while (outside - inside > 1) {
    const middle = (inside + outside) >>> 1;
    if (holds(middle)) inside = middle;
    else outside = middle;
  }
  return inside;
}
