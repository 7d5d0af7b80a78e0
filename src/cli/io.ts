/** All that a command has of the world beside the disk; tests give it another. */
export interface Io {
  /** Resolves once the text is handed over. */
  out(text: string): Promise<void>;
  err(text: string): void;
  /** Whether a person watches what goes to `err`. */
  readonly errIsTerminal: boolean;
  /** Aborts when the process is asked to end. */
  readonly signal: AbortSignal;
  /** Standard input, to its end. */
  readIn(): Promise<string>;
  /** Says what to tell a person if the process has to end before the command does, as in “nothing was written”. */
  ifInterrupted(consequence: string): void;
}
