import { doubtSentence, triedLabels } from '../../../dataset';
import type { ModelInfo } from '../../../workers/protocol/models';
import { engine } from '../../engine/client';
import { report } from '../../session/problem';
import { type CurrentData, type DatasetState, useDataset } from './state';

/** Looks at a few images with the model, and keeps what speaks against their labels. */
async function tryLabels({ card }: ModelInfo, { images }: CurrentData): Promise<string | null> {
  const all = Array.from({ length: images.count }, (_, i) => i);
  const doubt = await triedLabels(images, all, card.labels.length, (inputs) =>
    engine.evaluate({ modelId: card.id, pass: 'forward', inputs }),
  );
  return doubt && doubtSentence(doubt);
}

let isWatching = false;

/** From now on, whenever data and model are there, a few images are tried before anyone runs them. */
export function watchLabels(): void {
  if (isWatching) return;
  isWatching = true;
  const check = async ({ data, model }: DatasetState): Promise<void> => {
    useDataset.setState({ doubt: null });
    if (data === null || model === null) return;
    try {
      const doubt = await tryLabels(model, data);
      const now = useDataset.getState();
      if (now.data === data && now.model === model) useDataset.setState({ doubt });
    } catch (error) {
      report(error);
    }
  };
  useDataset.subscribe((state, before) => {
    if (state.data !== before.data || state.model !== before.model) void check(state);
  });
}
