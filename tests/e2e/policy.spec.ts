import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from './fixtures';
import { SMALL } from './pages/probust-page';

/** Another origin, which counts who asks. */
let other: Server;
let url: string;
let asked: string[] = [];
test.beforeAll(async () => {
  other = createServer((request, response) => {
    asked.push(request.url ?? '');
    response.writeHead(200, {
      'Access-Control-Allow-Origin': '*',
      'Cross-Origin-Resource-Policy': 'cross-origin',
      'Content-Type': 'text/plain',
    });
    response.end('here');
  });
  await new Promise<void>((resolve) => other.listen(0, 'localhost', resolve));
  url = `http://localhost:${(other.address() as AddressInfo).port}/`;
});
test.afterAll(() => other.close());
test.beforeEach(() => {
  asked = [];
});
test.use({ provokes: true });

/** What happened to an attempt: its value, or the name of what it threw. */
const attempt = `async (run) => { try { return String(await run()); } catch (error) { return error.name; } }`;

test('the page reaches no other origin, runs no text and no inline script', async ({ probust, page }) => {
  await probust.openSwept({ ...SMALL });
  const policy = await page.locator('meta[http-equiv="Content-Security-Policy"]').getAttribute('content');
  expect(policy).toContain("'wasm-unsafe-eval'");
  expect(policy?.replace("'wasm-unsafe-eval'", '')).not.toContain('unsafe-eval');

  const tried = await page.evaluate(
    `(async () => {
      const violations = [];
      document.addEventListener('securitypolicyviolation', (event) => violations.push(event.effectiveDirective));
      const attempt = ${attempt};
      const loaded = (element, where) => new Promise((resolve) => {
        element.onload = () => resolve('loaded');
        element.onerror = () => resolve('refused');
        where.append(element);
      });
      const image = Object.assign(new Image(), { src: '${url}image' });
      const script = Object.assign(document.createElement('script'), { src: '${url}script' });
      const frame = Object.assign(document.createElement('iframe'), { src: '${url}frame' });
      const inline = Object.assign(document.createElement('script'), { textContent: 'window.ran = true' });
      const found = {
        fetch: await attempt(() => fetch('${url}fetch')),
        image: await loaded(image, document.body),
        script: await loaded(script, document.head),
        beacon: navigator.sendBeacon('${url}beacon', 'x') && undefined,
      };
      document.head.append(inline);
      document.body.append(frame);
      // A string of code goes through the page's own policy only from the page's own timer.
      setTimeout('window.evaluated = true');
      await new Promise((resolve) => setTimeout(resolve, 300));
      return { ...found, ran: window.ran === true, evaluated: window.evaluated === true, violations };
    })()`,
  );
  expect(tried).toMatchObject({
    fetch: 'TypeError',
    image: 'refused',
    script: 'refused',
    ran: false,
    evaluated: false,
    violations: expect.arrayContaining(['connect-src', 'img-src', 'script-src-elem', 'frame-src']),
  });
  expect(asked).toEqual([]);
});

test('nor do its workers', async ({ probust, page }) => {
  await probust.openSwept({ ...SMALL });
  // Their threads are asleep and would not answer; they have the policy of the worker that started them.
  const workers = page.workers().filter((worker) => /\/(engine|image)\.worker/.test(worker.url()));
  expect(workers).toHaveLength(2);
  for (const worker of workers) {
    const found = await worker.evaluate(`(${attempt})(() => fetch('${url}worker'))`);
    expect(found, worker.url()).toBe('TypeError');
  }
  expect(asked).toEqual([]);
});

test('the server of these tests counts who asks', async ({ page }) => {
  await page.goto(`${url}page`);
  expect(await page.evaluate(async (address) => (await fetch(address)).status, `${url}seen`)).toBe(200);
  expect(asked).toEqual(expect.arrayContaining(['/page', '/seen']));
});
