import { useState } from 'react';
import { useShallow } from 'zustand/react/shallow';
import { compareWithModel, pinFile, pinPicture, stopComparing } from '../../../session/compare';
import { selectModel } from '../../../session/model';
import { isOwnPicture } from '../../../state/pictures';
import { relatives } from '../../../state/relatives';
import { traitName } from '../../../state/series-names';
import { type AppState, useStore } from '../../../state/store';
import { strings } from '../../../strings';
import { Choice } from '../../../ui/Choice';
import { FileButton, PICTURES } from '../../../ui/FileButton';
import { SelectField } from '../../../ui/fields';

const messages = strings.compare;

type Facts = Pick<AppState, 'index' | 'ownModels' | 'model' | 'settings'>;

/** What a person may compare with, beside the model's relatives: others for the same pictures. */
function otherModels({ index, ownModels, model }: Facts): readonly { id: string; name: string }[] {
  if (model === null) return [];
  const { id, dataset, input, labels } = model.card;
  const bundled = (index?.models ?? []).filter((entry) => entry.dataset === dataset.name);
  const own = ownModels
    .filter(({ described }) => described.shape.join() === input.shape.join())
    .filter(({ described }) => described.labels.join() === labels.join())
    .map((entry) => ({ id: entry.id, name: entry.described.name }));
  return [...bundled, ...own].filter((entry) => entry.id !== id);
}

/** The switch between a model and its robust relatives, and what the shown curve is compared with. */
export function CompareBar() {
  const state = useStore(
    useShallow(({ index, ownModels, model, settings }) => ({ index, ownModels, model, settings })),
  );
  const { index, model, settings } = state;
  // Until it is loaded.
  const [wanted, setWanted] = useState<string | null>(null);
  // Keeps its place, so that the curve below does not move when the model comes.
  if (model === null) return <div className="compare-bar" />;
  if (settings.lock === 'model' || settings.hide.includes('compare')) return null;
  const related = relatives(index, model.card.id);
  return (
    <div className="compare-bar">
      {related.length > 1 && (
        <Choice
          label={messages.switch}
          options={related.map((relative) => ({ value: relative.id, text: traitName(relative) }))}
          value={wanted ?? model.card.id}
          onChange={(id) => {
            setWanted(id);
            void selectModel(id).finally(() => setWanted((now) => (now === id ? null : now)));
          }}
        />
      )}
      <CompareButton state={state} />
      {settings.compare !== null && <CompareMenu state={state} />}
    </div>
  );
}

/** A robust relative, the last of the list, for an ordinary model; the ordinary one for a robust model; else any other. */
function counterpart(state: Facts): string | null {
  const { index, model } = state;
  if (model === null) return null;
  const related = relatives(index, model.card.id);
  const own = related.find(({ id }) => id === model.card.id);
  const other = own?.trait === null ? related.findLast(({ trait }) => trait !== null) : related[0];
  const found = other?.id === model.card.id ? undefined : other?.id;
  return found ?? otherModels(state)[0]?.id ?? null;
}

function CompareButton({ state }: { readonly state: Facts }) {
  const { settings, index, model } = state;
  const isOn = settings.compare !== null;
  const other = counterpart(state);
  const hasRelatives = relatives(index, model?.card.id ?? '').length > 1;
  const start = (): void => {
    if (other !== null) compareWithModel(other);
    else pinPicture();
  };
  return (
    <button
      type="button"
      className="compare-button"
      aria-pressed={isOn}
      onClick={isOn ? stopComparing : start}
    >
      {hasRelatives ? messages.ordinaryAgainstRobust : messages.compare}
    </button>
  );
}

const PICTURE = 'picture';

function CompareMenu({ state }: { readonly state: Facts }) {
  const { settings, index, model } = state;
  const { compare } = settings;
  if (compare === null || model === null) return null;
  const related = relatives(index, model.card.id);
  const others = otherModels(state);
  const choose = (value: string): void => (value === PICTURE ? pinPicture() : compareWithModel(value));
  const nameOf = (entry: { id: string; name: string }): string => {
    const relative = related.find((each) => each.id === entry.id);
    return relative ? traitName(relative) : entry.name;
  };
  return (
    <div className="compare-menu">
      <SelectField
        label={messages.with}
        labelSide="hidden"
        value={compare.with === 'picture' ? PICTURE : compare.id}
        onChange={choose}
      >
        {others.map((entry) => (
          <option key={entry.id} value={entry.id}>
            {nameOf(entry)}
          </option>
        ))}
        <option value={PICTURE}>{messages.pin}</option>
      </SelectField>
      {compare.with === 'picture' && <PinButton />}
    </div>
  );
}

/** Another picture takes the pinned one's place; while it is the same, what is to be done. */
function PinButton() {
  const isSame = useStore(({ image, pinned }) => image?.sha256 === pinned?.sha256);
  const isAbsent = useStore(
    ({ pinned, settings: { compare } }) =>
      pinned === null && compare?.with === 'picture' && isOwnPicture(compare.id),
  );
  if (isAbsent) {
    return (
      <p className="hint" role="status" data-testid="absent-pinned">
        {messages.ownPicture}{' '}
        <FileButton
          className="quiet"
          text={messages.chooseOwn}
          accept={PICTURES}
          onChoose={([file]) => void pinFile(file)}
        />
      </p>
    );
  }
  if (isSame) return <p className="hint">{messages.pinnedNow}</p>;
  return (
    <button type="button" className="quiet" onClick={pinPicture}>
      {messages.pinAgain}
    </button>
  );
}
