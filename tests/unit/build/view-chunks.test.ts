import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { viewChunks } from '../../../build/view-chunks';

interface Module {
  readonly now?: readonly string[];
  readonly later?: readonly string[];
  readonly exports?: readonly string[];
  readonly code?: string;
}

type Imports = Readonly<Record<string, Module>>;

/** The chunk of each module of a page with views a, b and c. */
function chunksOf(imports: Imports): Record<string, string | null> {
  const ids = (names: readonly string[] = []) => names.map((name) => resolve(`./${name}`));
  const infos = new Map(
    Object.entries(imports).map(([name, { now, later, exports = [], code = '' }]) => [
      resolve(`./${name}`),
      { importedIds: ids(now), dynamicallyImportedIds: ids(later), exports, code },
    ]),
  );
  const nameOf = viewChunks('/entry', '/main', { a: '/a', b: '/b', c: '/c' }, '/workers');
  const context = { getModuleInfo: (id: string) => infos.get(id) ?? null };
  return Object.fromEntries(
    // Nothing else of a module is asked for.
    Object.keys(imports).map((name) => [name, nameOf(resolve(`./${name}`), context as never) ?? null]),
  );
}

const PAGE: Imports = {
  entry: { now: ['paint'], later: ['main'] },
  main: { now: ['react', 'paint'], later: ['a', 'b', 'c'] },
  a: { now: ['react', 'alone', 'all', 'pair', 'part', 'both', 'workers'], later: ['rare'] },
  b: { now: ['react', 'all', 'pair'] },
  c: { now: ['all', 'ring'], later: ['figure', 'plane'] },
  paint: {},
  react: {},
  alone: { now: ['all'] },
  all: { now: ['deep'] },
  deep: {},
  pair: {},
  part: {},
  both: {},
  workers: {},
  rare: { now: ['alone'] },
  figure: { now: ['both', 'workers'] },
  plane: { now: ['both'], later: ['registry'] },
  registry: { now: ['part'] },
  ring: { now: ['ring2'] },
  ring2: { now: ['ring'] },
};

describe('the chunks of a page with several views', () => {
  it('are one for what is always there, one for what most views need, and one a set of views', () => {
    expect(chunksOf(PAGE)).toEqual({
      entry: null,
      paint: null,
      main: 'main',
      react: 'main',
      all: 'shared',
      deep: 'shared',
      a: 'a',
      alone: 'a',
      pair: 'a-b',
      b: 'b',
      c: 'c',
      ring: 'c',
      ring2: 'c',
      // Figures of view c need them later, which should not bring all of view a, nor start the workers for the plane.
      workers: 'a-later',
      both: 'a-later-aside',
      part: 'a-aside',
      rare: null,
      figure: null,
      plane: null,
      registry: null,
    });
  });

  it('need each other in one direction', () => {
    const chunks = chunksOf(PAGE);
    const needs = new Map<string, Set<string>>();
    for (const [name, { now = [] }] of Object.entries(PAGE)) {
      const from = chunks[name] ?? name;
      const to = now.map((other) => chunks[other] ?? other).filter((chunk) => chunk !== from);
      needs.set(from, new Set([...(needs.get(from) ?? []), ...to]));
    }
    const reach = (chunk: string, seen = new Set<string>()): Set<string> => {
      for (const next of needs.get(chunk) ?? []) if (!seen.has(next)) reach(next, seen.add(next));
      return seen;
    };
    for (const chunk of needs.keys()) expect(reach(chunk)).not.toContain(chunk);
  });

  const D3 = 'node_modules/d3/index.js';
  const drawing = (code: string): Imports => ({
    ...PAGE,
    a: { ...PAGE.a, now: [...(PAGE.a?.now ?? []), D3], code },
    rare: { now: [D3], code: 'import { contours as isoLines } from "d3";' },
    [D3]: { now: ['scales', 'contours'] },
    scales: { now: ['ticks'], exports: ['scaleLog', 'scaleLinear'] },
    ticks: { exports: ['ticks'] },
    contours: { now: ['ticks'], exports: ['contours'] },
  });

  it('have those parts of d3 whose names a module imports, not all of them', () => {
    const chunks = chunksOf(
      drawing('import { line } from "./line";import { scaleLinear, scaleLog as s } from "d3";'),
    );
    expect(chunks).toMatchObject({ scales: 'a', ticks: 'a', contours: null, rare: null });
  });

  it('are not made where a module imports all of d3', () => {
    expect(() => chunksOf(drawing('import * as d3 from "d3";'))).toThrow('otherwise than by names');
  });
});
