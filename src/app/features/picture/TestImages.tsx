import { type KeyboardEvent, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { PackedSet } from '../../../data';
import { selectTestImage } from '../../session/picture';
import { dismissProblem, report } from '../../session/problem';
import { testImage, testLabels, testPixels, toImageData } from '../../session/test-images';
import { testSetsFor } from '../../state/pictures';
import { useStore } from '../../state/store';
import { strings } from '../../strings';
import { SelectField } from '../../ui/fields';
import { formatCount } from '../../ui/format';
import { Thumbnail, ThumbnailButton } from '../../ui/Thumbnail';

const COLUMNS = 8;
const PAGE = 5 * COLUMNS;

/** Real images of the unpacked data sets, by class. */
export function TestImages() {
  const sets = useStore((state) => state.testSets);
  const card = useStore((state) => state.model?.card);
  const fitting = useMemo(() => (card ? testSetsFor(card, sets) : []), [card, sets]);
  const [chosen, setChosen] = useState<PackedSet | null>(null);
  const set = fitting.find((each) => each === chosen) ?? fitting[0];
  if (set === undefined) return null;
  return (
    <div className="test-images">
      {fitting.length > 1 && <SetChoice sets={fitting} set={set} onChange={setChosen} />}
      <Browser key={`${set.dataset}-${set.split}`} set={set} />
    </div>
  );
}

interface SetChoiceProps {
  readonly sets: readonly PackedSet[];
  readonly set: PackedSet;
  readonly onChange: (set: PackedSet) => void;
}

function SetChoice({ sets, set, onChange }: SetChoiceProps) {
  return (
    <SelectField
      label={strings.data.set}
      labelSide="beside"
      value={sets.indexOf(set)}
      onChange={(value) => onChange(sets[Number(value)] ?? set)}
    >
      {sets.map(({ name, split }, i) => (
        <option key={`${name}-${split}`} value={i}>
          {name} {split}
        </option>
      ))}
    </SelectField>
  );
}

type Loaded = { readonly attempt: number; readonly labels: Uint16Array | null };

/** The class of every image: null until they are there, `failed` where they cannot be had. @param attempt counts the tries */
function useLabels(set: PackedSet, attempt: number): { labels: Uint16Array | null; failed: boolean } {
  const [found, setFound] = useState<Loaded | null>(null);
  useEffect(() => {
    let isShown = true;
    const show = (labels: Uint16Array | null): void => void (isShown && setFound({ attempt, labels }));
    testLabels(set).then(show, (error: unknown) => {
      show(null);
      if (isShown) report(error);
    });
    return () => {
      isShown = false;
    };
  }, [set, attempt]);
  const labels = found?.labels ?? null;
  return { labels, failed: labels === null && found?.attempt === attempt };
}

function TryAgain({ onClick }: { readonly onClick: () => void }) {
  return (
    <p className="hint">
      {strings.data.failed}{' '}
      <button type="button" onClick={onClick}>
        {strings.failedPart.retry}
      </button>
    </p>
  );
}

function Browser({ set }: { set: PackedSet }) {
  const [attempt, setAttempt] = useState(0);
  const { labels, failed } = useLabels(set, attempt);
  // Images whose piece of the set could not be had, since the last attempt.
  const [missing, setMissing] = useState(false);
  const again = (): void => {
    dismissProblem();
    setMissing(false);
    setAttempt(attempt + 1);
  };
  const [wanted, setWanted] = useState<number | null>(null);
  const [page, setPage] = useState(0);
  const counts = useMemo(() => {
    const found = new Array<number>(set.labels.length).fill(0);
    for (const label of labels ?? []) found[label] = (found[label] ?? 0) + 1;
    return found;
  }, [labels, set]);
  const indices = useMemo(() => {
    const all = Array.from(labels ?? [], (label, index) => ({ label, index }));
    return all.filter(({ label }) => wanted === null || label === wanted).map(({ index }) => index);
  }, [labels, wanted]);
  if (failed) return <TryAgain onClick={again} />;
  if (labels === null) return <p className="hint">{strings.data.loading}</p>;
  const first = page * PAGE;
  const shown = indices.slice(first, first + PAGE);
  const hasNext = first + PAGE < indices.length;
  return (
    <>
      <SelectField
        label={strings.data.class}
        labelSide="beside"
        value={wanted ?? ''}
        onChange={(value) => {
          setWanted(value === '' ? null : Number(value));
          setPage(0);
        }}
      >
        <option value="">{strings.data.classOption(strings.data.all, formatCount(set.count))}</option>
        {set.labels.map((label, i) => (
          <option key={label} value={i}>
            {strings.data.classOption(label, formatCount(counts[i] ?? 0))}
          </option>
        ))}
      </SelectField>
      {missing && <TryAgain onClick={again} />}
      <Grid
        key={attempt}
        set={set}
        onMissing={() => setMissing(true)}
        shown={shown}
        labels={labels}
        onTurn={(by) => {
          const canTurn = by > 0 ? hasNext : page > 0;
          if (canTurn) setPage(page + by);
          return canTurn;
        }}
      />
      <div className="row test-pages">
        <button type="button" className="quiet" disabled={page === 0} onClick={() => setPage(page - 1)}>
          {strings.data.previous}
        </button>
        <span className="hint" aria-live="polite">
          {shown.length > 0 &&
            strings.data.range(
              formatCount(first + 1),
              formatCount(first + shown.length),
              formatCount(indices.length),
            )}
        </span>
        <button type="button" className="quiet" disabled={!hasNext} onClick={() => setPage(page + 1)}>
          {strings.data.next}
        </button>
      </div>
    </>
  );
}

const STEPS: Readonly<Record<string, number>> = {
  ArrowLeft: -1,
  ArrowRight: 1,
  ArrowUp: -COLUMNS,
  ArrowDown: COLUMNS,
};
const TURNS: Readonly<Record<string, number>> = { PageUp: -1, PageDown: 1 };

interface GridProps {
  readonly set: PackedSet;
  /** Numbers of the images on this page. */
  readonly shown: readonly number[];
  readonly labels: Uint16Array;
  /** An image could not be had. */
  readonly onMissing: () => void;
  /** Turns the page by one; false where there is none. */
  readonly onTurn: (by: number) => boolean;
}

/** One stop of the Tab key; the arrow keys move within, Page up and Page down turn the page. */
function Grid({ set, shown, labels, onMissing, onTurn }: GridProps) {
  const list = useRef<HTMLUListElement>(null);
  const [active, setActive] = useState(0);
  const source = useStore((state) => state.image?.source);
  const selected = source?.kind === 'data' && source.set === set ? source.index : null;
  const focusOn = (place: number): void => {
    setActive(place);
    list.current?.querySelectorAll<HTMLElement>('button')[place]?.focus();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = STEPS[event.key];
    const turn = TURNS[event.key];
    if (step !== undefined) {
      const place = reachable + step;
      if (place >= 0 && place < shown.length) focusOn(place);
    } else if (turn !== undefined) {
      if (onTurn(turn)) focusOn(0);
    } else if (event.key === 'Home') focusOn(0);
    else if (event.key === 'End') focusOn(shown.length - 1);
    else return;
    event.preventDefault();
  };
  const reachable = Math.min(active, shown.length - 1);
  return (
    <ul ref={list} className="test-grid" aria-label={strings.data.grid} onKeyDown={onKeyDown}>
      {shown.map((index, place) => {
        const label = labels[index] as number;
        return (
          // The place, not the image, is the key: a page that is turned keeps its buttons, and so the focus.
          // biome-ignore lint/suspicious/noArrayIndexKey: see above
          <li key={place}>
            <ThumbnailButton
              tabIndex={place === reachable ? 0 : -1}
              aria-pressed={index === selected}
              aria-label={strings.data.image(set.labels[label] ?? String(label), index)}
              title={set.labels[label]}
              data-test-image={index}
              onClick={() => {
                setActive(place);
                testImage(set, index).then(selectTestImage).catch(report);
              }}
            >
              <TestThumbnail set={set} index={index} onMissing={onMissing} />
            </ThumbnailButton>
          </li>
        );
      })}
    </ul>
  );
}

interface TestThumbnailProps {
  readonly set: PackedSet;
  readonly index: number;
  readonly onMissing: () => void;
}

function TestThumbnail({ set, index, onMissing }: TestThumbnailProps) {
  const load = useCallback(async () => toImageData(await testPixels(set, index), set.shape), [set, index]);
  const [height, width] = set.shape;
  return (
    <Thumbnail
      width={width}
      height={height}
      load={load}
      onError={(error) => {
        onMissing();
        report(error);
      }}
    />
  );
}
