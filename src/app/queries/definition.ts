/** What comes in of a running query. */
export interface QueryUpdate<Data> {
  /** Adds it to the data. */
  readonly change?: (data: Data) => Data;
  /** Share done in [0, 1], and seconds left if they can be told. */
  readonly progress?: { readonly fraction: number; readonly secondsLeft?: number | null };
  /** Parts that are complete, and one that could not be computed; the others go on. */
  readonly finished?: readonly string[];
  readonly failed?: { readonly part: string; readonly error: unknown };
}

/** An answer as it is kept. */
export interface Known<Data> {
  readonly key: string;
  readonly data: Data;
  readonly finished: ReadonlySet<string>;
}

/** How one kind of question is answered. */
export interface QueryDefinition<Request, Data> {
  /** Answers that are kept. */
  readonly capacity: number;
  /** Milliseconds that a request has to stay the same before it is run. */
  readonly debounceMs?: number;
  /** Runs one request at a time: what nobody observes any more when its turn comes never runs. */
  readonly serial?: boolean;
  /** False where whoever asks tells what went wrong. */
  readonly reportsErrors?: boolean;
  /** What an answer begins with. */
  readonly empty: Data;
  /** Identifies all that the data depend on. */
  key(request: Request): string;
  /** The parts of the data that are asked for; without it the data are one part. */
  parts?(request: Request): readonly string[];
  /** What other answers say of this one before it is run. @param find the newest answer that matches */
  derive?(
    request: Request,
    find: (matches: (known: Known<Data>) => boolean) => Known<Data> | undefined,
  ): Omit<Known<Data>, 'key'> | undefined;
  /**
   * Computes parts of the data; what is neither finished nor failed at its end is finished. Ends soon after the signal
   * aborts, and throws if nothing can be computed.
   */
  run(request: Request, parts: readonly string[], signal: AbortSignal): AsyncIterable<QueryUpdate<Data>>;
}

/** The newest that is known of a question. */
export interface QueryResult<Data> {
  /** `idle`: nothing is asked; `running`: parts are missing, and computed or waited for. */
  readonly status: 'idle' | 'running' | 'done' | 'cancelled' | 'failed';
  readonly data: Data;
  /** Share done in [0, 1]. */
  readonly fraction: number;
  readonly secondsLeft: number | null;
  /** Parts that are complete, and parts that could not be computed. */
  readonly finished: readonly string[];
  readonly failed: readonly string[];
  /** What all of it failed with. */
  readonly error: unknown;
  /** It was known when it was asked for, and nothing has been computed for it since. */
  readonly fromCache: boolean;
}
