/** Samples in which every component appears exactly as often as its weight says. */
export const ROUND = 64;
const MAX_COMPONENTS = 24;
/** Components less likely than this share of the likeliest are left to the plain one. */
const PRUNED = 0.02;
const LEAST_PLAIN = 16;
/** From this probability of the rarer outcome on nothing is shifted. */
const PLAIN_ABOVE = 0.25;

/**
 * q = sum_c slots_c/64 N(u_c, I) in units of the noise. Component 0 is plain, u_0 = 0: it bounds every weight phi/q by
 * 64/slots_0 (Hesterberg, Technometrics 37, 1995). Sample i belongs to component order[i mod 64], so that the mixture is
 * sampled in exact proportion, which never has a larger variance than drawing components (Owen and Zhou, JASA 95, 2000).
 */
export interface Mixture {
  /** For each component but the plain one: which direction, and how far along it. */
  readonly shifts: readonly { readonly point: number; readonly length: number }[];
  /** Slots of each component, the plain one first. */
  readonly slots: readonly number[];
  readonly order: Int32Array;
}

/** A possible component: a shift along a design point, and how much of the rarer outcome lies there. */
export interface Candidate {
  readonly point: number;
  /** In units of the noise, signed along the point's direction. */
  readonly length: number;
  readonly mass: number;
}

/**
 * Weights in proportion to the candidates' masses; more plain samples the likelier the rarer outcome is, as a shift
 * gains nothing where half of all copies fail. @param rare expected probability of the rarer outcome.
 */
export function buildMixture(candidates: readonly Candidate[], rare: number): Mixture {
  const likely = [...candidates].sort((a, b) => b.mass - a.mass);
  const top = likely[0]?.mass ?? 0;
  const kept = likely.filter(({ mass }) => mass >= PRUNED * top && mass > 0).slice(0, MAX_COMPONENTS);
  const plainShare = LEAST_PLAIN / ROUND + (1 - LEAST_PLAIN / ROUND) * Math.min(1, rare / PLAIN_ABOVE);
  const shifted = kept.length === 0 ? 0 : Math.floor(ROUND * (1 - plainShare));
  const used = kept.slice(0, shifted);
  const slots = [
    used.length === 0 ? ROUND : ROUND - shifted,
    ...allocate(
      used.map(({ mass }) => mass),
      shifted,
    ),
  ];
  return { shifts: used.map(({ point, length }) => ({ point, length })), slots, order: interleave(slots) };
}

/** At least one each, the rest in proportion by largest remainders. */
function allocate(masses: readonly number[], slots: number): number[] {
  const total = masses.reduce((sum, mass) => sum + mass, 0);
  const spare = slots - masses.length;
  const exact = masses.map((mass) => (spare * mass) / total);
  const result = exact.map((value) => 1 + Math.floor(value));
  const order = exact.map((value, i) => ({ i, rest: value % 1 })).sort((a, b) => b.rest - a.rest);
  let left = slots - result.reduce((sum, value) => sum + value, 0);
  for (const { i } of order) {
    if (left-- <= 0) break;
    result[i] = (result[i] as number) + 1;
  }
  return result;
}

/** Spreads each component evenly over the 64 places. */
function interleave(slots: readonly number[]): Int32Array {
  const places = slots.flatMap((count, component) =>
    Array.from({ length: count }, (_, i) => ({ component, at: (i + 0.5) / count })),
  );
  places.sort((a, b) => a.at - b.at || a.component - b.component);
  return Int32Array.from(places, ({ component }) => component);
}
