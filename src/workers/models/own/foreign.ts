import type { OwnFile } from './own-file';

/** A file of another tool, and what to do about it. */
interface ForeignFormat {
  readonly what: string;
  readonly how: string;
  matches(file: OwnFile, start: string): boolean;
}

const CONVERTER = 'tensorflowjs_converter';
const SEE = 'docs/own-models.md has the commands';

const endsWith =
  (...endings: string[]) =>
  ({ path }: OwnFile): boolean =>
    endings.some((ending) => path.toLowerCase().endsWith(ending));

/** Protocols 2 to 5. */
const isPickle = (start: string): boolean =>
  start[0] === '\x80' && start.charCodeAt(1) >= 2 && start.charCodeAt(1) <= 5;

/** By magic number where there is one, else by name; entries of a zip are looked at one by one. */
const FORMATS: readonly ForeignFormat[] = [
  {
    what: 'a Keras 3 archive (.keras)',
    how: `export it with model.export() and convert that SavedModel with ${CONVERTER} --input_format=tf_saved_model`,
    matches: endsWith('.keras', 'model.weights.h5'),
  },
  {
    what: 'a Keras HDF5 file',
    how: `convert it with ${CONVERTER} --input_format=keras`,
    matches: (_file, start) => start.startsWith('\x89HDF\r\n\x1a\n'),
  },
  {
    what: 'a TensorFlow SavedModel',
    how: `convert its folder with ${CONVERTER} --input_format=tf_saved_model`,
    matches: endsWith('saved_model.pb'),
  },
  {
    what: 'a frozen TensorFlow graph',
    how: `convert it with ${CONVERTER} --input_format=tf_frozen_model`,
    matches: endsWith('.pb'),
  },
  {
    what: 'a TensorFlow Lite file',
    how: `convert the SavedModel or Keras model it was made from with ${CONVERTER}`,
    matches: (file, start) => start.slice(4, 8) === 'TFL3' || endsWith('.tflite')(file),
  },
  {
    what: 'an ONNX file',
    how: `turn it into a SavedModel (onnx2tf does) and that into a tfjs model with ${CONVERTER}`,
    matches: endsWith('.onnx'),
  },
  {
    what: 'a PyTorch file',
    how: `export it to ONNX, turn that into a SavedModel (onnx2tf does) and that into a tfjs model with ${CONVERTER}`,
    // A zip with a pickle in it, or, before PyTorch 1.6, a bare pickle.
    matches: (file, start) => isPickle(start) || endsWith('.pt', '.pth', '/data.pkl')(file),
  },
  {
    what: 'a safetensors file, weights without a network',
    how: 'load it into its network in PyTorch or Keras and convert that',
    matches: endsWith('.safetensors'),
  },
];

/** What of another tool the files hold, in a sentence; null if nothing is recognised. */
export function foreignFormat(files: readonly OwnFile[]): string | null {
  for (const { what, how, matches } of FORMATS) {
    const found = files.find((file) => matches(file, startOf(file)));
    if (found !== undefined) {
      return `${found.path} is ${what}, not a TensorFlow.js model: ${how}; ${SEE}.`;
    }
  }
  return null;
}

function startOf({ bytes }: OwnFile): string {
  return String.fromCharCode(...bytes.subarray(0, 16));
}

/** What stands in the place of a file whose download went wrong; null if it does not look like that. */
export function failedDownload({ bytes }: OwnFile): string | null {
  const start = String.fromCharCode(...bytes.subarray(0, 64)).trimStart();
  if (/^<(!doctype|html)/i.test(start)) return 'a web page: the server answered with a page instead of it';
  if (start.startsWith('version https://git-lfs')) {
    return 'a Git LFS pointer: fetch the file itself with git lfs pull';
  }
  return null;
}
