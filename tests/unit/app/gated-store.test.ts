import { describe, expect, it } from 'vitest';
import { createStore } from 'zustand';
import { GatedStore } from '../../../src/app/state/gated-store';

function setUp(isOpen: boolean) {
  const source = createStore(() => ({ n: 0 }));
  let missed = 0;
  const gate = new GatedStore(source, isOpen, () => {
    missed++;
  });
  const seen: [number, number][] = [];
  const leave = gate.subscribe((state, previous) => void seen.push([previous.n, state.n]));
  return { source, gate, seen, leave, missed: () => missed };
}

describe('a store behind a gate', () => {
  it('is the store itself while the gate is open', () => {
    const { source, gate, seen, missed } = setUp(true);
    source.setState({ n: 1 });
    source.setState({ n: 2 });
    expect(gate.getState()).toBe(source.getState());
    expect(seen).toEqual([
      [0, 1],
      [1, 2],
    ]);
    expect(missed()).toBe(0);
  });

  it('stays as it was while the gate is closed, tells of each change that is kept back, and shows them all in one', () => {
    const { source, gate, seen, missed } = setUp(true);
    source.setState({ n: 1 });
    gate.close();
    const before = gate.getState();
    source.setState({ n: 2 });
    source.setState({ n: 3 });
    expect(gate.getState()).toBe(before);
    expect(seen).toEqual([[0, 1]]);
    expect(missed()).toBe(2);
    gate.catchUp();
    expect(gate.getState()).toBe(source.getState());
    expect(seen).toEqual([
      [0, 1],
      [1, 3],
    ]);
    source.setState({ n: 4 });
    expect(gate.getState().n).toBe(3);
  });

  it('shows what was missed as it opens, and nothing where nothing was', () => {
    const { source, gate, seen } = setUp(false);
    gate.open();
    expect(seen).toEqual([]);
    gate.close();
    source.setState({ n: 1 });
    gate.open();
    gate.open();
    gate.catchUp();
    expect(seen).toEqual([[0, 1]]);
    source.setState({ n: 2 });
    expect(seen.at(-1)).toEqual([1, 2]);
  });

  it('follows the store only while somebody follows it', () => {
    const { source, gate, seen, leave, missed } = setUp(false);
    leave();
    source.setState({ n: 1 });
    expect(missed()).toBe(0);
    gate.catchUp();
    expect(gate.getState().n).toBe(1);
    expect(seen).toEqual([]);
    const again: number[] = [];
    gate.subscribe(({ n }) => void again.push(n));
    gate.open();
    source.setState({ n: 2 });
    expect(again).toEqual([2]);
  });
});
