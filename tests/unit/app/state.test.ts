import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const APP = fileURLToPath(new URL('../../../src/app/', import.meta.url));

it('components change the state by actions alone', () => {
  const components = readdirSync(APP, { recursive: true, encoding: 'utf8' }).filter((path) =>
    path.endsWith('.tsx'),
  );
  expect(components.length).toBeGreaterThan(50);
  const writing = components.filter((path) =>
    /\buse\w+\.setState\(/.test(readFileSync(join(APP, path), 'utf8')),
  );
  expect(writing).toEqual([]);
});
