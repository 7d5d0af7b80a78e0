import type { Box, Plane } from './types';

/** A pixel with at least this much ink belongs to a stroke. */
const INKED = 0.3;
/** A connected patch with less than this part of the largest one's ink is dirt. */
const MIN_PATCH = 0.02;

/** The smallest box around all strokes, without specks of dirt. Undefined if no pixel is inked. */
export function inkBox(ink: Plane): Box | undefined {
  const patches = findPatches(ink);
  const largest = patches.reduce((most, patch) => Math.max(most, patch.ink), 0);
  if (largest === 0) return undefined;
  const edges = noPatch(ink);
  for (const patch of patches) {
    if (patch.ink >= MIN_PATCH * largest) include(edges, patch);
  }
  return {
    x: edges.left,
    y: edges.top,
    width: edges.right - edges.left + 1,
    height: edges.bottom - edges.top + 1,
  };
}

/** Inclusive. */
interface Edges {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** A set of inked pixels that touch each other, also diagonally. */
interface Patch extends Edges {
  ink: number;
}

function noPatch({ width, height }: Plane): Patch {
  return { ink: 0, left: width, top: height, right: -1, bottom: -1 };
}

function include(edges: Edges, other: Edges): void {
  edges.left = Math.min(edges.left, other.left);
  edges.top = Math.min(edges.top, other.top);
  edges.right = Math.max(edges.right, other.right);
  edges.bottom = Math.max(edges.bottom, other.bottom);
}

function findPatches(ink: Plane): Patch[] {
  const { width, height, data } = ink;
  const seen = new Uint8Array(data.length);
  const patches: Patch[] = [];
  const pending: number[] = [];
  const visit = (i: number) => {
    if (seen[i] === 1 || (data[i] as number) < INKED) return;
    seen[i] = 1;
    pending.push(i);
  };
  for (let start = 0; start < data.length; start++) {
    visit(start);
    if (pending.length === 0) continue;
    const patch = noPatch(ink);
    for (let i = pending.pop(); i !== undefined; i = pending.pop()) {
      const x = i % width;
      const y = (i - x) / width;
      patch.ink += data[i] as number;
      include(patch, { left: x, top: y, right: x, bottom: y });
      for (let ny = Math.max(y - 1, 0); ny <= Math.min(y + 1, height - 1); ny++) {
        for (let nx = Math.max(x - 1, 0); nx <= Math.min(x + 1, width - 1); nx++) visit(ny * width + nx);
      }
    }
    patches.push(patch);
  }
  return patches;
}
