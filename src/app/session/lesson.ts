import { CATALOGUE, DEFAULT_ESTIMATORS } from '../../estimators/catalogue';
import { ENGINE_STEPS, type EngineStep } from '../state/lesson-steps';
import { updateSettings, useStore } from '../state/store';
import { selectModel } from './model';
import { startSession } from './session';

const explainedBy = (step: EngineStep): readonly string[] =>
  CATALOGUE.filter(({ lessonSteps }) => lessonSteps?.includes(step)).map(({ id }) => id);

/** The estimators that the lesson has explained by then. */
const EXPLAINED: Readonly<Record<EngineStep, readonly string[]>> = {
  digit: explainedBy('digit'),
  photo: explainedBy('photo'),
};

/** Data sets of the models that a step is about; another model of the same set may take the step's place. */
const DATASETS: Readonly<Record<EngineStep, string>> = { digit: 'MNIST', photo: 'CIFAR-10' };

/** Starts the engine if need be, and brings a model that suits the step. */
export async function openStepModel(step: EngineStep): Promise<void> {
  const { settings } = useStore.getState();
  const isOurs = [DEFAULT_ESTIMATORS, ...Object.values(EXPLAINED)].some(
    (ids) => ids.join() === settings.estimators.join(),
  );
  if (isOurs) updateSettings({ estimators: EXPLAINED[step] });
  if (settings.model === '') updateSettings({ model: ENGINE_STEPS[step] });
  await startSession();
  const { model, settings: now } = useStore.getState();
  if (now.step !== step || (now.view !== 'learn' && now.embed === '')) return;
  if (model !== null && model.card.dataset.name !== DATASETS[step]) await selectModel(ENGINE_STEPS[step]);
}
