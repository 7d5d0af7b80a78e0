/** A file with its path from the folder that was dropped. */
export interface DroppedFile {
  readonly path: string;
  readonly data: File;
}

/** More are not a model, but somebody's whole disk. */
const MOST_MODEL_FILES = 2000;

function readFile(entry: FileSystemFileEntry): Promise<File> {
  return new Promise((resolve, reject) => entry.file(resolve, reject));
}

/** A folder gives its entries in portions, the last of which is empty. */
async function readFolder(entry: FileSystemDirectoryEntry, most: number): Promise<FileSystemEntry[]> {
  const reader = entry.createReader();
  const all: FileSystemEntry[] = [];
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    );
    if (some.length === 0 || all.length > most) return all;
    all.push(...some);
  }
}

/** Says whether a search through folders is to end. */
interface Stopped {
  readonly now: boolean;
}

async function collect(
  entry: FileSystemEntry,
  into: DroppedFile[],
  most: number,
  stopped: Stopped,
): Promise<void> {
  if (stopped.now || into.length > most) return;
  if (entry.isFile) {
    const data = await readFile(entry as FileSystemFileEntry);
    into.push({ path: entry.fullPath.replace(/^\//, ''), data });
  } else if (entry.isDirectory) {
    for (const each of await readFolder(entry as FileSystemDirectoryEntry, most))
      await collect(each, into, most, stopped);
  }
}

/**
 * What was dropped, folders opened, up to one file more than `most`. To be called while the event is handled: afterwards
 * the browser hides the files.
 */
export function droppedFiles(
  { items, files }: DataTransfer,
  most = MOST_MODEL_FILES,
  stopped: Stopped = { now: false },
): Promise<DroppedFile[]> {
  const entries = Array.from(items, (item) => item.webkitGetAsEntry()).filter((entry) => entry !== null);
  const plain = Array.from(files, (data) => ({ path: data.name, data }));
  if (!entries.some((entry) => entry.isDirectory)) return Promise.resolve(plain);
  const found: DroppedFile[] = [];
  return entries
    .reduce((before, entry) => before.then(() => collect(entry, found, most, stopped)), Promise.resolve())
    .then(() => found);
}

/** Endings of what comes with a tfjs model, and of other tools' models, which are told what to do. */
const MODEL_FILE =
  /\.(json|bin|zip|h5|hdf5|keras|pb|tflite|onnx|pt|pth|ckpt|pkl|safetensors)$|group\d+-shard\d+of\d+$/i;

export const isModelFile = (path: string): boolean => MODEL_FILE.test(path);
