import { proxy } from 'comlink';
import { isOwnId } from '../../workers/models/card';
import type { ModelInfo } from '../../workers/protocol/models';
import { engine } from '../engine/client';
import { isOwnPicture } from '../state/pictures';
import type { Comparison } from '../state/settings';
import { type AppState, updateSettings, useStore } from '../state/store';
import { strings } from '../strings';
import { hasSameInput } from './model';
import { fileBeside, linkId, pictureBeside } from './picture';
import { fail, report } from './problem';

/** What the main curve is compared with. */

export function compareWithModel(id: string): void {
  updateSettings({ compare: { with: 'model', id } });
}

/** The picture that is shown stays beside the next ones. */
export function pinPicture(): void {
  const { image } = useStore.getState();
  if (image === null) return;
  useStore.setState({ pinned: image });
  updateSettings({ compare: { with: 'picture', id: linkId(image), crop: image.crop } });
}

/** Pins a file: the picture of its owner's that a link compares with, or another one. */
export async function pinFile(file: File): Promise<void> {
  const { compare } = useStore.getState().settings;
  const crop = compare?.with === 'picture' ? compare.crop : null;
  try {
    const pinned = await fileBeside(file, crop);
    useStore.setState({ pinned, problem: null });
    updateSettings({ compare: { with: 'picture', id: linkId(pinned), crop } });
  } catch (error) {
    report(error);
  }
}

export function stopComparing(): void {
  updateSettings({ compare: null });
}

/** Thrown for what is not here, or cannot stand beside what is shown. */
class NotComparable extends Error {
  override readonly name = 'NotComparable';
}

let asked: Comparison | null = null;

/** Loads the model or picture that is compared with, where it is not there; what cannot be had is not compared with. */
function ensureOther(state: AppState): void {
  const { settings, model, image } = state;
  const { compare } = settings;
  if (compare === null || model === null || image === null) {
    asked = null;
    return;
  }
  if (compare === asked) return;
  asked = compare;
  const load = compare.with === 'model' ? loadOther(compare.id, model) : loadPinned(compare);
  load.catch((error: unknown) => {
    if (useStore.getState().settings.compare !== compare) return;
    stopComparing();
    // What is not here at all will not come the next time.
    if (error instanceof NotComparable) report(error);
    else fail(error, () => updateSettings({ compare }));
  });
}

async function loadOther(id: string, shown: ModelInfo): Promise<void> {
  if (useStore.getState().otherModel?.card.id === id) return;
  const known = [...(useStore.getState().index?.models ?? []), ...useStore.getState().ownModels];
  if (!known.some((entry) => entry.id === id)) {
    throw new NotComparable(isOwnId(id) ? strings.compare.ownModelNotHere : strings.compare.notHere(id));
  }
  const model = await engine.loadModel(
    id,
    proxy(() => {}),
  );
  if (!hasSameInput(shown, model) || shown.card.labels.join() !== model.card.labels.join()) {
    throw new NotComparable(strings.compare.unlike(model.card.name));
  }
  useStore.setState({ otherModel: model });
}

async function loadPinned({ id, crop }: Extract<Comparison, { with: 'picture' }>): Promise<void> {
  const { pinned } = useStore.getState();
  if (pinned !== null && linkId(pinned) === id) return;
  // Whoever has it can choose it, beside the name of what is compared.
  if (isOwnPicture(id)) useStore.setState({ pinned: null });
  else {
    const beside = await pictureBeside(id, crop);
    if (beside === null) throw new NotComparable(strings.compare.noPicture(id));
    useStore.setState({ pinned: beside });
  }
}

/** Loads from here on what the settings compare with. */
export function followComparison(): void {
  useStore.subscribe(ensureOther);
}
