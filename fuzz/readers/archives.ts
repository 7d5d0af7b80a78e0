import { crc32 } from 'node:zlib';
import type { NamedBytes } from '../../src/data';
import { unpacked } from '../../src/data/archive';
import type { Reader, Trial } from '../reader';
import { joined, utf8 } from '../support/bytes';
import { damaged } from '../support/damage';
import type { Dice } from '../support/dice';
import { gzipMember } from '../support/gzip';
import { crcOfZeros, deflatedZeros, MEGABYTE } from '../support/zeros';
import { anyEntry, plainEntry, zipOf } from '../support/zip';

type Content = readonly NamedBytes[];

/** Bytes that begin as no archive does. */
function content(dice: Dice): Uint8Array {
  const bytes = dice.chance(0.3)
    ? new Uint8Array(dice.between(1, 5000)).fill(dice.below(256))
    : dice.bytes(dice.between(1, 200));
  bytes[0] = 33;
  return bytes;
}

const path = (dice: Dice): string =>
  dice.list(dice.between(1, 3), () => dice.pick([dice.word(), 'Über', '画', 'a b', 'x.npy'])).join('/');

interface Archive {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** What is in it, to the last level, if the file is called so. */
  contentOf(name: string): Content;
}

function gzipped(dice: Dice, inner: Archive): Archive {
  const { bytes } = inner;
  const cut = dice.chance(0.2) ? dice.below(bytes.length) : 0;
  const members = cut === 0 ? [bytes] : [bytes.subarray(0, cut), bytes.subarray(cut)];
  return {
    name: `${inner.name}.gz`,
    bytes: joined(...members.map((part) => gzipMember(part, dice))),
    contentOf: (name) => inner.contentOf(name.slice(0, -'.gz'.length)),
  };
}

function plain(dice: Dice): Archive {
  const bytes = content(dice);
  return { name: path(dice), bytes, contentOf: (name) => [{ name, bytes }] };
}

const CLUTTER = utf8('clutter');

/** A zip of files, of folders' own entries, of what operating systems leave behind, and of archives. */
function zipped(dice: Dice, levels: number): Archive {
  const files = dice.list(dice.between(1, 4), (i) => {
    const inner = levels > 0 && dice.chance(0.3) ? archive(dice, levels - 1) : plain(dice);
    return { ...inner, name: `${i}-${inner.name}` };
  });
  const entries = files.map(({ name, bytes }) => anyEntry(dice, name, bytes));
  const clutter = dice.some(['folder/', '__MACOSX/x', '.DS_Store', 'a/._b'], 0.2);
  const others = clutter.map((name) => plainEntry(name, name.endsWith('/') ? new Uint8Array() : CLUTTER));
  return {
    name: 'archive.zip',
    bytes: zipOf([...others, ...entries], dice.chance(0.1) ? dice.word() : ''),
    contentOf: () => files.flatMap(({ name, contentOf }) => contentOf(name)),
  };
}

function archive(dice: Dice, levels: number): Archive {
  if (dice.chance(0.6)) return zipped(dice, levels);
  return gzipped(dice, levels > 0 && dice.chance(0.3) ? archive(dice, levels - 1) : plain(dice));
}

const sameBytes = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(a, b) === 0;

/** Whether every file that was found is one of the known, by its bytes. */
function strangerIn(found: Content, known: Content): string | null {
  const left = [...known, { name: '', bytes: CLUTTER }, { name: '', bytes: new Uint8Array() }];
  const stranger = found.find(({ bytes }) => !left.some((each) => sameBytes(each.bytes, bytes)));
  return stranger === undefined
    ? null
    : `${stranger.name} holds ${stranger.bytes.length} bytes that nobody put there`;
}

/** Whether the same files were found, under the same names, whatever the folders. */
function differenceOf(found: Content, known: Content): string | null {
  if (found.length !== known.length) return `${found.length} files in place of ${known.length}`;
  const lost = known.find(
    ({ name, bytes }) => !found.some((each) => each.name === name && sameBytes(each.bytes, bytes)),
  );
  return lost === undefined
    ? null
    : `${lost.name} is not there, but ${found.map(({ name }) => name).join(', ')}`;
}

function nested(levels: number, wrap: (bytes: Uint8Array) => Uint8Array): Uint8Array {
  let bytes: Uint8Array = utf8('x');
  for (let level = 0; level < levels; level++) bytes = wrap(bytes);
  return bytes;
}

const zeros = new Uint8Array(MEGABYTE);
const GIGABYTES = 3 * 1024;

/** Small files that unpack to more than anybody has. */
const BOMBS: Readonly<Record<string, (dice: Dice) => NamedBytes>> = {
  '3 GB of zeros in a gz': (dice) => ({
    name: 'x.gz',
    bytes: gzipMember(new Uint8Array(), dice, deflatedZeros(GIGABYTES), crcOfZeros(1)),
  }),
  '3 GB of zeros in a zip': () => ({
    name: 'x.zip',
    bytes: zipOf([{ ...plainEntry('x', new Uint8Array()), raw: deflatedZeros(GIGABYTES) }]),
  }),
  '3 GB of zeros in a zip in a zip': () => ({
    name: 'x.zip',
    bytes: zipOf([
      plainEntry('y.zip', zipOf([{ ...plainEntry('x', new Uint8Array()), raw: deflatedZeros(GIGABYTES) }])),
    ]),
  }),
  '3000 entries over one block': () => ({
    name: 'x.zip',
    bytes: zipOf(
      new Array(3000).fill({
        ...plainEntry('x', new Uint8Array()),
        raw: deflatedZeros(1),
        claimed: { size: 0, crc: crc32(zeros) },
      }),
      '',
      true,
    ),
  }),
  '3000 zips, each in the next': () => ({
    name: 'x.zip',
    bytes: nested(3000, (bytes) => zipOf([{ ...plainEntry('y.zip', bytes), level: 0 }])),
  }),
  '3000 gz, each in the next': (dice) => ({
    name: 'x.gz',
    bytes: nested(3000, (bytes) => gzipMember(bytes, dice, joined(stored(bytes)))),
  }),
  'zips that branch': () => ({
    name: 'x.zip',
    bytes: nested(8, (bytes) => zipOf(Array.from({ length: 16 }, (_, i) => plainEntry(`${i}.zip`, bytes)))),
  }),
};

/** What is strange and may be read. */
const ODDITIES: typeof BOMBS = {
  '65 535 empty entries': () => ({
    name: 'x.zip',
    bytes: zipOf(
      Array.from({ length: 65_535 }, (_, i) => ({ ...plainEntry(`${i}`, new Uint8Array()), level: 0 })),
    ),
  }),
};

/** Bytes as one stored block; at most 65 535 of them. */
function stored(bytes: Uint8Array): Uint8Array {
  const { length } = bytes;
  return joined(Uint8Array.of(1, length & 255, length >> 8, ~length & 255, (~length >> 8) & 255), bytes);
}

function generate(dice: Dice): Trial<NamedBytes, NamedBytes[]> {
  const trial = (
    kind: string,
    { name, bytes }: NamedBytes,
    rest: Pick<Trial<NamedBytes, NamedBytes[]>, 'expected' | 'check'>,
  ) => ({ kind, input: { name, bytes }, files: { [name]: bytes }, ...rest });
  // Three archives within each other are taken.
  const made = archive(dice, dice.pick([0, 0, 1, 2]));
  if (dice.chance(0.45)) {
    return trial('valid', made, {
      expected: 'accepted',
      check: (found) => differenceOf(found, made.contentOf(made.name)),
    });
  }
  if (dice.chance(0.003)) {
    const kind = dice.pick(Object.keys(ODDITIES));
    const file = (ODDITIES[kind] as (typeof BOMBS)[string])(dice);
    return trial(kind, file, { expected: 'either', check: () => null });
  }
  if (dice.chance(0.03)) {
    const kind = dice.pick(Object.keys(BOMBS));
    return trial(kind, (BOMBS[kind] as (typeof BOMBS)[string])(dice), {
      expected: 'refused',
      check: () => null,
    });
  }
  if (dice.chance(0.3)) {
    const bytes = content(dice);
    const wrong = { crc: crc32(bytes) ^ (1 << dice.below(32)) };
    const zip = zipOf([{ ...anyEntry(dice, 'x.bin', bytes), described: false, claimed: wrong }]);
    const gz = gzipMember(bytes, dice, undefined, wrong.crc);
    const isZip = dice.chance(0.6);
    return trial('a wrong CRC', isZip ? { name: 'x.zip', bytes: zip } : { name: 'x.gz', bytes: gz }, {
      expected: 'refused',
      check: () => null,
    });
  }
  const broken = damaged(made.bytes, dice);
  const isArchive = broken.value[0] === made.bytes[0] && broken.value[1] === made.bytes[1];
  return trial(
    `damaged: ${broken.how}`,
    { name: made.name, bytes: broken.value },
    {
      expected: 'either',
      check: (found) => {
        // What no longer begins as an archive does is a file like any other.
        const isUnopened = found.length === 1 && found[0]?.bytes.length === broken.value.length;
        return isUnopened || !isArchive ? null : strangerIn(found, made.contentOf(made.name));
      },
    },
  );
}

/** Zips and gzip files, within each other at times. */
export const archives: Reader<NamedBytes, NamedBytes[]> = {
  id: 'archives',
  share: 9,
  floors: { accepted: 0.3, refused: 0.2, codes: ['truncated', 'wrong_format'] },
  generate,
  read: (file) => unpacked([file]),
};
