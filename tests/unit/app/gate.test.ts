import { describe, expect, it, vi } from 'vitest';
import { createStore } from 'zustand/vanilla';
import { Gate, joined } from '../../../src/app/state/gate';

function setUp(isOpen: boolean) {
  const source = createStore(() => ({ n: 0 }));
  const missed = vi.fn();
  const gate = new Gate(isOpen, missed);
  const told = vi.fn();
  const leave = gate.through((listener) => source.subscribe(listener))(told);
  return { source, gate, told, leave, missed };
}

describe('a gate', () => {
  it('lets every change through while it is open', () => {
    const { source, told, missed } = setUp(true);
    source.setState({ n: 1 });
    source.setState({ n: 2 });
    expect(told).toHaveBeenCalledTimes(2);
    expect(missed).not.toHaveBeenCalled();
  });

  it('keeps changes back while it is closed, says so of each, and has all look again at once', () => {
    const { source, gate, told, missed } = setUp(true);
    gate.close();
    source.setState({ n: 1 });
    source.setState({ n: 2 });
    expect(told).not.toHaveBeenCalled();
    expect(missed).toHaveBeenCalledTimes(2);
    gate.catchUp();
    expect(told).toHaveBeenCalledTimes(1);
    source.setState({ n: 3 });
    expect(told).toHaveBeenCalledTimes(1);
  });

  it('has all look again as it opens, once', () => {
    const { source, gate, told } = setUp(false);
    source.setState({ n: 1 });
    gate.open();
    gate.open();
    expect(told).toHaveBeenCalledTimes(1);
  });

  it('tells nobody who left', () => {
    const { source, gate, told, leave } = setUp(true);
    leave();
    source.setState({ n: 1 });
    gate.catchUp();
    expect(told).not.toHaveBeenCalled();
  });
});

describe('joined stores', () => {
  it('tell of the changes of each, until they are left', () => {
    const stores = [createStore(() => 0), createStore(() => 0)] as const;
    const told = vi.fn();
    const leave = joined(...stores.map((store) => (listener: () => void) => store.subscribe(listener)))(told);
    for (const store of stores) store.setState(1, true);
    expect(told).toHaveBeenCalledTimes(2);
    leave();
    for (const store of stores) store.setState(2, true);
    expect(told).toHaveBeenCalledTimes(2);
  });
});
