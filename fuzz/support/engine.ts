import '../../src/node/engine';
import * as tf from '@tensorflow/tfjs';
import { createEngine } from '../../src/workers/engine/engine';
import type { EngineApi } from '../../src/workers/protocol/engine';
import type { Answer, GivenModel } from './own-model';

let started: Promise<EngineApi> | undefined;

/** The engine as it runs in Node, on wasm; one for all runs, as a person's is. */
function engine(): Promise<EngineApi> {
  started ??= (async () => {
    // Else tfjs advertises another backend on stderr.
    tf.env().set('PROD', true);
    const made = createEngine();
    await made.start({ backend: 'wasm', threads: 1 });
    return made;
  })();
  return started;
}

/** Looks at a model, adds it, asks it for the logits of its input, and removes it. Rejects with the engine's errors. */
export async function askGiven({ files, input, range }: GivenModel): Promise<Answer> {
  const made = await engine();
  const given = Object.entries(files).map(([path, bytes]) => ({
    path,
    data: new Blob([Uint8Array.from(bytes)]),
  }));
  const { id, guessed } = await made.inspectOwnModel(given);
  const flat = { mean: guessed.mean.map(() => 0), std: guessed.std.map(() => 1) };
  try {
    const { model } = await made.addOwnModel(id, { ...guessed, ...flat, range: [...range] });
    const { labels, input: own } = model.card;
    const size = lengthOf(own.shape);
    const inputs = input.length === size ? input : new Float32Array(size).fill(0.5);
    const logits = await made.evaluate({ modelId: model.card.id, pass: 'forward', inputs });
    return { classCount: labels.length, labels, logits };
  } finally {
    await made.removeOwnModel(id);
  }
}

const lengthOf = (shape: readonly number[]): number => shape.reduce((product, size) => product * size, 1);
