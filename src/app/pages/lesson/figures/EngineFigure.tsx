import { useEffect, useMemo, useState } from 'react';
import { useShallow } from 'zustand/react/shallow';
import { CATALOGUE } from '../../../../estimators/catalogue';
import { REFERENCE } from '../../../../estimators/roles';
import type { CurveSeries } from '../../../charts/curve';
import { toDataUrl } from '../../../charts/pixels';
import { Progress } from '../../../features/curve/Progress';
import { Problem } from '../../../features/frame/Problem';
import { NoisePanel } from '../../../features/noise/NoisePanel';
import { AbsentPicture } from '../../../features/picture/AbsentPicture';
import { SampleTray } from '../../../features/picture/SampleTray';
import { useSweep } from '../../../queries/hooks';
import { openStepModel } from '../../../session/lesson';
import type { EngineStep } from '../../../state/lesson-steps';
import { missingWords } from '../../../state/missing';
import { radiiOf, shownEstimators } from '../../../state/selectors';
import { useStore } from '../../../state/store';
import { Guess } from '../Guess';
import { lessonStrings } from '../strings';

/** Sampling first, which a guess is held against; then what else is shown. */
function useTruth(): readonly CurveSeries[] {
  const shown = useStore(shownEstimators);
  const estimates = useSweep(({ data }) => data.estimates);
  return useMemo(() => {
    const all = CATALOGUE.flatMap(({ id, name, kind, colour }): CurveSeries[] => {
      if (!shown.includes(id)) return [];
      const points = (estimates[id] ?? []).filter((estimate) => estimate !== undefined);
      return [{ id, name, sampled: kind === 'sampled', colour, points }];
    });
    return all.toSorted((a, b) => Number(b.id === REFERENCE.id) - Number(a.id === REFERENCE.id));
  }, [shown, estimates]);
}

/** A sample picture and its curve, computed by the engine, guessed first. */
export default function EngineFigure({ step }: { readonly step: EngineStep }) {
  useEffect(() => void openStepModel(step), [step]);
  const [isOpen, setOpen] = useState(false);
  const image = useStore((state) => state.image);
  const card = useStore((state) => state.model?.card);
  const predicted = useSweep(({ data }) => data.prediction?.predicted);
  const seed = useStore((state) => state.settings.seed);
  const sigmas = useStore(useShallow(radiiOf));
  const truth = useTruth();
  const missing = useStore(missingWords);
  const shape = image?.prepared.shape;
  const url = useMemo(() => (image ? toDataUrl(image.prepared.data, image.prepared.shape) : null), [image]);
  const messages = lessonStrings.engine;
  return (
    <>
      <Problem />
      <AbsentPicture />
      <div className="engine-picture">
        {url && shape ? (
          <img
            className="pixelated"
            src={url}
            alt={messages.alt}
            width={shape[1] * 4}
            height={shape[0] * 4}
          />
        ) : (
          <p className="hint">{missing ?? messages.loading}</p>
        )}
        <div>
          {card && predicted !== undefined && (
            <p className="engine-says">{messages.says(card.labels[predicted] ?? String(predicted))}</p>
          )}
          <p className="hint">{messages.other}</p>
          <SampleTray />
        </div>
      </div>
      <Progress />
      <Guess
        step={step}
        about={`${step} ${image?.sha256 ?? ''}`}
        sigmas={sigmas}
        truth={truth}
        isReady={sigmas.length > 0 && truth[0]?.points.length === sigmas.length}
        picture={image && sigmas.length > 0 ? { ...image.prepared, seed } : null}
        onReveal={setOpen}
      />
      {isOpen && <NoisePanel />}
    </>
  );
}
