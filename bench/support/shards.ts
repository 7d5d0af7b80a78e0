import { fork } from 'node:child_process';

/** Runs a command's file again for each share of its work, as `--shard i`; resolves when all have ended well. */
export function forkShards(file: string, shards: number): Promise<unknown> {
  const children = Array.from({ length: shards }, (_, shard) =>
    fork(file, [...process.argv.slice(2), '--shard', String(shard)]),
  );
  return Promise.all(
    children.map(
      (child) =>
        new Promise<void>((resolve, reject) => {
          child.on('error', reject);
          child.on('exit', (code) =>
            code === 0 ? resolve() : reject(new Error(`a share ended with ${code}`)),
          );
        }),
    ),
  );
}
