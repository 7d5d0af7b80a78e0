import { gzipSync, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { leftOutNote, readDropped } from '../../../src/data';
import { unpacked } from '../../../src/data/archive';
import { toNpy } from '../../../src/image';
import { npyFile } from '../../support/npy-file';

const ascii = (text: string): Uint8Array => Uint8Array.from(text, (letter) => letter.charCodeAt(0));

const int64 = (...values: number[]): Uint8Array =>
  new Uint8Array(BigInt64Array.from(values.map(BigInt)).buffer);

/** Two images of 2x3, values 0 to 11. */
const counted = Uint8Array.from({ length: 12 }, (_, i) => i);
const idxImages = Uint8Array.from([0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 2, 0, 0, 0, 3, ...counted]);
const idxLabels = Uint8Array.from([0, 0, 8, 1, 0, 0, 0, 2, 7, 9]);

const png = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 13, 10, 0x1a, 10);
const jpeg = Uint8Array.of(0xff, 0xd8, 0xff, 0xe0);

const cifarBatch = (label: number): Uint8Array => {
  const batch = new Uint8Array(3073).fill(50);
  batch[0] = label;
  return batch;
};

const imagesOf = (...files: Parameters<typeof readDropped>[0]) => {
  const found = readDropped(files);
  if (found.kind !== 'images') throw new Error('pictures were found');
  return found.images;
};

describe('dropped data', () => {
  it.each([
    { how: 'plain', pack: (bytes: Uint8Array) => bytes },
    { how: 'gzipped', pack: (bytes: Uint8Array) => gzipSync(bytes) },
  ])('is read as a pair of IDX files, $how, under any name and in any order', ({ pack }) => {
    const images = imagesOf({ name: 'b', bytes: pack(idxLabels) }, { name: 'a', bytes: pack(idxImages) });
    expect(images).toEqual({ shape: [2, 3, 1], count: 2, pixels: counted, labels: Uint16Array.of(7, 9) });
  });

  it.each([
    '{"modelTopology": {}',
    '\n {"format": "layers-model", "weightsManifest": []}',
    '\ufeff{"modelTopology":{}}',
  ])('is a model where it is one, which is said with the place for it: %s', (text) => {
    const files = [
      { name: 'm/model.json', bytes: new TextEncoder().encode(text) },
      { name: 'm/group1-shard1of1.bin', bytes: new Uint8Array(400) },
    ];
    const said = /^m\/model\.json is a TensorFlow\.js model.*the view “Explore”.*--model/;
    expect(() => readDropped(files)).toThrow(said);
    expect(() => readDropped(files.slice(0, 1))).toThrow(said);
    const zip = zipSync(Object.fromEntries(files.map(({ name, bytes }) => [name, bytes])));
    expect(() => readDropped([{ name: 'm.zip', bytes: zip }])).toThrow(
      /model\.json is a TensorFlow\.js model/,
    );
    // Images that lie beside a model are still read.
    expect(imagesOf(...files.slice(0, 1), { name: 'data_batch_1.bin', bytes: cifarBatch(4) }).count).toBe(1);
  });

  it('is read as CIFAR-10 batches in the order of their names', () => {
    const images = imagesOf(
      { name: 'data_batch_2.bin', bytes: cifarBatch(2) },
      { name: 'data_batch_1.bin', bytes: cifarBatch(1) },
    );
    expect([...images.labels]).toEqual([1, 2]);
    expect(images.shape).toEqual([32, 32, 3]);
  });

  it('is read out of a zip', () => {
    const bytes = zipSync({
      'mnist/labels.gz': gzipSync(idxLabels),
      'mnist/images': idxImages,
      '.hidden': ascii('x'),
    });
    expect(imagesOf({ name: 'all.zip', bytes }).pixels).toEqual(counted);
  });

  it('is read out of archives in archives, three deep and no deeper', () => {
    const files = { labels: idxLabels, 'images.gz': gzipSync(idxImages) };
    const two = zipSync({ 'inner.zip': zipSync(files) });
    expect(imagesOf({ name: 'all.zip', bytes: two }).pixels).toEqual(counted);
    const three = [{ name: 'all.zip.gz', bytes: gzipSync(two) }];
    expect(() => readDropped(three)).toThrow(/images\.gz lies within 3 other archives/);
    let deep = zipSync({ a: idxLabels });
    for (let i = 0; i < 300; i++) deep = zipSync({ 'a.zip': [deep, { level: 0 }] });
    expect(() => readDropped([{ name: 'deep.zip', bytes: deep }])).toThrow(
      /a\.zip lies within 3 other archives/,
    );
  });

  it('is refused where it unpacks to endlessly many archives, before it has', () => {
    let bomb = zipSync({ zeros: new Uint8Array(20_000) });
    for (let i = 0; i < 2; i++) {
      bomb = zipSync(Object.fromEntries(Array.from({ length: 16 }, (_, k) => [`${i}-${k}.zip`, bomb])));
    }
    const limits = { bytes: 1e9, entries: 1000, instead: 'take a part', unquestioned: 1e6 };
    const files = [{ name: 'bomb.zip', bytes: bomb }];
    expect(() => unpacked(files, limits)).toThrow(/400 times its size/);
    expect(() => unpacked(files, { ...limits, bytes: 2e6 })).toThrow(/more than 2 MB/);
    expect(() => unpacked(files, { ...limits, entries: 100 })).toThrow(/more than 100 files/);
  });

  it('is read as arrays of bytes and of integers', () => {
    const images = imagesOf(
      { name: 'x.npy', bytes: npyFile('|u1', [2, 2, 3], counted) },
      { name: 'y.npy', bytes: npyFile('<i8', [2], int64(1, 0)) },
    );
    expect(images).toEqual({ shape: [2, 3, 1], count: 2, pixels: counted, labels: Uint16Array.of(1, 0) });
  });

  it('takes numbers up to 1 as shares of white, and planes as channels', () => {
    // One image of 3 planes of 1x2.
    const planes = Float32Array.of(0, 0.2, 0.4, 0.6, 0.8, 1);
    const images = imagesOf(
      { name: 'x.npy', bytes: toNpy(planes, [1, 3, 1, 2]) },
      { name: 'y.npy', bytes: toNpy(Float32Array.of(4), [1, 1]) },
    );
    expect(images.shape).toEqual([1, 2, 3]);
    expect([...images.pixels]).toEqual([0, 0.4, 0.8, 0.2, 0.6, 1].map((value) => Math.round(255 * value)));
  });

  it('takes the test part of a Keras archive', () => {
    const other = npyFile('|u1', [1, 2, 3], counted.slice(6));
    const bytes = zipSync({
      'x_train.npy': npyFile('|u1', [2, 2, 3], counted),
      'y_train.npy': npyFile('|u1', [2], Uint8Array.of(1, 2)),
      'x_test.npy': other,
      'y_test.npy': npyFile('|u1', [1], Uint8Array.of(3)),
    });
    expect([...imagesOf({ name: 'mnist.npz', bytes }).labels]).toEqual([3]);
  });

  it('hands pictures on', () => {
    const bytes = zipSync({ 'cats/1.png': png, 'dogs/2.JPG': jpeg, 'readme.txt': ascii('c') });
    expect(readDropped([{ name: 'pets.zip', bytes }])).toMatchObject({
      kind: 'pictures',
      pictures: [{ name: 'cats/1.png' }, { name: 'dogs/2.JPG' }],
      leftOut: [],
    });
  });

  it('takes pictures by what is in them, and names what is left out', () => {
    const files = {
      'cat/a.jfif': jpeg,
      'cat/b': png,
      'cat/c.JPE': jpeg,
      'cat/d.tif': ascii('II*\0'),
      'cat/e.png': ascii('no picture'),
      'cat/f.txt': png,
      'cat/.hidden/g.png': png,
      'cat/.DS_Store': ascii('x'),
      'Thumbs.db': ascii('x'),
      README: ascii('x'),
      'labels.json': ascii('{}'),
      'model.weights': ascii('x'),
    };
    const found = readDropped(Object.entries(files).map(([name, bytes]) => ({ name, bytes })));
    expect(found.kind === 'pictures' && found.pictures.map(({ name }) => name)).toEqual([
      'cat/a.jfif',
      'cat/b',
      'cat/c.JPE',
      'cat/f.txt',
    ]);
    expect(leftOutNote(found.leftOut)).toBe(
      '4 files are left out: 1 TIFF (cat/d.tif), 2 of no known kind (cat/e.png, model.weights), 1 hidden PNG (cat/.hidden/g.png).',
    );
  });

  it('pairs IDX files by their names, the test part first, and names the others', () => {
    const other = idxLabels.map((byte, i) => (i < 8 ? byte : 5));
    const found = readDropped([
      { name: 'train-images-idx3-ubyte', bytes: idxImages },
      { name: 'train-labels-idx1-ubyte', bytes: other },
      { name: 'letters-test-labels-idx1-ubyte', bytes: other },
      { name: 'digits-test-labels-idx1-ubyte', bytes: idxLabels },
      { name: 'digits-test-images-idx3-ubyte', bytes: idxImages },
    ]);
    expect(found.kind === 'images' && [...found.images.labels]).toEqual([7, 9]);
    expect(found.leftOut.map(({ path }) => path)).toEqual([
      'train-images-idx3-ubyte',
      'train-labels-idx1-ubyte',
      'letters-test-labels-idx1-ubyte',
    ]);
  });

  it('takes of several arrays of numbers the one that is called as labels', () => {
    const found = readDropped([
      { name: 'weights.npy', bytes: npyFile('<i8', [2], int64(5, 5)) },
      { name: 'y_test.npy', bytes: npyFile('<i8', [2], int64(1, 0)) },
      { name: 'x_test.npy', bytes: npyFile('|u1', [2, 2, 3], counted) },
    ]);
    expect(found.kind === 'images' && [...found.images.labels]).toEqual([1, 0]);
  });

  it('reads a CIFAR-10 batch whose first pixels look like an icon', () => {
    const batch = new Uint8Array(3073);
    batch.set([0, 0, 1, 0, 1, 0, 16, 16, 0, 0]);
    expect([...imagesOf({ name: 'test_batch.bin', bytes: batch }).labels]).toEqual([0]);
  });

  it.each([
    ['no labels beside IDX images', [['images', idxImages]], /labels are missing/],
    ['no images beside IDX labels', [['labels', idxLabels]], /labels alone/],
    [
      'a cut IDX file',
      [
        ['images', idxImages.slice(0, 20)],
        ['labels', idxLabels],
      ],
      /asks for/,
    ],
    ['a cut gzip', [['images.gz', gzipSync(idxImages).slice(0, 20)]], /damaged or cut off/],
    [
      'an altered zip',
      [
        [
          'a.npz',
          zipSync({ 'x.npy': [counted, { level: 0 }] }).map((byte, i) => (i === 40 ? byte ^ 1 : byte)),
        ],
      ],
      /x\.npy in a\.npz is damaged/,
    ],
    ['a cut zip', [['a.zip', zipSync({ a: idxImages }).slice(0, 40)]], /damaged or cut off/],
    ['a cut CIFAR-10 batch', [['b.bin', cifarBatch(1).slice(1)]], /no whole number of CIFAR-10 records/],
    [
      'images without labels in arrays',
      [['x.npy', npyFile('|u1', [2, 2, 3], counted)]],
      /labels are missing/,
    ],
    ['labels without images in arrays', [['y.npy', npyFile('|u1', [2], counted.slice(0, 2))]], /no images/],
    [
      'as many labels as there are no images',
      [
        ['x.npy', npyFile('|u1', [2, 2, 3], counted)],
        ['y.npy', npyFile('|u1', [3], counted.slice(0, 3))],
      ],
      /2 images and y.npy 3 labels/,
    ],
    [
      'normalised values',
      [
        ['x.npy', toNpy(Float32Array.of(-1, 0, 1, 1), [1, 2, 2])],
        ['y.npy', npyFile('|u1', [1], Uint8Array.of(1))],
      ],
      /before any normalisation/,
    ],
    [
      'labels that are no classes',
      [
        ['x.npy', npyFile('|u1', [2, 2, 3], counted)],
        ['y.npy', toNpy(Float32Array.of(0.5, 1), [2])],
      ],
      /label 0.5/,
    ],
    ['a text', [['notes.txt', ascii('hello')]], /none of IDX/],
    ['Parquet', [['train.parquet', ascii('PAR1....PAR1')]], /train.parquet is a Parquet table.*numpy.save/],
    ['pictures that browsers do not read', [['a/b.tif', ascii('II*\0')]], /a\/b.tif is .* not read: TIFF/],
  ] as const)('is refused with a sentence: %s', (_what, files, message) => {
    const named = files.map(([name, bytes]) => ({ name: name as string, bytes: bytes as Uint8Array }));
    expect(() => readDropped(named)).toThrow(message);
    expect(() => readDropped(named)).toThrow(expect.objectContaining({ name: 'DataError' }));
  });
});
