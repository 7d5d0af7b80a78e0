import { useMemo } from 'react';
import { REFERENCE } from '../../../../estimators/roles';
import { NOISE_RANGE } from '../../../state/settings';
import { formatSigma } from '../../../ui/format';
import { Guess } from '../Guess';
import { PlaneControls } from '../plane/PlaneControls';
import { PlaneFigure } from '../plane/PlaneFigure';
import { useCopies, usePlane, usePlaneEstimates } from '../plane/use-plane';
import { lessonStrings } from '../strings';

const RADII = 10;
const { min, max } = NOISE_RANGE;
const SIGMAS = Array.from({ length: RADII }, (_, i) => min * (max / min) ** (i / (RADII - 1)));
const ASKED = ['reference'] as const;
const SAMPLES = 2048;
const SHOWN = 100;

/** The whole curve: guessed first. */
export default function CurveFigure() {
  const plane = usePlane();
  const copies = useCopies(plane, SHOWN);
  const { reference } = usePlaneEstimates(ASKED, plane, SIGMAS, SAMPLES);
  const truth = useMemo(() => {
    const { id, name, colour } = REFERENCE;
    return [{ id, name, sampled: true, colour, points: reference ?? [] }];
  }, [reference]);
  const { plane: messages, classNames } = lessonStrings;
  return (
    <>
      <div className="figure-pair">
        <PlaneFigure
          plane={plane}
          copies={copies}
          words={messages.words(classNames[plane.target] ?? '', formatSigma(plane.sigma))}
        />
        <Guess
          step="curve"
          about={plane.point.join()}
          sigmas={SIGMAS}
          truth={truth}
          isReady={reference?.length === RADII}
        />
      </div>
      <PlaneControls plane={plane} />
    </>
  );
}
