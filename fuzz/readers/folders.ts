import type { DataPurpose, LabelledImages } from '../../src/data';
import { readGivenData } from '../../src/node/given-data';
import type { Reader, Trial } from '../reader';
import { firstDifference, firstOf } from '../support/bytes';
import { damaged } from '../support/damage';
import type { Dice } from '../support/dice';
import { inFolder } from '../support/folder';
import { nonsenseIn } from '../support/images';
import { compressed, type Picture, pngOf, rawRows } from '../support/png';
import { anyEntry, zipOf } from '../support/zip';

interface Given {
  readonly files: Readonly<Record<string, Uint8Array>>;
  readonly purpose: DataPurpose;
}

const SIDE = 5;

/** A colour picture that the preparation keeps as it is. */
function picture(dice: Dice): { readonly bytes: Uint8Array; readonly pixels: readonly number[] } {
  const pixels = dice.list(SIDE * SIDE * 3, () => dice.below(256));
  const made: Picture = {
    width: SIDE,
    height: SIDE,
    depth: 8,
    colour: 2,
    interlaced: dice.chance(0.2),
    samples: pixels,
    palette: new Uint8Array(),
    transparent: null,
  };
  return { bytes: pngOf(made, [], compressed(rawRows(made, dice), dice), dice), pixels };
}

/** Names of classes that no two spellings confuse; numbers as names, and more than a byte counts. */
function labelsOf(dice: Dice): string[] {
  const names = ['cat', 'Red car', 'Über', '猫', 'a-b', 'x_y', 'zebra', 'C3PO'];
  return dice.pick<() => string[]>([
    () => dice.shuffled(names).slice(0, dice.between(2, names.length)),
    () => Array.from({ length: dice.pick([10, 300]) }, (_, i) => String(i)),
    () => Array.from({ length: 300 }, (_, i) => `class ${i}`),
    () => dice.shuffled(Array.from({ length: 5 }, (_, i) => String(i))),
    () => Array.from({ length: 4 }, (_, i) => String(10 * (i + 1))),
  ])();
}

/** A class's folder as somebody may have called it. */
function folderFor(dice: Dice, label: string): string {
  return dice.pick([
    label,
    label.toUpperCase(),
    label.replaceAll(' ', '_'),
    label.replaceAll(' ', '-'),
    label.normalize('NFD'),
    ` ${label}`,
  ]);
}

const isNumber = (label: string): boolean => /^\d+$/.test(label);

function generate(dice: Dice): Trial<Given, LabelledImages> {
  const labels = labelsOf(dice);
  const purpose: DataPurpose = { input: { shape: [SIDE, SIDE, 3], preparation: 'photo' }, labels };
  const used = dice.shuffled([...labels.keys()]).slice(0, dice.between(2, 4));
  const prefix = dice.pick(['', '', 'photos/']);
  const folders = used.map((label) => {
    const name = labels[label] as string;
    // A number is taken for a label's number only where no label is called so.
    const isByNumber = !labels.some(isNumber) && dice.chance(0.2);
    return { label, folder: isByNumber ? String(label) : folderFor(dice, name).trim() };
  });
  const items = folders.flatMap(({ label, folder }) =>
    dice.list(dice.between(1, 2), (i) => {
      const ending = dice.pick(['.png', '.PNG', '.png', '.jpg', '']);
      return { label, path: `${prefix}${folder}/${dice.word()}${i}${ending}`, ...picture(dice) };
    }),
  );
  const known = items.toSorted((a, b) => (a.path < b.path ? -1 : 1));
  const packed = (
    entries: readonly { readonly path: string; readonly bytes: Uint8Array }[],
  ): Given['files'] =>
    dice.chance(0.3)
      ? { 'photos.zip': zipOf(entries.map(({ path, bytes }) => anyEntry(dice, path, bytes))) }
      : Object.fromEntries(entries.map(({ path, bytes }) => [path, bytes]));
  const trial = (
    kind: string,
    files: Given['files'],
    rest: Pick<Trial<Given, LabelledImages>, 'expected' | 'check'>,
  ) => ({
    kind,
    input: { files, purpose },
    files: { ...files, 'labels.json': JSON.stringify(labels) },
    ...rest,
  });
  const differenceOf = (found: LabelledImages, pictures = known): string | null =>
    firstOf(
      nonsenseIn(found),
      firstDifference(
        'label',
        found.labels,
        pictures.map(({ label }) => label),
      ),
      firstDifference(
        'pixel',
        found.pixels,
        pictures.flatMap(({ pixels }) => pixels),
      ),
    );
  if (dice.chance(0.45)) {
    return trial('valid', packed(dice.shuffled(items)), {
      expected: 'accepted',
      check: (found) => differenceOf(found),
    });
  }
  const [first] = known;
  if (first === undefined) throw new RangeError('a folder holds a picture');
  if (dice.chance(0.5)) {
    const wrong = dice.pick(['nobody', '9999999', '-1', '1e3', '__proto__', 'constructor', '%']);
    const moved = known.map((item) => (item === first ? { ...item, path: `${prefix}${wrong}/x.png` } : item));
    return trial('a folder of no class', packed(moved), { expected: 'refused', check: nonsenseIn });
  }
  const broken = damaged(first.bytes, dice);
  const changed = known.map((item) => (item === first ? { ...item, bytes: broken.value } : item));
  return trial(`a picture damaged: ${broken.how}`, packed(changed), {
    expected: 'either',
    // A picture that cannot be read is left out, and said to be.
    check: (found) =>
      found.count < known.length ? differenceOf(found, known.slice(1)) : differenceOf(found),
  });
}

/** Pictures in folders called as their classes, on the disk or in a zip. */
export const folders: Reader<Given, LabelledImages> = {
  id: 'folders',
  share: 6,
  floors: { accepted: 0.3, refused: 0.2, codes: ['mismatch'] },
  generate,
  read: ({ files, purpose }) =>
    inFolder(
      files,
      async (folder) => (await readGivenData(folder, { purpose, dataset: undefined, split: 'test' })).images,
    ),
};
