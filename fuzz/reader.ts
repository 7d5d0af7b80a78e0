import type { Dice } from './support/dice';

/** One input, and what is known of it. */
export interface Trial<Input, Output> {
  /** “valid, ...” or how it was damaged or made, in words. */
  readonly kind: string;
  readonly input: Input;
  /** The input as files, by name, for whoever wants to look at it. */
  readonly files: Readonly<Record<string, Uint8Array | string>>;
  /** `either` where the generator cannot know: what is accepted is still checked. */
  readonly expected: 'accepted' | 'refused' | 'either';
  /** What is wrong with what was read, by the generator's own values or by an independent reading; null if nothing. */
  check(output: Output): string | null;
}

/** What a reader must at least do over a run: neither refusing everything nor accepting everything passes. */
interface Floors {
  /** Shares of its runs. */
  readonly accepted: number;
  readonly refused: number;
  /** Codes of errors that must occur. */
  readonly codes: readonly string[];
}

/** A reader of the product, with a generator of what it may be given. */
export interface Reader<Input = unknown, Output = unknown> {
  readonly id: string;
  /** How many of a hundred runs it gets. */
  readonly share: number;
  readonly floors: Floors;
  /** An input; at least three in ten are valid files. */
  generate(dice: Dice): Trial<Input, Output>;
  /** Reads it as the product does. Throws the product's typed errors, or a Refusal. */
  read(input: Input): Output | Promise<Output>;
}

/** A refusal that the product does not throw but reports, as an exit code or a value left at its default. */
export class Refusal extends Error {
  override readonly name = 'Refusal';

  /** @param message the sentence for people; empty where there is none to show */
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}
