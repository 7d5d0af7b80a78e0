import { type Crop, tidyCrop } from '../../image';
import { images } from '../engine/client';
import { type CurrentImage, useStore } from '../state/store';
import { reopenImage } from './picture';
import { takeLatest } from './take-latest';

/** The sweep starts anew once the crop has rested this long. */
const DEBOUNCE_MS = 400;

let timer: ReturnType<typeof setTimeout> | undefined;

const preview = takeLatest(async ({ image, crop }: { image: CurrentImage; crop: Crop }): Promise<void> => {
  const { model } = useStore.getState();
  if (model === null) return;
  const result = await images.prepare(image.file, image.key, model.card.input, crop);
  // What is wrong with the picture was said when it was opened.
  if (!result.ok) return;
  useStore.setState(({ cropDraft, image: now }) =>
    cropDraft !== null && now?.key === image.key
      ? { cropDraft: { ...cropDraft, prepared: result.prepared } }
      : {},
  );
});

/** Moves the crop: shows at once what the model would see, and makes it the picture once the crop rests. */
export function moveCrop(wanted: Crop): void {
  const { image, model } = useStore.getState();
  if (image === null || model === null) return;
  const [height, width] = model.card.input.shape;
  const crop = tidyCrop(image, wanted, width / height);
  useStore.setState(({ cropDraft }) => ({ cropDraft: { crop, prepared: cropDraft?.prepared ?? null } }));
  preview({ image, crop });
  clearTimeout(timer);
  timer = setTimeout(() => {
    const { image: now, cropDraft } = useStore.getState();
    if (now?.key === image.key && cropDraft?.crop === crop) void reopenImage(now, crop);
  }, DEBOUNCE_MS);
}
