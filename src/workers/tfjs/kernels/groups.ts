/**
 * The kernels that can be left to tfjs, in groups that stand or fall together. "winograd" and "fused-multiply-add" are ways
 * of computing that the first three groups share; the others are kernels of tfjs that ours replace.
 */
export const KERNEL_GROUPS = [
  'convolution',
  'dense',
  'convolution-input-gradient',
  'winograd',
  'fused-multiply-add',
  'elementwise',
  'max-pool-gradient',
  'identity',
] as const;
export type KernelGroup = (typeof KERNEL_GROUPS)[number];

let leftToTfjs: ReadonlySet<KernelGroup> = new Set();

/**
 * Leaves groups of kernels to tfjs, so that ours can be measured beside them. To be called before the wasm backend starts;
 * the page never calls it.
 */
export function leaveToTfjs(groups: readonly KernelGroup[]): void {
  leftToTfjs = new Set(groups);
}

/** Says whether the kernels of a group are ours. */
export const isOurs = (group: KernelGroup): boolean => !leftToTfjs.has(group);
