import type { Verdict } from './attempt';

/** What a process that runs trials is told. */
export interface Task {
  readonly seed: number;
  /** Numbers of the runs, in order. */
  readonly runs: readonly number[];
}

/** What a run cost. */
export interface Cost {
  /** Milliseconds of processor time. */
  readonly ms: number;
  /** Bytes by which the process was larger at its largest than before. */
  readonly bytes: number;
}

export type Result = Verdict & Cost;

/** What it says: that a run begins, that its input is made and now read, and what became of it. */
export type Message =
  | { readonly type: 'ready' }
  | { readonly type: 'begun'; readonly run: number }
  | { readonly type: 'made'; readonly run: number; readonly kind: string }
  | { readonly type: 'done'; readonly result: Result };
