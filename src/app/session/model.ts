import { proxy } from 'comlink';
import { isOwnId } from '../../workers/models/card';
import type { LoadPhase, ModelInfo } from '../../workers/protocol/models';
import { engine } from '../engine/client';
import { suits } from '../state/pictures';
import type { Settings } from '../state/settings';
import { useStore } from '../state/store';
import { strings } from '../strings';
import { nextTask } from '../ui/next-paint';
import { openPictureFor } from './picture';
import { fail, report } from './problem';

let lastRequest = 0;

/** Whether two models are shown the same picture in the same way. */
export function hasSameInput(one: ModelInfo | null, other: ModelInfo): boolean {
  const look = ({ card }: ModelInfo) => JSON.stringify([card.input.shape, card.input.preparation]);
  return one !== null && look(one) === look(other);
}

/** Once it is shown itself, a model that stood beside the shown one changes places with it. */
function comparedNow(
  { compare }: Settings,
  previous: ModelInfo | null,
  model: ModelInfo,
): Settings['compare'] {
  const isItself = compare?.with === 'model' && compare.id === model.card.id;
  if (previous === null) return isItself ? null : compare;
  const fits = hasSameInput(previous, model) && previous.card.labels.join() === model.card.labels.join();
  if (!fits || previous.card.id === model.card.id) return null;
  return isItself ? { with: 'model', id: previous.card.id } : compare;
}

/** Loads a model; the one before stays in place until it is there, and for good if it cannot be had. */
export function selectModel(id: string): Promise<void> {
  return showModel((onPhase) => engine.loadModel(id, proxy(onPhase)));
}

/** The same for a model that comes in another way. */
export async function showModel(
  load: (onPhase: (phase: LoadPhase) => void) => Promise<ModelInfo>,
): Promise<void> {
  const again = (): void => void showModel(load);
  const request = ++lastRequest;
  // From now on what is shown is of another model than the one that is asked for.
  useStore.setState({ modelPhase: 'loading' });
  try {
    const model = await load((modelPhase) => {
      if (request === lastRequest) useStore.setState({ modelPhase });
    });
    if (request !== lastRequest) return;
    const { model: previous, settings, image, samples } = useStore.getState();
    const sameLabels = previous === null || previous.card.labels.join() === model.card.labels.join();
    const stays = image !== null && hasSameInput(previous, model) && suits(image.source, model.card, samples);
    useStore.setState({
      model,
      problem: null,
      failed: null,
      settings: {
        ...settings,
        model: model.card.id,
        target: sameLabels ? settings.target : null,
        compare: comparedNow(settings, previous, model),
      },
      // A picture that was prepared for another input means nothing to this model.
      ...(stays ? {} : { image: null, cropDraft: null }),
    });
    if (stays) return;
    await nextTask();
    if (request === lastRequest) await openPictureFor(model.card, image);
  } catch (error) {
    if (request === lastRequest) fail(error, again);
  } finally {
    if (request === lastRequest) useStore.setState({ modelPhase: null });
  }
}

/** The model that the link names, or else the default model, with a word on what is not here. */
export async function openFirstModel(): Promise<void> {
  const { index, ownModels, settings } = useStore.getState();
  const wanted = settings.model;
  const known = [...(index?.models ?? []), ...ownModels].some(({ id }) => id === wanted);
  if (known) await selectModel(wanted);
  // A model that is kept may be damaged.
  const { model, failed } = useStore.getState();
  if (model === null) await selectModel(index?.default ?? '');
  if (useStore.getState().model === null) {
    const { message = '' } = failed ?? useStore.getState().failed ?? {};
    fail(new Error(message), () => void openFirstModel());
  } else if (model === null && failed !== null) useStore.setState({ failed });
  else if (wanted !== '' && !known) {
    report(new Error(isOwnId(wanted) ? strings.ownModel.notKept(wanted) : strings.model.notHere(wanted)));
  }
}
