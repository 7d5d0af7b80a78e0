import { getThreadsCount, setThreadsCount } from '@tensorflow/tfjs-backend-wasm';
import '@tensorflow/tfjs-backend-webgpu';
import * as tf from '@tensorflow/tfjs';
import type { BackendName, BackendReport, BackendRequest } from '../backend-info';
import { EngineError } from '../errors';
import { type DeviceTrouble, dropWebGpu } from './device';
import { installWasmKernels } from './kernels';

type Probe =
  | { readonly usable: true; readonly what: string; readonly software?: boolean }
  | { readonly usable: false; readonly why: string };

/** Whether the adapter is a rasteriser on the CPU, tens of times slower than wasm. */
function isSoftware(adapter: GPUAdapter): boolean {
  const { vendor, architecture, description } = adapter.info;
  const words = `${vendor} ${architecture} ${description}`.toLowerCase();
  return adapter.info.isFallbackAdapter || /swiftshader|llvmpipe|software|basic render/.test(words);
}

/** tfjs dereferences a null adapter, so it is asked for here first. */
async function probeWebGpu(allowSoftware: boolean): Promise<Probe> {
  const gpu = (globalThis.navigator as Navigator | undefined)?.gpu;
  if (gpu === undefined) return { usable: false, why: 'this browser has no WebGPU' };
  const adapter = await gpu.requestAdapter({ powerPreference: 'high-performance' });
  if (adapter === null) return { usable: false, why: 'WebGPU found no graphics adapter' };
  const { vendor, architecture } = adapter.info;
  const what = [vendor, architecture].filter(Boolean).join(' ') || 'unnamed adapter';
  if (!isSoftware(adapter)) return { usable: true, what };
  if (allowSoftware) return { usable: true, what: `software adapter, ${what}`, software: true };
  return { usable: false, why: `WebGPU has only a software adapter (${what}), slower than WebAssembly` };
}

const label: Record<BackendName, string> = { webgpu: 'WebGPU', wasm: 'WebAssembly', cpu: 'plain JavaScript' };

async function activate(name: BackendName, allowSoftware: boolean, threads: number | null): Promise<Probe> {
  try {
    if (name === 'webgpu') {
      const probe = await probeWebGpu(allowSoftware);
      if (!probe.usable) return probe;
      return (await tf.setBackend('webgpu')) ? probe : { usable: false, why: 'WebGPU did not start' };
    }
    if (name === 'wasm') {
      if (typeof WebAssembly === 'undefined')
        return { usable: false, why: 'this browser has no WebAssembly, or has it switched off' };
      requestThreads(threads);
    }
    const started = await tf.setBackend(name);
    if (name === 'wasm' && started) {
      await installWasmKernels(await wasmThreads());
      return { usable: true, what: await wasmVariant() };
    }
    if (started) return { usable: true, what: label[name] };
    const hint = name === 'wasm' ? ' (its files may be missing on the server)' : '';
    return { usable: false, why: `${label[name]} did not start${hint}` };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { usable: false, why: `${label[name]} failed (${message})` };
  }
}

/** More threads than this do not help networks of this size. */
const MOST_THREADS = 8;

/** tfjs takes at most half of `hardwareConcurrency`, which leaves one thread on a machine of two cores. */
function requestThreads(asked: number | null): void {
  const { navigator } = globalThis;
  if (tf.env().getBool('IS_NODE')) {
    // tfjs rules threads out in Node; src/node/threads.ts lets them start there. Only if asked for.
    const threads = Math.min(MOST_THREADS, asked ?? 1);
    tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', threads > 1);
    setThreadsCount(threads);
    return;
  }
  if (!globalThis.crossOriginIsolated || navigator === undefined) return;
  const wanted = Math.min(MOST_THREADS, Math.max(1, asked ?? navigator.hardwareConcurrency));
  Object.defineProperty(navigator, 'hardwareConcurrency', { value: 2 * wanted, configurable: true });
  setThreadsCount(wanted);
}

/** Threads that the running wasm backend uses. */
async function wasmThreads(): Promise<number> {
  const hasSimd = await tf.env().getAsync('WASM_HAS_SIMD_SUPPORT');
  return hasSimd && (await tf.env().getAsync('WASM_HAS_MULTITHREAD_SUPPORT')) ? getThreadsCount() : 1;
}

/** What of the wasm backend runs, in words. */
async function wasmVariant(): Promise<string> {
  const hasSimd = await tf.env().getAsync('WASM_HAS_SIMD_SUPPORT');
  const simd = hasSimd ? label.wasm : `${label.wasm} without SIMD`;
  const threads = await wasmThreads();
  if (threads > 1) return `${simd} with ${threads} threads`;
  const isolated = globalThis.crossOriginIsolated || tf.env().getBool('IS_NODE');
  return `${simd} on one thread${isolated ? '' : ' (the page is not cross-origin isolated)'}`;
}

const LADDER: readonly BackendName[] = ['webgpu', 'wasm', 'cpu'];

/**
 * Starts the best backend, or the one that is asked for: WebGPU on a real adapter, then wasm, then cpu. A software
 * WebGPU adapter is used only on request. Throws EngineError backend_unavailable.
 */
export async function startBackend(
  request: BackendRequest,
  threads: number | null = null,
): Promise<BackendReport> {
  const names = request === 'auto' ? LADDER : [request];
  const { report, skipped } = await climb(names, request === 'webgpu', threads);
  const because = request === 'auto' ? skipped.join('; ') : 'asked for in the link';
  return because === '' ? report : { ...report, reason: report.reason.replace(/\.$/, `: ${because}.`) };
}

/**
 * Starts again after the loss of a graphics device: on a new one if `again`, else on wasm or cpu. What was on the old
 * device is gone. Throws EngineError device_lost.
 */
export async function replaceBackend(
  request: BackendRequest,
  threads: number | null,
  { message, again }: DeviceTrouble,
): Promise<BackendReport> {
  dropWebGpu();
  try {
    const names = LADDER.filter((name) => again || name !== 'webgpu');
    const { report } = await climb(names, request === 'webgpu', threads);
    const device = report.name === 'webgpu' ? 'the one before' : 'the graphics device';
    const why = `${device} was lost${message === '' ? '' : ` (${message})`}`;
    return { ...report, reason: report.reason.replace(/\.$/, `: ${why}.`) };
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error);
    throw new EngineError('device_lost', `The graphics device was lost. ${words} Reload the page to go on.`);
  }
}

/** The first of the backends that starts, and why those before did not. */
async function climb(
  names: readonly BackendName[],
  allowSoftware: boolean,
  threads: number | null,
): Promise<{ readonly report: BackendReport; readonly skipped: readonly string[] }> {
  const skipped: string[] = [];
  for (const name of names) {
    const probe = await activate(name, allowSoftware, threads);
    if (probe.usable) {
      await tf.ready();
      const detail = name === 'webgpu' ? `WebGPU (${probe.what})` : probe.what;
      const report = { name, reason: `Runs on ${detail}.` };
      return { report: probe.software ? { ...report, software: true } : report, skipped };
    }
    skipped.push(probe.why);
  }
  throw new EngineError('backend_unavailable', `The engine could not start: ${skipped.join('; ')}.`);
}
