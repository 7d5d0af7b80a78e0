import type { Estimate } from '../estimators/estimate';

/**
 * What to say of exact ties, a sentence an estimator; none where there are none. A tie is not the class, so it lowers p,
 * to 0 where every copy ties.
 */
export function tieNotes(estimates: Readonly<Record<string, readonly (Estimate | undefined)[]>>): string[] {
  return Object.entries(estimates).flatMap(([id, rows]) => {
    const tied = rows.filter((row) => (row?.exactTies ?? 0) > 0) as Estimate[];
    if (tied.length === 0) return [];
    const ties = tied.reduce((sum, { exactTies = 0 }) => sum + exactTies, 0);
    const radii = tied.map(({ sigma }) => sigma).join(', ');
    return [
      `${id}: at radius ${radii} the class ties exactly with another in ${ties} noisy copies; a tie counts as not the class.`,
    ];
  });
}
