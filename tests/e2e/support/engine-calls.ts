import type { Page } from '@playwright/test';

/** Counts from the next page load on what the page asks of its workers, by the method's name. */
export async function watchEngineCalls(page: Page): Promise<(method: string) => Promise<number>> {
  await page.addInitScript(() => {
    const calls: Record<string, number> = {};
    Object.assign(window, { engineCalls: calls });
    const post = Worker.prototype.postMessage;
    Worker.prototype.postMessage = function (message: unknown, ...rest: unknown[]) {
      const path = (message as { path?: string[] } | null)?.path;
      const method = path?.join('.') ?? '';
      calls[method] = (calls[method] ?? 0) + 1;
      return Reflect.apply(post, this, [message, ...rest]);
    };
  });
  return (method) => page.evaluate((name) => Number(Reflect.get(window, 'engineCalls')[name] ?? 0), method);
}
