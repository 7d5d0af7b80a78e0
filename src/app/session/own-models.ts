import { proxy } from 'comlink';
import type { EngineErrorInfo } from '../../workers/error-info';
import type { OwnModelDescription } from '../../workers/models/own/description';
import type { LoadPhase, OwnModelFile } from '../../workers/protocol/models';
import { engine } from '../engine/client';
import { type OwnModelForm, useStore } from '../state/store';
import { selectModel, showModel } from './model';
import { messageOf, report } from './problem';
import { trials } from './trial';
import type { Trial } from './trials';

/** Models that a person brings: looked at, described, kept, changed, removed. */

let lastLook = 0;
/** What is described now, and where it is tried. */
let looked: readonly OwnModelFile[] = [];
let trial: Trial | null = null;

function endTrial(): void {
  trial?.end();
  trial = null;
}

type Describing = Extract<OwnModelForm, { step: 'describing' }>;

function updateForm(id: string, change: Partial<Pick<Describing, 'busy' | 'problem'>>): void {
  useStore.setState(({ ownModelForm: form }) =>
    form?.step === 'describing' && form.id === id ? { ownModelForm: { ...form, ...change } } : {},
  );
}

function isDescribing(id: string): boolean {
  const { ownModelForm: form } = useStore.getState();
  return form?.step === 'describing' && form.id === id;
}

export async function listOwnModels(): Promise<void> {
  useStore.setState({ ownModels: await engine.ownModels() });
}

/** Looks at files, and asks what they do not say. What is wrong with them is shown; nothing else changes. */
export async function openOwnModel(files: readonly OwnModelFile[]): Promise<void> {
  const look = ++lastLook;
  useStore.setState({ ownModelForm: { step: 'reading' }, problem: null });
  trial = trials.begin();
  try {
    const found = await trial.run((tried) => tried.inspectOwnModel(files));
    if (look !== lastLook) return;
    looked = files;
    const { id, guessed: described } = found;
    useStore.setState({
      ownModelForm: { step: 'describing', report: found, id, described, busy: null, problem: null },
    });
  } catch (error) {
    if (look !== lastLook) return;
    endTrial();
    useStore.setState({ ownModelForm: null });
    report(error);
    // Another try is likely.
    trials.prepare();
  }
}

/** Says that files may come soon that are a model. */
export function expectOwnModel(): void {
  if (useStore.getState().backend !== null) trials.prepare();
}

/** Leaves the form; what was looked at is forgotten. */
export function closeOwnModelForm(): void {
  lastLook++;
  useStore.setState({ ownModelForm: null });
  looked = [];
  endTrial();
}

/** Asks for another description of a model that is kept. */
export function editOwnModel(id: string): void {
  const entry = useStore.getState().ownModels.find((each) => each.id === id);
  if (entry === undefined) return;
  const { described } = entry;
  useStore.setState({
    ownModelForm: { step: 'describing', report: null, id, described, busy: null, problem: null },
  });
}

/** Loads a model by a description where nothing else is lost if it hangs. Rejects if it cannot be loaded. */
async function tryDescription(
  { id, report: found }: Describing,
  files: readonly OwnModelFile[],
  described: OwnModelDescription,
): Promise<void> {
  const mine = trial ?? trials.begin();
  trial = mine;
  try {
    await mine.run(async (tried) => {
      if (found !== null) {
        await tried.inspectOwnModel(files);
        await tried.addOwnModel(id, described);
        return;
      }
      await tried.describeOwnModel(id, described).catch((error: Partial<EngineErrorInfo>) => {
        // Where the browser keeps nothing, it was tried when it came.
        if (error.code !== 'model_not_found') throw error;
      });
    });
  } finally {
    mine.end();
    if (trial === mine) trial = null;
  }
}

/** Takes a description: the model is loaded by it, kept, and shown. What is wrong with it is said in the form. */
export async function describeOwnModel(described: OwnModelDescription): Promise<void> {
  const { ownModelForm: form } = useStore.getState();
  if (form?.step !== 'describing' || form.busy !== null) return;
  const { id } = form;
  updateForm(id, { busy: 'loading', problem: null });
  const onPhase = (busy: LoadPhase): void => updateForm(id, { busy });
  try {
    const files = looked;
    const load = async () => {
      await tryDescription(form, files, described);
      if (form.report === null) {
        return { model: await engine.describeOwnModel(id, described, proxy(onPhase)), notKept: null };
      }
      await engine.inspectOwnModel(files);
      return engine.addOwnModel(id, described, proxy(onPhase));
    };
    const { model, notKept } = await load();
    if (!isDescribing(id)) {
      // Nobody waits for it any more. What was kept before stays.
      if (form.report?.isKept === false) await engine.removeOwnModel(id);
      return;
    }
    await listOwnModels();
    useStore.setState({ ownModelForm: null });
    await showModel(async () => model);
    if (notKept !== null) report(new Error(notKept));
  } catch (error) {
    updateForm(id, { busy: null, problem: messageOf(error) });
  }
}

/** Removes a model from the browser; the default model takes its place if it was shown. */
export async function removeOwnModel(id: string): Promise<void> {
  const { model, index } = useStore.getState();
  useStore.setState({ ownModelForm: null });
  if (model?.card.id === id) await selectModel(index?.default ?? '');
  await engine.removeOwnModel(id).catch(report);
  await listOwnModels();
}
