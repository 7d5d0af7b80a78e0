import { joined } from './bytes';
import type { Dice } from './dice';

export interface Damaged<T> {
  readonly how: string;
  readonly value: T;
}

type Damage = (bytes: Uint8Array, dice: Dice) => Uint8Array;

const range = (bytes: Uint8Array, dice: Dice): [number, number] => {
  const start = dice.below(bytes.length);
  return [start, Math.min(bytes.length, start + dice.between(1, 64))];
};

const WORDS = [0, 1, 0x7f, 0x80, 0xff, 0x7fff, 0xffff, 0x10000, 0x7fffffff, 0x80000000, 0xffffffff] as const;

/** What happens to files on their way, and what somebody may do to them. The argument stays as it was. */
const DAMAGES: Readonly<Record<string, Damage>> = {
  'flipped bits': (bytes, dice) => {
    const changed = bytes.slice();
    for (let i = dice.between(1, 4); i > 0; i--) {
      const at = dice.below(bytes.length);
      changed[at] = (changed[at] as number) ^ (1 << dice.below(8));
    }
    return changed;
  },
  'another byte': (bytes, dice) => {
    const changed = bytes.slice();
    changed[dice.below(bytes.length)] = dice.below(256);
    return changed;
  },
  // Sizes and counts stand at the beginning of most files, and at the end of zips.
  'another word': (bytes, dice) => {
    const changed = bytes.slice();
    if (bytes.length < 4) return changed;
    const near = Math.min(bytes.length - 3, dice.pick([32, 128, bytes.length]));
    const at = dice.chance(0.2) ? bytes.length - 3 - dice.between(1, near) : dice.below(near);
    new DataView(changed.buffer).setUint32(Math.max(0, at), dice.pick(WORDS), dice.chance(0.5));
    return changed;
  },
  'cut off': (bytes, dice) => bytes.slice(0, dice.below(bytes.length)),
  longer: (bytes, dice) => joined(bytes, dice.bytes(dice.between(1, 40))),
  'without a part': (bytes, dice) => {
    const [start, end] = range(bytes, dice);
    return joined(bytes.subarray(0, start), bytes.subarray(end));
  },
  'with a part twice': (bytes, dice) => {
    const [start, end] = range(bytes, dice);
    return joined(bytes.subarray(0, end), bytes.subarray(start));
  },
  'a part copied elsewhere': (bytes, dice) => {
    const [start, end] = range(bytes, dice);
    const changed = bytes.slice();
    changed.copyWithin(dice.below(bytes.length), start, end);
    return changed;
  },
  'zeros within': (bytes, dice) => bytes.slice().fill(0, ...range(bytes, dice)),
  'noise within': (bytes, dice) => {
    const [start, end] = range(bytes, dice);
    const changed = bytes.slice();
    changed.set(dice.bytes(end - start), start);
    return changed;
  },
};

/** The bytes with damage of one kind, or of two. */
export function damaged(bytes: Uint8Array, dice: Dice): Damaged<Uint8Array> {
  if (bytes.length === 0) return { how: 'noise', value: dice.bytes(dice.between(0, 40)) };
  const how = dice.pick(Object.keys(DAMAGES));
  const value = (DAMAGES[how] as Damage)(bytes, dice);
  if (value.length === 0 || !dice.chance(0.2)) return { how, value };
  const more = damaged(value, dice);
  return { how: `${how}, ${more.how}`, value: more.value };
}

/** A text with damage to its bytes in UTF-8. */
export function damagedText(text: string, dice: Dice): Damaged<string> {
  const { how, value } = damaged(new TextEncoder().encode(text), dice);
  return { how, value: new TextDecoder().decode(value) };
}
