import type { ImageShape } from '../../image';
import { isProbustFile, PROBUST_START } from '../../results/sweep-result';
import { images } from '../engine/client';
import { useStore } from '../state/store';
import { strings } from '../strings';
import { formatBytes } from '../ui/format';

/** Saved sweeps, opened to be looked at: nothing is computed. */

const messages = strings.opened;

/** More than a sweep of all estimators at all radii by far. */
const MOST_BYTES = 20e6;
/** More than the input of any model that runs in a browser. */
const MOST_INPUT_BYTES = 16e6;

interface NamedFile {
  readonly path: string;
  readonly data: Blob;
}

const endsWith = (ending: string) => (file: NamedFile) => file.path.toLowerCase().endsWith(ending);
const nameOf = ({ path }: NamedFile): string => path.split('/').at(-1) ?? path;

let lastOpening = 0;

/**
 * Opens a saved sweep, its input, or both, if that is what the files are; else resolves to false. What is wrong is thrown
 * in a sentence, and what was shown stays.
 */
export async function openSaved(files: readonly NamedFile[]): Promise<boolean> {
  const opening = ++lastOpening;
  const sweep = await findSweep(files);
  const input = files.find(endsWith('.npy'));
  if (sweep === null && (input === undefined || files.length > 1)) return false;
  if (sweep !== null) {
    const result = await read(sweep);
    // Another one may have been opened meanwhile.
    if (opening !== lastOpening) return true;
    useStore.setState({ opened: { name: nameOf(sweep), result, input: null }, problem: null });
  }
  if (input !== undefined) await attachInput(input);
  return true;
}

async function findSweep(files: readonly NamedFile[]): Promise<NamedFile | null> {
  for (const file of files.filter(endsWith('.json'))) {
    if (isProbustFile(await file.data.slice(0, 4 * PROBUST_START).text())) return file;
  }
  return null;
}

async function read(file: NamedFile) {
  const name = nameOf(file);
  const { size } = file.data;
  if (size > MOST_BYTES) {
    throw new Error(messages.tooLarge(name, formatBytes(size), formatBytes(MOST_BYTES)));
  }
  const found = await images.readSweep(file.data);
  if (!found.ok) throw new Error(messages.unreadable(name, found.message));
  const isEmpty = Object.values(found.result.estimates).every((rows) => rows.length === 0);
  if (isEmpty) throw new Error(messages.unreadable(name, messages.empty));
  return found.result;
}

/** [H, W, C] with channels that can be drawn, perhaps with a one before it; null for any other shape. */
function pictureShape(shape: readonly number[]): ImageShape | null {
  const [height = 0, width = 0, channels = 0, ...rest] = shape.length === 4 ? shape.slice(1) : shape;
  const isOne = shape.length === 3 || shape[0] === 1;
  const isDrawable = height > 0 && width > 0 && (channels === 1 || channels === 3);
  return isOne && isDrawable && rest.length === 0 ? [height, width, channels] : null;
}

async function attachInput(file: NamedFile): Promise<void> {
  const name = nameOf(file);
  const { opened } = useStore.getState();
  if (opened === null) throw new Error(messages.inputAlone(name));
  const { size } = file.data;
  if (size > MOST_INPUT_BYTES) {
    throw new Error(messages.tooLarge(name, formatBytes(size), formatBytes(MOST_INPUT_BYTES)));
  }
  const input = await images.readInput(file.data);
  if (!input.ok) throw new Error(input.message);
  const shape = pictureShape(input.shape);
  if (input.sha256 !== opened.result.image.sha256) throw new Error(messages.otherInput(name, opened.name));
  if (shape === null) throw new Error(messages.noPicture(name));
  // Another sweep may have been opened meanwhile.
  useStore.setState(({ opened: now }) =>
    now?.result === opened.result
      ? { opened: { ...now, input: { data: input.data, shape } }, problem: null }
      : {},
  );
}

/** Back to what the page computes, which was left as it is. */
export function closeOpened(): void {
  useStore.setState({ opened: null, problem: null });
}
