/**
 * A worker's signs of life. The page asks, and the worker answers whenever it is free to. What keeps it busy for longer
 * is announced beforehand, so that silence is taken for a hang only once that time is over.
 */

/** What a worker sends: for how many milliseconds it may be silent from here on; 0 where it answers at once. */
export type Pulse = number;

/** Sent in place of that by a worker that cannot go on, to be started anew. */
export const BROKEN: Pulse = -1;

/** The first message to a worker: the port on which the page asks and the worker answers. */
export interface PulsePort {
  readonly pulse: MessagePort;
}

/** Steps that are shorter need no announcement. */
const SHORT_MS = 1000;
/** Messages are let in after so much work. */
const TURN_MS = 40;

let send: (pulse: Pulse) => void = () => {};
/** What is announced and not over yet, by whoever announced it. */
const announced = new Map<symbol, number>();
let current = 0;

function update(): void {
  const longest = Math.max(0, ...announced.values());
  if (longest === current) return;
  current = longest;
  send(current);
}

function announce(who: symbol, longest: number): void {
  if (longest > SHORT_MS) announced.set(who, longest);
  else announced.delete(who);
  update();
}

/** Has a worker answer the page, as soon as that has sent the port. */
export function answerPulse(): void {
  const onMessage = ({ data }: MessageEvent<Partial<PulsePort> | null>): void => {
    const port = data?.pulse;
    if (port === undefined) return;
    removeEventListener('message', onMessage);
    sendPulseTo((pulse) => port.postMessage(pulse));
    port.onmessage = () => send(current);
  };
  addEventListener('message', onMessage);
}

/** Asks for another worker in this one's place: its memory is not to be trusted any more. */
export function giveUp(): void {
  send(BROKEN);
}

/** Has announcements go somewhere, beginning with the present one. */
export function sendPulseTo(receiver: (pulse: Pulse) => void): void {
  send = receiver;
  send(current);
}

/** Runs something synchronous that takes at most so many milliseconds, on a slow machine too. */
export function longStep<T>(longest: number, run: () => T): T {
  const who = Symbol();
  announce(who, longest);
  try {
    return run();
  } finally {
    announce(who, 0);
  }
}

/** Runs something that does not let messages in for at most so many milliseconds at a time. */
export async function longTask<T>(longest: number, run: () => Promise<T>): Promise<T> {
  const who = Symbol();
  announce(who, longest);
  try {
    return await run();
  } finally {
    announce(who, 0);
  }
}

/** Lets messages in (cancel, the cursor's requests) between batches; a timer would wait 4 ms each time. */
export function yieldToMessages(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}

const turn = Symbol();
let lastTurn = 0;

/**
 * Lets messages in every few steps, and announces steps that take long. Undefined where it is too early.
 * @param meanwhile is waited for as well
 */
export function takeTurns(
  longest = 0,
  meanwhile: () => Promise<void> | void = () => {},
): Promise<void> | undefined {
  announce(turn, 0);
  if (longest <= SHORT_MS && performance.now() - lastTurn < TURN_MS) return undefined;
  return yieldToMessages()
    .then(meanwhile)
    .then(() => {
      lastTurn = performance.now();
      announce(turn, longest);
    });
}
