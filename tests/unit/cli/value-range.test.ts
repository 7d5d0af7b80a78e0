import '../../../src/node/engine';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { layers, sequential } from '@tensorflow/tfjs';
import { PNG } from 'pngjs';
import { expect, it } from 'vitest';
import { EXIT } from '../../../src/cli/errors';
import { startBackend } from '../../../src/workers/tfjs/backend';
import { runCli } from '../../support/cli';
import { randomise, savedFiles } from '../../support/own-models';

it('says that the value range is a guess, unless it is given', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'probust-range-'));
  try {
    await startBackend('wasm');
    // Values that are only doubled may come from any range.
    const double = layers.rescaling({ inputShape: [8, 8, 3], scale: 2, offset: 0 });
    const model = randomise(
      sequential({ layers: [double, layers.flatten(), layers.dense({ units: 3 })] }),
      3,
    );
    for (const { path, bytes } of await savedFiles(model)) await writeFile(join(folder, path), bytes);
    await writeFile(join(folder, 'x.png'), PNG.sync.write(new PNG({ width: 8, height: 8, fill: true })));
    const args = ['sweep', '--model', join(folder, 'model.json'), '--image', join(folder, 'x.png')];
    const run = (...more: string[]) =>
      runCli([...args, '--sigmas', '0.1', '--estimators', 'softmax', '--threads', '1', ...more]);
    expect(await run()).toMatchObject({ code: EXIT.ok, err: expect.stringMatching(/is a guess/) });
    expect((await run('--range', '0:1')).err).not.toMatch(/is a guess/);
  } finally {
    await rm(folder, { recursive: true });
  }
});
