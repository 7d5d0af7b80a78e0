import '../../src/node/engine';
import { Engine } from '../../src/workers/engine/engine';
import type { OwnModelDescription } from '../../src/workers/models/own/description';
import * as tf from '../../src/workers/tfjs/tf';

let started: Promise<Engine> | undefined;

/** The engine as it runs in Node, on wasm; one for all runs, as a person's is. */
function engine(): Promise<Engine> {
  started ??= (async () => {
    // Else tfjs advertises another backend on stderr.
    tf.env().set('PROD', true);
    const made = new Engine();
    await made.start({ backend: 'wasm', threads: 1 });
    return made;
  })();
  return started;
}

export interface Answer {
  readonly classCount: number;
  readonly labels: readonly string[];
  readonly logits: Float32Array;
}

/** Looks at a model, adds it, asks it for the logits of one input, and removes it. Rejects with the engine's errors. */
export async function askModel(
  files: Readonly<Record<string, Uint8Array>>,
  input: Float32Array,
  describe: (guessed: OwnModelDescription) => OwnModelDescription,
): Promise<Answer> {
  const made = await engine();
  const given = Object.entries(files).map(([path, bytes]) => ({
    path,
    data: new Blob([Uint8Array.from(bytes)]),
  }));
  const report = await made.inspectOwnModel(given);
  try {
    const { model } = await made.addOwnModel(report.id, describe(report.guessed));
    const { labels, id } = model.card;
    const inputs =
      input.length === lengthOf(model.card.input.shape)
        ? input
        : new Float32Array(lengthOf(model.card.input.shape)).fill(0.5);
    const logits = await made.evaluate({ modelId: id, pass: 'forward', inputs });
    return { classCount: labels.length, labels, logits };
  } finally {
    await made.removeOwnModel(report.id);
  }
}

const lengthOf = (shape: readonly number[]): number => shape.reduce((product, size) => product * size, 1);
