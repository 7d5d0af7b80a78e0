import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { hcl, rgb } from 'd3';
import { describe, expect, it } from 'vitest';
import { CATALOGUE } from '../../../src/estimators/catalogue';
import { ROLES } from '../../../src/estimators/definition';
import { estimatorIn, REFERENCE } from '../../../src/estimators/roles';

const PROJECT = fileURLToPath(new URL('../../../', import.meta.url));
const read = (path: string): string => readFileSync(join(PROJECT, path), 'utf8');

/** Other things that are called as an estimator is. */
const NAMESAKES: readonly [path: RegExp, name: string][] = [
  // Steps of the lesson, whose names stand in links.
  [/^src\/app\/state\/lesson-steps\.ts$/, 'taylor'],
  [/^src\/app\/state\/lesson-steps\.ts$/, 'mmse'],
  // A layer's activation.
  [/^src\/workers\/(tfjs|webgpu|models)\//, 'softmax'],
];

const IDS = CATALOGUE.map(({ id }) => id).join('|');
const NAMED = [
  new RegExp(`(['"\`])(?<id>${IDS})\\1`, 'g'),
  new RegExp(`\\b(estimates|definitions|readings)(\\?\\.|\\.)(?<id>${IDS})\\b`, 'g'),
];

/** Estimators that a text names by id. */
const namedIn = (text: string): string[] =>
  NAMED.flatMap((pattern) => [...text.matchAll(pattern)].map(({ groups }) => groups?.id ?? ''));

describe('estimators are known by their roles', () => {
  it.each(ROLES)('one estimator is the %s one', (role) => {
    expect(CATALOGUE.filter(({ roles }) => roles?.includes(role))).toEqual([estimatorIn(role)]);
  });

  it('the reference and the one for screening suit every model', () => {
    expect(REFERENCE).toMatchObject({ kind: 'sampled', unbiased: true, needsGradients: false });
    expect(REFERENCE.shownByDefault).toBe(true);
    expect(estimatorIn('screening').needsGradients).toBe(false);
  });

  it('nothing outside src/estimators names one by its id', () => {
    const files = readdirSync(join(PROJECT, 'src'), { recursive: true, encoding: 'utf8' })
      .map((path) => `src/${path}`)
      .filter((path) => /\.(ts|tsx|css)$/.test(path) && !path.startsWith('src/estimators/'));
    expect(files.length).toBeGreaterThan(100);
    const found = files.flatMap((path) =>
      namedIn(read(path))
        .filter((id) => !NAMESAKES.some(([where, name]) => where.test(path) && name === id))
        .map((id) => `${path}: ${id}`),
    );
    expect(found).toEqual([]);
  });

  it('a name in quotes or after a dot is found', () => {
    const text = `x === 'mc' || y["taylor"] || z.estimates?.mmse_pairs || 'mcx' || w.mc`;
    expect(namedIn(text)).toEqual(['mc', 'taylor', 'mmse_pairs']);
  });
});

describe('every estimator', () => {
  it('lies in a folder that is named after its id', () => {
    for (const { id } of CATALOGUE) {
      expect(id).toMatch(/^[a-z][a-z0-9_]*$/);
      const folder = join(PROJECT, 'src', 'estimators', 'methods', id.replaceAll('_', '-'));
      expect(existsSync(join(folder, 'index.ts'))).toBe(true);
    }
  });

  it('has an id and a name of its own', () => {
    expect(new Set(CATALOGUE.map(({ id }) => id)).size).toBe(CATALOGUE.length);
    expect(new Set(CATALOGUE.map(({ name }) => name)).size).toBe(CATALOGUE.length);
  });
});

/** Of WCAG 2.2. @param css a colour without transparency */
function luminance(css: string): number {
  const { r, g, b } = rgb(css);
  const [R = 0, G = 0, B = 0] = [r, g, b]
    .map((part) => part / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * R + 0.7152 * G + 0.0722 * B;
}

const contrast = (a: string, b: string): number => {
  const [low = 0, high = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
};

const PAIR = /^light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)$/;

describe('the colours of the estimators', () => {
  const tokens = read('src/app/styles/tokens.css');
  const card = PAIR.exec(/--card: ([^;]*);/.exec(tokens)?.[1] ?? '') ?? [];

  it.each(CATALOGUE.map(({ id, colour }) => [id, colour] as const))(
    'let the line of %s be seen and its name be read on a light and a dark card',
    (_, colour) => {
      const [, light = '', dark = ''] = PAIR.exec(colour) ?? [];
      expect(contrast(light, card[1] ?? '')).toBeGreaterThanOrEqual(4.5);
      expect(contrast(dark, card[2] ?? '')).toBeGreaterThanOrEqual(4.5);
    },
  );

  it('differ from each other', () => {
    for (const theme of [1, 2]) {
      const colours = CATALOGUE.map(({ colour }) => hcl(PAIR.exec(colour)?.[theme] ?? ''));
      for (const [i, a] of colours.entries()) {
        for (const b of colours.slice(0, i)) {
          const hue = Math.abs(((a.h - b.h + 540) % 360) - 180);
          expect(Math.max(hue, Math.abs(a.c - b.c), Math.abs(a.l - b.l))).toBeGreaterThan(8);
        }
      }
    }
  });
});
