import { useMemo, useState } from 'react';
import { Choice } from '../../../ui/Choice';
import { formatEstimate, formatSigma } from '../../../ui/format';
import { fittedGaussian } from '../plane/geometry';
import { MarginPlane } from '../plane/MarginPlane';
import { PlaneControls } from '../plane/PlaneControls';
import { PlaneFigure } from '../plane/PlaneFigure';
import { EstimateReadout, Readouts } from '../plane/Readout';
import { useCopies, usePlane, usePlaneEstimates } from '../plane/use-plane';
import { lessonStrings } from '../strings';

const METHODS = ['moments', 'averaged', 'first-order'] as const;
type Method = (typeof METHODS)[number];
const OPTIONS = METHODS.map((value) => ({ value, text: lessonStrings.margins.methods[value] }));
const ASKED = [...METHODS, 'reference'] as const;
const SHOWN = 300;
const SAMPLES = 4096;

/** The noisy copies in the plane of their two margins, and the Gaussian that each method takes them for. */
export default function MarginsFigure() {
  const plane = usePlane();
  const { point, target, sigma, seed } = plane;
  const [method, setMethod] = useState<Method>('moments');
  const copies = useCopies(plane, SHOWN);
  const found = usePlaneEstimates(ASKED, plane, [sigma], SAMPLES);
  const gaussian = useMemo(
    () => fittedGaussian(method, point, target, sigma, seed),
    [method, point, target, sigma, seed],
  );
  const estimate = found[method]?.[0];
  const kept = copies.filter(({ called }) => called === target).length;
  const { plane: messages, margins, classNames } = lessonStrings;
  return (
    <>
      <div className="figure-pair">
        <PlaneFigure
          plane={plane}
          copies={copies}
          words={`${messages.words(classNames[target] ?? '', formatSigma(sigma))} ${messages.kept(kept, SHOWN)}`}
        />
        <MarginPlane
          copies={copies}
          target={target}
          gaussian={gaussian}
          words={margins.words(
            kept,
            SHOWN,
            margins.methods[method],
            estimate ? formatEstimate(estimate) : '…',
          )}
        />
      </div>
      <Choice label={margins.method} options={OPTIONS} value={method} onChange={setMethod} />
      <Readouts>
        <EstimateReadout of={method} estimate={estimate} sampled={found.reference?.[0]} />
        <EstimateReadout of="reference" estimate={found.reference?.[0]} />
      </Readouts>
      <PlaneControls plane={plane} />
    </>
  );
}
