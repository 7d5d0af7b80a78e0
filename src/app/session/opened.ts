import type { ImageShape } from '../../image';
import { isProbustFile, parseSweepResult, SweepResultError } from '../../results/sweep-result';
import { useStore } from '../state/store';
import { strings } from '../strings';
import { images } from './workers';

/** Saved sweeps, opened to be looked at: nothing is computed. */

const words = strings.opened;

/** More than a sweep of all estimators at all radii by far. */
const MOST_BYTES = 20e6;

interface NamedFile {
  readonly path: string;
  readonly data: Blob;
}

const endsWith = (ending: string) => (file: NamedFile) => file.path.toLowerCase().endsWith(ending);
const nameOf = ({ path }: NamedFile): string => path.split('/').at(-1) ?? path;

/**
 * Opens a saved sweep, its input, or both, if that is what the files are; else resolves to false. What is wrong is thrown
 * in a sentence, and what was shown stays.
 */
export async function openSaved(files: readonly NamedFile[]): Promise<boolean> {
  const sweep = await findSweep(files);
  const input = files.find(endsWith('.npy'));
  if (sweep === null && (input === undefined || files.length > 1)) return false;
  if (sweep !== null) {
    useStore.setState({ opened: { name: sweep.name, result: read(sweep), input: null }, problem: null });
  }
  if (input !== undefined) await attachInput(input);
  return true;
}

interface SweepText {
  readonly name: string;
  readonly text: string;
}

async function findSweep(files: readonly NamedFile[]): Promise<SweepText | null> {
  for (const file of files.filter(endsWith('.json'))) {
    if (file.data.size > MOST_BYTES) continue;
    const text = await file.data.text();
    if (isProbustFile(text)) return { name: nameOf(file), text };
  }
  return null;
}

function read({ name, text }: SweepText) {
  try {
    const result = parseSweepResult(text);
    const isEmpty = Object.values(result.estimates).every((rows) => rows.length === 0);
    if (isEmpty) throw new SweepResultError(words.empty);
    return result;
  } catch (error) {
    throw error instanceof SweepResultError ? new Error(words.unreadable(name, error.message)) : error;
  }
}

async function attachInput(file: NamedFile): Promise<void> {
  const name = nameOf(file);
  const { opened } = useStore.getState();
  if (opened === null) throw new Error(words.inputAlone(name));
  const input = await images.readInput(file.data);
  if (!input.ok) throw new Error(input.message);
  const { shape, data, sha256 } = input;
  const pictureShape = shape.length === 4 && shape[0] === 1 ? shape.slice(1) : shape;
  const isPicture = pictureShape.length === 3;
  if (sha256 !== opened.result.image.sha256 || !isPicture)
    throw new Error(words.otherInput(name, opened.name));
  // Another sweep may have been opened meanwhile.
  useStore.setState(({ opened: now }) =>
    now?.result === opened.result
      ? { opened: { ...now, input: { data, shape: pictureShape as unknown as ImageShape } }, problem: null }
      : {},
  );
}

/** Back to what the page computes, which was left as it is. */
export function closeOpened(): void {
  useStore.setState({ opened: null, problem: null });
}
