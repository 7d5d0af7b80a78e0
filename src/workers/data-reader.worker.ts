import { expose, transfer } from 'comlink';
import { load } from './dataset/load';
import type { DataReaderApi } from './dataset-protocol';
import { answerPulse, longTask } from './pulse';

/** The longest that reading is silent: while the largest file is unpacked or looked through, on a slow phone too. */
const READING_MS = 60_000;

answerPulse();

expose({
  async load(source, purpose, onProgress) {
    const result = await longTask(READING_MS, () => load(source, purpose, onProgress));
    if (!result.ok) return result;
    const { pixels, labels } = result.data.images;
    // Files of an archive may share a buffer, which can only be handed over once.
    return transfer(result, [...new Set([pixels.buffer, labels.buffer])]);
  },
} satisfies DataReaderApi);
