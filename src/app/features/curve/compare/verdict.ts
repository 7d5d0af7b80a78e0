import { type Estimate, LEVEL, type StopRule } from '../../../../estimators/estimate';
import { targetLimits } from '../../../../estimators/sampled-limits';

type Row = readonly (Estimate | undefined)[];

/** A sweep's sampled estimates, and the class they are of. */
export interface Sampled {
  readonly row: Row;
  readonly target: number;
}

interface Contrast {
  readonly sigma: number;
  readonly shown: number;
  readonly compared: number;
}

export interface ComparisonVerdict {
  /** Whether both are there at every radius; what is there is judged all the same. */
  readonly complete: boolean;
  /** Radii at which sampling tells the two apart, the largest difference first. */
  readonly apart: readonly Contrast[];
}

/**
 * Where two sampled curves differ by more than chance. All 2m intervals are judged together, each at alpha / 2m, by limits
 * that fit the stop rule and, while it runs, whenever one looks; they hold whether or not the two share their noise.
 */
export function judgeComparison(
  shown: Sampled,
  compared: Sampled,
  count: number,
  stop: StopRule,
): ComparisonVerdict {
  const alpha = (1 - LEVEL) / (2 * Math.max(1, count));
  const limitsOf = ({ row, target }: Sampled, i: number) => {
    const estimate = row[i];
    if (estimate?.classCounts === undefined) return null;
    const limits = targetLimits(estimate, estimate.classCounts[target] ?? 0, stop, alpha);
    return { ...limits, p: estimate.p, sigma: estimate.sigma };
  };
  let complete = count > 0;
  const apart: Contrast[] = [];
  for (let i = 0; i < count; i++) {
    const [one, other] = [limitsOf(shown, i), limitsOf(compared, i)];
    if (one === null || other === null) {
      complete = false;
      continue;
    }
    if (one.lo > other.hi || other.lo > one.hi) {
      apart.push({ sigma: one.sigma, shown: one.p, compared: other.p });
    }
  }
  const size = (contrast: Contrast): number => Math.abs(contrast.shown - contrast.compared);
  apart.sort((a, b) => size(b) - size(a));
  return { complete, apart };
}
