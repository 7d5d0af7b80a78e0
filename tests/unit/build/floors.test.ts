import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

/** Imports that each floor's rule refuses, and such as it allows. */
const FLOORS: Readonly<Record<string, { refused: readonly string[]; allowed: readonly string[] }>> = {
  'src/text': { refused: ['../image', 'react'], allowed: ['./complaint', 'valibot'] },
  'src/estimators': {
    refused: ['../workers/tfjs/tf', '../app/state/store', '../image', '@tensorflow/tfjs', 'react', 'node:fs'],
    allowed: ['./radii', './math/student', 'ml-matrix'],
  },
  'src/estimators/gaussian-cdf': { refused: ['../../results/provenance'], allowed: ['../math/student'] },
  'src/image': { refused: ['../estimators/radii', 'pngjs'], allowed: ['../text/printable'] },
  'src/archives': { refused: ['../data', 'valibot'], allowed: ['../text/printable', 'fflate'] },
  'src/statistics': { refused: ['../results/provenance', 'd3'], allowed: ['../estimators/radii'] },
  'src/results': {
    refused: ['../workers/protocol/sweep', '../data'],
    allowed: ['../estimators/radii', 'valibot'],
  },
  'src/data': { refused: ['../dataset', '../estimators/radii'], allowed: ['../image', '../archives/zip'] },
  'src/dataset': { refused: ['../workers/protocol/sweep', 'comlink'], allowed: ['../data', '../statistics'] },
  'src/workers': {
    refused: ['../app/strings', '../node/engine', '../cli/errors', 'react', 'd3', 'node:fs'],
    allowed: ['../estimators/registry', '../image', 'comlink', '@tensorflow/tfjs-backend-wasm'],
  },
  'src/workers/engine': { refused: ['../../app/strings'], allowed: ['../image/x', '../../dataset'] },
  'src/service-worker': { refused: ['../workers/protocol/sweep', 'comlink'], allowed: ['./messages'] },
  'src/node': {
    refused: ['../cli/errors', '../app/strings'],
    allowed: ['../workers/engine/engine', 'pngjs'],
  },
  'src/cli': { refused: ['../app/strings', 'zustand'], allowed: ['../node/engine', 'node:fs'] },
  'src/app/ui': {
    refused: [
      '../charts/curve',
      '../engine/client',
      '../state/store',
      '../session/problem',
      '../features/noise/NoisePanel',
      '../pages/embed/EmbedView',
      '../../workers/protocol/sweep',
      'zustand',
    ],
    allowed: ['../strings', '../../estimators/estimate', 'react'],
  },
  'src/app/charts': {
    refused: [
      '../engine/client',
      '../state/store',
      '../session/problem',
      '../features/noise/NoisePanel',
      '../../workers/protocol/sweep',
    ],
    allowed: ['../ui/format', 'react'],
  },
  'src/app/engine': {
    refused: [
      '../charts/curve',
      '../state/store',
      '../session/problem',
      '../features/noise/NoisePanel',
      '../pages/batch/state',
      '../../node/engine',
      'zustand',
      'react',
    ],
    allowed: ['../strings', '../ui/format', '../../workers/engine.worker?worker', 'comlink'],
  },
  'src/app/state': {
    refused: [
      '../engine/client',
      '../session/problem',
      '../features/noise/NoisePanel',
      '../../workers/engine/engine',
      '../Page',
    ],
    allowed: ['../charts/curve', '../../workers/protocol/sweep', '../../workers/models/card', 'zustand'],
  },
  'src/app/queries': {
    refused: ['../session/problem', '../features/noise/NoisePanel', '../pages/embed/EmbedView', 'comlink'],
    allowed: ['../engine/client', '../state/store', '../charts/curve', '../../workers/protocol', 'react'],
  },
  'src/app/session': {
    refused: ['../features/noise/NoisePanel', '../pages/lesson/strings', '../../node/engine'],
    allowed: [
      '../state/store',
      '../engine/client',
      '../ui/lazy-part',
      '../../workers/engine.worker?worker',
      'comlink',
    ],
  },
  'src/app/features/noise': {
    refused: [
      '../curve/SweepPanel',
      '../../engine/client',
      '../../pages/lesson/strings',
      '../../../workers/engine/engine',
      'comlink',
    ],
    allowed: ['./parts', '../../session/cursor', '../../charts/NoiseGrid', '../../../workers/protocol/sweep'],
  },
  'src/app/features/curve/compare': {
    refused: ['../../noise/NoisePanel', '../../../pages/lesson/strings'],
    allowed: ['../Progress', '../../../state/store', '../../../../estimators/estimate'],
  },
  'src/app/pages/explore': {
    refused: ['../lesson/strings', '../../Page', '../../../cli/errors'],
    allowed: ['../../features/noise/NoisePanel', '../../session/opened'],
  },
  'src/app/pages/lesson/plane': { refused: ['../../batch/state'], allowed: ['../strings'] },
  'src/app/pages/embed': { refused: ['../batch/state'], allowed: ['../lesson/EmbeddedStep'] },
};

const FORMS: readonly ((path: string) => string)[] = [
  (path) => `import '${path}';`,
  (path) => `import type { A } from '${path}';\nexport type B = A;`,
  (path) => `export const load = () => import('${path}');`,
];

let folder = '';
/** Files for which the linter refuses an import. */
const refusedIn = new Set<string>();
const fileOf = (floor: string, path: string, form: number): string =>
  join(floor, `${path.replaceAll(/\W/g, '_')}-${form}.ts`);

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'probust-floors-'));
  copyFileSync(join(ROOT, 'biome.floors.json'), join(folder, 'biome.json'));
  for (const [floor, { refused, allowed }] of Object.entries(FLOORS)) {
    for (const path of [...refused, ...allowed]) {
      for (const [i, form] of FORMS.entries()) {
        const file = join(folder, fileOf(floor, path, i));
        mkdirSync(dirname(file), { recursive: true });
        writeFileSync(file, `${form(path)}\n`);
      }
    }
  }
  const biome = join(ROOT, 'node_modules', '@biomejs', 'biome', 'bin', 'biome');
  const options = ['lint', '--only=style/noRestrictedImports', '--max-diagnostics=none', '--reporter=github'];
  const { stdout } = spawnSync(process.execPath, [biome, ...options], { cwd: folder, encoding: 'utf8' });
  for (const [, path = ''] of stdout.matchAll(/noRestrictedImports,file=[^,]*?(src\/[^,]*),/g)) {
    refusedIn.add(path);
  }
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the rules of the floors', () => {
  it.each(Object.entries(FLOORS))('say what %s may import', (floor, { refused, allowed }) => {
    const judged = (paths: readonly string[]) =>
      paths.map((path) => [path, ...FORMS.map((_, i) => refusedIn.has(fileOf(floor, path, i)))]);
    expect(judged(refused)).toEqual(refused.map((path) => [path, true, true, true]));
    expect(judged(allowed)).toEqual(allowed.map((path) => [path, false, false, false]));
  });
});
