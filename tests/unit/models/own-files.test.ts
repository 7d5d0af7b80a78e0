import { createHash } from 'node:crypto';
import { zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { readModelFiles } from '../../../src/workers/models/own/files';
import { assertModelSize, MAX_MODEL_BYTES, type OwnFile } from '../../../src/workers/models/own/own-file';
import { unpack } from '../../../src/workers/models/own/unpack';

const text = (value: unknown): Uint8Array =>
  new TextEncoder().encode(typeof value === 'string' ? value : JSON.stringify(value));
const bytesOf = (values: Float32Array | Uint16Array): Uint8Array =>
  new Uint8Array(values.buffer, values.byteOffset, values.byteLength);

interface Manifest {
  readonly paths: string[];
  readonly weights: object[];
}

const modelJson = (weightsManifest: Manifest[], path = 'model.json'): OwnFile => ({
  path,
  bytes: text({
    format: 'layers-model',
    modelTopology: { class_name: 'Sequential', config: {} },
    weightsManifest,
  }),
});

const weights = Float32Array.from({ length: 30 }, (_, i) => i / 7);
/** 30 float32 values in shards of 48, 48 and 24 bytes. */
const SHARDS: OwnFile[] = [0, 1, 2].map((i) => ({
  path: `group1-shard${i + 1}of3.bin`,
  bytes: bytesOf(weights).slice(48 * i, 48 * (i + 1)),
}));
const JSON_FILE = modelJson([
  {
    paths: SHARDS.map(({ path }) => path),
    weights: [
      { name: 'dense/kernel', shape: [4, 5], dtype: 'float32' },
      { name: 'dense/bias', shape: [10], dtype: 'float32' },
    ],
  },
]);
const MODEL = [JSON_FILE, ...SHARDS];
const [FIRST, SECOND, THIRD] = SHARDS as [OwnFile, OwnFile, OwnFile];

function thrown(files: readonly OwnFile[]): { code: string; message: string } {
  try {
    readModelFiles(files);
  } catch (error) {
    return error as { code: string; message: string };
  }
  throw new Error('these files were taken for a model');
}

describe('files that are no model', () => {
  it('are sent to the view of data sets where they are pictures or arrays', () => {
    const png = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 13, 10, 0x1a, 10);
    const zip = zipSync({ 'cats/1.png': png, 'dogs/1.png': png });
    expect(thrown([{ path: 'pets.zip', bytes: zip }]).message).toMatch(
      /no model\.json in pets\.zip, but what looks like a data set.*“Data set”/,
    );
    const text = zipSync({ 'a.txt': new TextEncoder().encode('nothing') });
    expect(thrown([{ path: 'notes.zip', bytes: text }]).message).toMatch(
      /a TensorFlow\.js model is a model\.json/,
    );
  });
});

describe('a complete model', () => {
  it('has its weights joined, and the hash of model.json and the shards in the manifest’s order', () => {
    const found = readModelFiles([THIRD, JSON_FILE, FIRST, SECOND]);
    expect(found.weights).toEqual(bytesOf(weights));
    expect(found.specs.map(({ name }) => name)).toEqual(['dense/kernel', 'dense/bias']);
    const hash = createHash('sha256');
    for (const { bytes } of MODEL) hash.update(bytes);
    expect(found.sha256).toBe(hash.digest('hex'));
    expect(found.bytes).toBe(JSON_FILE.bytes.length + 120);
  });

  it('is found in a folder, in a zip, under another name, and among what systems leave behind', () => {
    const { sha256 } = readModelFiles(MODEL);
    const inFolder = MODEL.map(({ path, bytes }) => ({ path: `mine/tfjs/${path}`, bytes }));
    expect(readModelFiles(inFolder).sha256).toBe(sha256);
    const clutter = { path: '__MACOSX/mine/._model.json', bytes: text('x') };
    const zip = zipSync(Object.fromEntries([...inFolder, clutter].map(({ path, bytes }) => [path, bytes])));
    expect(readModelFiles([{ path: 'mine.zip', bytes: zip }]).sha256).toBe(sha256);
    const renamed = [
      { ...JSON_FILE, path: 'my-model.json' },
      ...SHARDS,
      { path: 'package.json', bytes: text({}) },
    ];
    expect(readModelFiles(renamed).sha256).toBe(sha256);
    expect(readModelFiles([...MODEL, { path: '.DS_Store', bytes: text('x') }]).sha256).toBe(sha256);
  });

  it('may bring its labels', () => {
    const label = (path: string, content: unknown) =>
      readModelFiles([...MODEL, { path, bytes: text(content) }]).labels;
    expect(label('labels.txt', 'cat\r\ndog\r\n')).toEqual(['cat', 'dog']);
    expect(label('metadata.json', { labels: ['a', 'b'] })).toEqual(['a', 'b']);
    expect(label('metadata.json', 'not JSON')).toBeNull();
    expect(readModelFiles(MODEL).labels).toBeNull();
  });
});

describe('quantised weights', () => {
  const model = (weightsOf: object[], bytes: Uint8Array) => [
    modelJson([{ paths: ['w.bin'], weights: weightsOf }]),
    { path: 'w.bin', bytes },
  ];
  const half = (name: string, count: number) => ({
    name,
    shape: [count],
    dtype: 'float32',
    quantization: { dtype: 'float16', original_dtype: 'float32' },
  });
  const affine = (dtype: 'uint8' | 'uint16', count: number, rest: object = { scale: 0.1, min: -1 }) => ({
    name: dtype,
    shape: [count],
    dtype: 'float32',
    quantization: { dtype, ...rest },
  });

  it('have one or two bytes a value', () => {
    const specs = [
      affine('uint8', 3),
      half('h', 2),
      affine('uint16', 4),
      { name: 'i', shape: [1], dtype: 'int32' },
    ];
    expect(readModelFiles(model(specs, new Uint8Array(3 + 4 + 8 + 4))).bytes).toBeGreaterThan(19);
    expect(thrown(model(specs, new Uint8Array(18))).message).toMatch(/w\.bin has 1 bytes fewer/);
  });

  it('are refused where a half is NaN or infinite, and nowhere else', () => {
    const largest = 0x7bff;
    const good = bytesOf(Uint16Array.of(0, largest, 0xfbff, 1));
    expect(() => readModelFiles(model([half('h', 4)], good))).not.toThrow();
    for (const bad of [0x7c00, 0xfc00, 0x7e00]) {
      // One byte before it, so that halves lie askew.
      const specs = [affine('uint8', 1), half('conv/kernel', 2)];
      const bytes = Uint8Array.of(7, ...bytesOf(Uint16Array.of(1, bad)));
      expect(thrown(model(specs, bytes))).toMatchObject({
        code: 'model_weights',
        message: expect.stringMatching(/“conv\/kernel” hold a value that is NaN or infinite/),
      });
    }
    expect(thrown(model([affine('uint8', 2, { scale: null, min: 0 })], new Uint8Array(2))).code).toBe(
      'model_format',
    );
    expect(thrown(model([affine('uint8', 2, {})], new Uint8Array(2))).code).toBe('model_weights');
  });

  it('of strings have the sizes that stand in the data', () => {
    const specs = [
      { name: 'words', shape: [2], dtype: 'string' },
      { name: 'x', shape: [1], dtype: 'float32' },
    ];
    const bytes = Uint8Array.of(3, 0, 0, 0, 97, 98, 99, 0, 0, 0, 0, ...bytesOf(Float32Array.of(1)));
    expect(() => readModelFiles(model(specs, bytes))).not.toThrow();
    expect(thrown(model(specs, bytes.slice(0, -1))).code).toBe('model_incomplete');
  });
});

describe('infinite values of a graph', () => {
  const graph = (values: readonly number[], reader: string, half = false) => {
    const spec = { name: 'c', shape: [values.length], dtype: 'float32' };
    const bits: Record<string, number> = {
      '0': 0,
      '1': 0x3c00,
      Infinity: 0x7c00,
      '-Infinity': 0xfc00,
      NaN: 0x7e00,
    };
    const bytes = half
      ? bytesOf(Uint16Array.from(values, (value) => bits[String(value)] as number))
      : bytesOf(Float32Array.from(values));
    const node = [
      { name: 'c', op: 'Const' },
      { name: 'r', op: 'Reshape', input: ['c', 'shape'] },
      { name: 'y', op: reader, input: ['x', 'r:0'] },
    ];
    const weightsManifest = [
      { paths: ['w.bin'], weights: [half ? { ...spec, quantization: { dtype: 'float16' } } : spec] },
    ];
    const file = { path: 'model.json', bytes: text({ modelTopology: { node }, weightsManifest }) };
    return [file, { path: 'w.bin', bytes }];
  };

  it.each([false, true])('are no damage in a bound or a mask (halves: %s)', (half) => {
    for (const reader of ['PadV2', 'Maximum', 'SelectV2', 'ClipByValue']) {
      expect(() => readModelFiles(graph([-Infinity, 1], reader, half)), reader).not.toThrow();
      expect(thrown(graph([-Infinity, NaN], reader, half)).message).toMatch(/“c” hold a value that is NaN/);
    }
    expect(() => readModelFiles(graph([-Infinity, 0], 'AddV2', half))).not.toThrow();
    expect(thrown(graph([-Infinity, 1], 'AddV2', half)).code).toBe('model_weights');
  });

  it.each(['MatMul', 'Conv2D', 'BiasAdd', 'Mul'])('are damage in what %s reads', (reader) => {
    expect(thrown(graph([Infinity, 0], reader)).message).toMatch(/“c” hold a value that is NaN or infinite/);
  });
});

describe('files that are not whole', () => {
  const shortened = (file: OwnFile, by: number) => ({ ...file, bytes: file.bytes.slice(0, -by) });
  const nan = Float32Array.from(weights);
  nan[25] = Number.NaN;
  nan[26] = Number.POSITIVE_INFINITY;
  const bad = bytesOf(nan);

  it.each<[string, OwnFile[], string, RegExp]>([
    ['no shards', [JSON_FILE], 'model_incomplete', /group1-shard1of3\.bin is missing/],
    ['a missing shard', [JSON_FILE, FIRST, THIRD], 'model_incomplete', /group1-shard2of3\.bin is missing/],
    [
      'a shard cut off',
      [JSON_FILE, FIRST, shortened(SECOND, 7), THIRD],
      'model_incomplete',
      /group1-shard2of3\.bin has 7 bytes fewer .* cut off/,
    ],
    [
      'the last shard cut off',
      [JSON_FILE, FIRST, SECOND, shortened(THIRD, 4)],
      'model_incomplete',
      /3 weight files together have 4 bytes fewer/,
    ],
    [
      'a shard too long',
      [JSON_FILE, FIRST, SECOND, { ...THIRD, bytes: new Uint8Array(30) }],
      'model_incomplete',
      /6 bytes more/,
    ],
    [
      'a web page for a shard',
      [JSON_FILE, { ...FIRST, bytes: text('<!DOCTYPE html><p>404') }, SECOND, THIRD],
      'model_incomplete',
      /a web page: the server/,
    ],
    [
      'a pointer of Git LFS',
      [JSON_FILE, { ...FIRST, bytes: text('version https://git-lfs.github.com/spec/v1\n') }, SECOND, THIRD],
      'model_incomplete',
      /git lfs pull/,
    ],
    ['half a model.json', [shortened(JSON_FILE, 40), ...SHARDS], 'model_format', /only a part of it/],
    [
      'a web page for model.json',
      [{ ...JSON_FILE, bytes: text('<html>') }],
      'model_format',
      /model\.json is a web page/,
    ],
    [
      'NaN and infinity',
      [JSON_FILE, FIRST, { ...SECOND, bytes: bad.slice(48, 96) }, { ...THIRD, bytes: bad.slice(96) }],
      'model_weights',
      /“dense\/bias” hold 2 values that are NaN or infinite/,
    ],
    ['two models', [...MODEL, { ...JSON_FILE, path: 'b/model.json' }], 'model_format', /two models here/],
    [
      'half a zip',
      [{ path: 'm.zip', bytes: zipSync({ a: text('x'.repeat(99)) }).slice(0, 60) }],
      'model_incomplete',
      /m\.zip is damaged or cut off/,
    ],
    [
      'a zip of something else',
      [{ path: 'm.zip', bytes: zipSync({ a: text('x') }) }],
      'model_format',
      /no model\.json/,
    ],
    ['weights alone', [FIRST], 'model_format', /no model\.json among these files/],
    ['other JSON', [{ path: 'a.json', bytes: text({ a: 1 }) }], 'model_format', /no modelTopology/],
    [
      'a network without weights',
      [{ path: 'model.json', bytes: text({ modelTopology: {} }) }],
      'model_format',
      /no weights; save the model/,
    ],
    [
      'weights without a network',
      [{ path: 'model.json', bytes: text({ weightsManifest: [] }) }],
      'model_format',
      /no network; save the whole model/,
    ],
    [
      'a shape that is none',
      [modelJson([{ paths: [], weights: [{ name: 'w', shape: [-1], dtype: 'float32' }] }])],
      'model_format',
      /damaged: weightsManifest/,
    ],
    [
      'fields without end within one another',
      [
        {
          path: 'model.json',
          bytes: text(`{"modelTopology":{"a":${'['.repeat(2e4)}${']'.repeat(2e4)}},"weightsManifest":[]}`),
        },
      ],
      'model_format',
      /damaged: its fields lie within one another more than 500 deep/,
    ],
  ])('%s: says what', (_what, files, code, message) => {
    expect(thrown(files)).toMatchObject({ code, message: expect.stringMatching(message) });
  });
});

describe('models of other tools', () => {
  const start = (...bytes: number[]) => Uint8Array.from([...bytes, ...new Array<number>(24).fill(0)]);
  it.each<[string, OwnFile[], RegExp]>([
    [
      'Keras HDF5',
      [{ path: 'm.bin', bytes: start(0x89, 0x48, 0x44, 0x46, 13, 10, 26, 10) }],
      /m\.bin is a Keras HDF5 file.*--input_format=keras/,
    ],
    [
      'Keras 3',
      [{ path: 'm.keras', bytes: zipSync({ 'model.weights.h5': text('x') }) }],
      /Keras 3 archive.*model\.export/,
    ],
    [
      'a renamed Keras 3',
      [{ path: 'm.zip', bytes: zipSync({ 'model.weights.h5': text('x') }) }],
      /Keras 3 archive/,
    ],
    [
      'a SavedModel',
      [{ path: 'm/saved_model.pb', bytes: start(8) }],
      /SavedModel.*--input_format=tf_saved_model/,
    ],
    ['a frozen graph', [{ path: 'frozen.pb', bytes: start(8) }], /frozen TensorFlow graph/],
    [
      'TensorFlow Lite',
      [{ path: 'm', bytes: start(28, 0, 0, 0, 0x54, 0x46, 0x4c, 0x33) }],
      /TensorFlow Lite/,
    ],
    ['ONNX', [{ path: 'net.onnx', bytes: start(8) }], /ONNX.*onnx2tf/],
    ['PyTorch', [{ path: 'net.pt', bytes: zipSync({ 'net/data.pkl': text('x') }) }], /PyTorch.*ONNX/],
    ['a renamed PyTorch', [{ path: 'net.zip', bytes: zipSync({ 'net/data.pkl': text('x') }) }], /PyTorch/],
    ['old PyTorch', [{ path: 'net.bin', bytes: start(0x80, 2) }], /PyTorch/],
    ['safetensors', [{ path: 'w.safetensors', bytes: start(8) }], /safetensors/],
  ])('%s: says how to convert it', (_what, files, message) => {
    expect(thrown(files)).toMatchObject({ code: 'model_format', message: expect.stringMatching(message) });
  });
});

describe('more than 500 MB', () => {
  it('is refused', () => {
    expect(() => assertModelSize(MAX_MODEL_BYTES)).not.toThrow();
    expect(() => assertModelSize(MAX_MODEL_BYTES + 1)).toThrow(/501 MB and the limit is 500 MB/);
  });

  it('is refused before a zip is unpacked', () => {
    // The directory of a zip says how large its files will be; 24 bytes into an entry, after its compressed size.
    const bytes = zipSync({ 'w.bin': new Uint8Array(1000) });
    const view = new DataView(bytes.buffer);
    const at = Array.from(bytes.keys()).find(
      (i) => i + 4 <= bytes.length && view.getUint32(i, true) === 0x02014b50,
    );
    view.setUint32((at as number) + 24, 600e6, true);
    expect(() => unpack({ path: 'm.zip', bytes })).toThrow(/m\.zip unpacks to more than 500 MB; quantise/);
  });
});
