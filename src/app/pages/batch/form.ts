import type { Selection } from '../../../dataset';
import { SIGMA_RANGE } from '../../state/settings';
import type { CurrentData, RunForm } from './state';

const MOST_RADII = 5;

/** Radii as typed, ascending and each once; null where they are none. */
export function readSigmas(text: string): readonly number[] | null {
  const parts = text.split(/[,;\s]+/).filter((part) => part !== '');
  const sigmas = [...new Set(parts.map(Number))].sort((a, b) => a - b);
  const isRadius = (sigma: number): boolean => sigma >= SIGMA_RANGE.min && sigma <= SIGMA_RANGE.max;
  return sigmas.length > 0 && sigmas.length <= MOST_RADII && sigmas.every(isRadius) ? sigmas : null;
}

/** The most that can be asked for: of all images, or of the class that has fewest. */
export function mostImages({ images }: CurrentData, which: RunForm['which']): number {
  if (which !== 'per_class') return images.count;
  const counts = new Map<number, number>();
  for (const label of images.labels) counts.set(label, (counts.get(label) ?? 0) + 1);
  return Math.min(...counts.values());
}

export function selectionOf({ which, count, seed }: RunForm): Selection {
  switch (which) {
    case 'all':
      return { kind: 'all' };
    case 'first':
      return { kind: 'first', count };
    case 'per_class':
      return { kind: 'per_class', count, seed };
  }
}
