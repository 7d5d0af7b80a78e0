import type { SweepResult } from './sweep-result';

/** Characters of a hash that tell it apart from the others that anybody will see. */
const SHORT = 12;

export const shortHash = (sha256: string): string => sha256.slice(0, SHORT);

/** Where numbers come from, as far as a figure's caption and a citation say it. */
export type Provenance = Pick<SweepResult, 'app' | 'model' | 'image' | 'seed' | 'target'>;
