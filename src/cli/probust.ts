import { fileURLToPath } from 'node:url';
import { isMainThread } from 'node:worker_threads';

if (isMainThread) {
  const { supervise } = await import('./supervisor');
  supervise(fileURLToPath(import.meta.url), process.argv.slice(2));
} else {
  const { runInThread } = await import('./command-thread');
  await runInThread();
}
