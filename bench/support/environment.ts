import { execFileSync } from 'node:child_process';
import { cpus } from 'node:os';
import { version_core as tfjsVersion } from '@tensorflow/tfjs';
import { projectFolder } from '../../src/node/engine';

function git(...args: string[]): string {
  return execFileSync('git', args, { cwd: projectFolder, encoding: 'utf8' }).trim();
}

/** What a figure depends on: machine, versions, state of the code. */
export function environment(chromiumVersion: string | undefined, peer: string | undefined): string {
  const cores = cpus();
  const changed = git('status', '--porcelain') === '' ? '' : ', with changes';
  return [
    `${cores[0]?.model.trim() ?? 'unknown CPU'}, ${cores.length} cores`,
    `Node ${process.version.slice(1)}`,
    ...(chromiumVersion === undefined ? [] : [`Chromium ${chromiumVersion}`]),
    `tfjs ${tfjsVersion}`,
    ...(chromiumVersion === undefined ? [] : [peer ?? 'no PyTorch']),
    `commit ${git('rev-parse', '--short', 'HEAD')}${changed}`,
  ].join('; ');
}
