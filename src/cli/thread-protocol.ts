/** Everything that crosses between the process's first thread, which talks to the outside, and the one that runs a command. */

export interface CommandStart {
  readonly args: readonly string[];
  readonly errIsTerminal: boolean;
}

/** From the command. */
export type FromCommand =
  | { readonly type: 'out'; readonly id: number; readonly text: string }
  | { readonly type: 'err'; readonly text: string }
  | { readonly type: 'readIn'; readonly id: number }
  /** What to say if the process must end before the command does. */
  | { readonly type: 'ifInterrupted'; readonly consequence: string }
  /** The model that is loaded gives no further sign for at most so many milliseconds; 0 once it is loaded. */
  | { readonly type: 'modelSign'; readonly longest: number }
  | { readonly type: 'done'; readonly exitCode: number };

/** To the command. */
export type ToCommand =
  | { readonly type: 'abort' }
  /** The answer to what has this id: text where some was asked for, or what went wrong. */
  | {
      readonly type: 'answer';
      readonly id: number;
      readonly text?: string;
      readonly problem?: StreamProblem;
    };

/** Why a standard stream failed. */
export interface StreamProblem {
  readonly code: string;
  readonly message: string;
}
