/**
 * Gives Node the WebGPU of the npm package `webgpu` (Dawn) as browsers have it: `navigator.gpu` and the constants. To be
 * loaded before tfjs, which looks for it once (node --import). The package, 130 MB of it, is not among the project's own.
 */
const NAME = 'webgpu';

interface Dawn {
  create(options: readonly string[]): GPU;
  readonly globals: Readonly<Record<string, unknown>>;
}

const { create, globals } = (await import(NAME)) as Dawn;
Object.assign(globalThis, globals);
const known = (globalThis as { navigator?: object }).navigator;
Object.defineProperty(globalThis, 'navigator', {
  value: Object.assign(Object.create(known ?? null), { gpu: create([]) }),
  configurable: true,
});

export {};
