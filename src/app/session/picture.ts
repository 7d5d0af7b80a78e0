import type { Crop } from '../../image';
import type { ModelFacts } from '../../workers/models/card';
import { images } from '../engine/client';
import {
  hashOfOwn,
  isNamed,
  isOwnPicture,
  ownPictureId,
  samplesFor,
  suits,
  testSetsFor,
} from '../state/pictures';
import { type CurrentImage, type ImageSource, type Sample, useStore } from '../state/store';
import { strings } from '../strings';
import { fetchFile } from './fetch-json';
import { fail, report } from './problem';
import { findTestImage, testImageFile, testImageId } from './test-images';

let lastRequest = 0;

interface PictureRequest {
  readonly source: ImageSource;
  readonly crop: Crop | null;
  /** Of a file that is open already; a new file gets a new one. */
  readonly key?: number;
  getFile(): Promise<Blob>;
}

/** What a link says of a picture: of its owner's, by the beginning of its hash, that there was one, and nothing else. */
export function linkId({ source, sha256 }: Pick<CurrentImage, 'source' | 'sha256'>): string {
  if (source.kind === 'sample') return source.sample.id;
  return source.kind === 'data' ? testImageId(source.set, source.index) : ownPictureId(sha256);
}

/** A picture as a model sees it. Rejects with a sentence for a person. */
async function prepared(
  picture: Pick<CurrentImage, 'source' | 'file' | 'key' | 'crop'>,
  { input }: ModelFacts,
): Promise<CurrentImage> {
  const result = await images.prepare(picture.file, picture.key, input, picture.crop);
  if (!result.ok) throw result;
  const { prepared, sha256, width, height } = result;
  return { ...picture, prepared, sha256, width, height };
}

/** Of several pictures that are asked for, only the last counts, however long each takes. On failure the last one stays. */
async function openLatest(request: PictureRequest): Promise<void> {
  const { source, crop, key, getFile } = request;
  const number = ++lastRequest;
  const isLatest = (): boolean => number === lastRequest;
  useStore.setState({ preparing: true });
  try {
    const file = await getFile();
    const { model } = useStore.getState();
    if (model === null) throw new Error(strings.input.noModelYet);
    const next = await prepared({ source, file, key: key ?? number, crop }, model.card);
    if (!isLatest()) return;
    const { settings, image, linkedHash } = useStore.getState();
    // Prepared anew, or from elsewhere, it has another hash.
    const isAnswer = key === undefined && !isNamed(source);
    useStore.setState({
      image: next,
      preparing: false,
      cropDraft: null,
      problem: null,
      failed: null,
      linkedHash: isAnswer ? linkedHash : null,
      settings: {
        ...settings,
        sample: linkId(next),
        crop: source.kind === 'sample' ? crop : null,
        target: image === null ? settings.target : null,
      },
    });
  } catch (error) {
    if (!isLatest()) return;
    useStore.setState({ preparing: false });
    // What a person brought stays what it is; the page's own files may come the next time.
    if (isNamed(source)) fail(error, () => void openLatest(request));
    else report(error);
  }
}

/** Prepares a picture for the current model and makes it the one that is swept. */
export function openImage(file: Blob, source: ImageSource): Promise<void> {
  return openLatest({ source, crop: null, getFile: async () => file });
}

/** Prepares the picture that is there anew, for another model or with another crop. */
export function reopenImage({ file, key, source }: CurrentImage, crop: Crop | null): Promise<void> {
  return openLatest({ source, crop, key, getFile: async () => file });
}

async function sampleFile(sample: Sample): Promise<Blob> {
  return (await fetchFile(sample.url, sample.title)).blob();
}

export function selectSample(sample: Sample, crop: Crop | null = null): Promise<void> {
  return openLatest({ source: { kind: 'sample', sample }, crop, getFile: () => sampleFile(sample) });
}

export function selectTestImage(source: Extract<ImageSource, { kind: 'data' }>): Promise<void> {
  return openLatest({ source, crop: null, getFile: () => testImageFile(source.set, source.index) });
}

let lastBeside = 0;

/** The picture that a link names, for the shown model but not shown; null if it is not here. Rejects with a sentence. */
export async function pictureBeside(id: string, crop: Crop | null): Promise<CurrentImage | null> {
  const { model, samples, testSets } = useStore.getState();
  if (model === null) throw new Error(strings.model.notLoaded);
  const sample = samplesFor(model.card, samples).find((each) => each.id === id);
  // A name of its own: what is shown meanwhile need not be decoded again.
  const key = -++lastBeside;
  if (sample !== undefined) {
    const file = await sampleFile(sample);
    return prepared({ source: { kind: 'sample', sample }, file, key, crop }, model.card);
  }
  const source = await findTestImage(id, testSetsFor(model.card, testSets));
  if (source === null) return null;
  return prepared(
    { source, file: await testImageFile(source.set, source.index), key, crop: null },
    model.card,
  );
}

/** A file for the shown model, but not shown. Rejects with a sentence for a person. */
export async function fileBeside(file: File, crop: Crop | null): Promise<CurrentImage> {
  const { model } = useStore.getState();
  if (model === null) throw new Error(strings.model.notLoaded);
  return prepared({ source: { kind: 'file', name: file.name }, file, key: -++lastBeside, crop }, model.card);
}

/** A sample of the model's data set: the one that has something to show. */
export async function openDefaultSample(): Promise<void> {
  const { model, samples, defaultSamples } = useStore.getState();
  if (model === null) return;
  const suitable = samplesFor(model.card, samples);
  const sample = suitable.find(({ id }) => defaultSamples.includes(id)) ?? suitable[0];
  if (sample !== undefined) await selectSample(sample);
}

/** The picture that the link names; says so if it is not here. */
async function openLinked(card: ModelFacts): Promise<void> {
  const { settings, samples, testSets } = useStore.getState();
  const wanted = settings.sample;
  if (wanted === '') return;
  if (isOwnPicture(wanted)) {
    useStore.setState({ linkedHash: hashOfOwn(wanted) });
    return;
  }
  const sample = samplesFor(card, samples).find(({ id }) => id === wanted);
  if (sample !== undefined) return selectSample(sample, settings.crop);
  try {
    const found = await findTestImage(wanted, testSetsFor(card, testSets));
    if (found !== null) return await selectTestImage(found);
    const { input, data } = strings;
    report(new Error(wanted.startsWith('data:') ? data.notHere(wanted) : input.noSample(wanted)));
  } catch (error) {
    fail(error, () => void openLinked(card));
  }
}

/**
 * Opens a picture for a model that has none: the one of the model before if it suits, at first the one that the link
 * names, and a sample where there is no such picture or it cannot be had. A picture of its owner's is waited for.
 */
export async function openPictureFor(card: ModelFacts, previous: CurrentImage | null): Promise<void> {
  if (previous === null) await openLinked(card);
  else if (suits(previous.source, card, useStore.getState().samples))
    await reopenImage(previous, previous.crop);
  const { image, problem, failed, linkedHash } = useStore.getState();
  if (image !== null || linkedHash !== null) return;
  await openDefaultSample();
  if (problem !== null) useStore.setState({ problem });
  const now = useStore.getState();
  if (now.image !== null) {
    if (failed !== null) useStore.setState({ failed });
  } else if (now.failed !== null) {
    // Another attempt begins with what was asked for.
    fail(new Error(now.failed.message), () => void openPictureFor(card, previous));
  }
}
