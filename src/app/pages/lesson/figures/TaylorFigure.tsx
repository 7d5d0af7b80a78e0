import { useMemo } from 'react';
import { formatSigma } from '../../../ui/format';
import { tangentsAt } from '../plane/geometry';
import { PlaneControls } from '../plane/PlaneControls';
import { PlaneFigure } from '../plane/PlaneFigure';
import { EstimateReadout, Readouts } from '../plane/Readout';
import { StraightLines } from '../plane/StraightLines';
import { useCopies, usePlane, usePlaneEstimates } from '../plane/use-plane';
import { lessonStrings } from '../strings';

const SHOWN = 120;
const ASKED = ['first-order', 'reference'] as const;
const SAMPLES = 4096;

/** Tangent half-planes at the picture. */
export default function TaylorFigure() {
  const plane = usePlane();
  const copies = useCopies(plane, SHOWN);
  const tangents = useMemo(() => tangentsAt(plane.point, plane.target), [plane.point, plane.target]);
  const { reference, 'first-order': taylor } = usePlaneEstimates(ASKED, plane, [plane.sigma], SAMPLES);
  const { plane: messages, classNames } = lessonStrings;
  return (
    <>
      <PlaneFigure
        plane={plane}
        copies={copies}
        words={`${messages.words(classNames[plane.target] ?? '', formatSigma(plane.sigma))} ${messages.tangents}`}
      >
        {(scale) => <StraightLines scale={scale} halfPlanes={tangents} />}
      </PlaneFigure>
      <Readouts>
        <EstimateReadout of="first-order" estimate={taylor?.[0]} sampled={reference?.[0]} />
        <EstimateReadout of="reference" estimate={reference?.[0]} />
      </Readouts>
      <PlaneControls plane={plane} />
    </>
  );
}
