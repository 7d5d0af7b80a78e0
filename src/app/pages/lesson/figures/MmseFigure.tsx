import { useMemo, useState } from 'react';
import { updateSettings } from '../../../state/store';
import { Choice } from '../../../ui/Choice';
import { formatSigma } from '../../../ui/format';
import { type Averaging, averagedPlanes, tangentsAt } from '../plane/geometry';
import { PlaneControls } from '../plane/PlaneControls';
import { PlaneFigure } from '../plane/PlaneFigure';
import { EstimateReadout, Readouts } from '../plane/Readout';
import { StraightLines } from '../plane/StraightLines';
import { usePlane, usePlaneEstimates } from '../plane/use-plane';
import { lessonStrings } from '../strings';

const AVERAGINGS = (['averaged', 'antithetic'] as const).map((value) => ({
  value,
  text: lessonStrings.mmse[value],
}));
const ASKED = ['first-order', 'averaged', 'antithetic', 'reference'] as const;
const SAMPLES = 4096;

/** Planes averaged over noisy copies. */
export default function MmseFigure() {
  const plane = usePlane();
  const { point, target, sigma, seed } = plane;
  const [averaging, setAveraging] = useState<Averaging>('averaged');
  const { copies, single, mean } = useMemo(
    () => averagedPlanes(point, target, sigma, seed, averaging),
    [point, target, sigma, seed, averaging],
  );
  const tangents = useMemo(() => tangentsAt(point, target), [point, target]);
  const found = usePlaneEstimates(ASKED, plane, [sigma], SAMPLES);
  const sampled = found.reference?.[0];
  const { plane: messages, classNames } = lessonStrings;
  return (
    <>
      <PlaneFigure
        plane={plane}
        copies={[]}
        words={`${messages.words(classNames[target] ?? '', formatSigma(sigma))} ${messages.tangents}`}
      >
        {(scale) => (
          <>
            {single.map((halfPlanes, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: copies are known by their number
              <StraightLines key={i} scale={scale} halfPlanes={halfPlanes} thin />
            ))}
            <StraightLines scale={scale} halfPlanes={tangents} dashed />
            <StraightLines scale={scale} halfPlanes={mean} />
            {copies.map((copy, i) => {
              const [x, y] = scale(copy);
              // biome-ignore lint/suspicious/noArrayIndexKey: the same
              return <circle key={i} className="averaged-copy" cx={x} cy={y} r={4} />;
            })}
          </>
        )}
      </PlaneFigure>
      <Readouts>
        <EstimateReadout of={averaging} estimate={found[averaging]?.[0]} sampled={sampled} />
        <EstimateReadout of="first-order" estimate={found['first-order']?.[0]} sampled={sampled} />
        <EstimateReadout of="reference" estimate={sampled} />
      </Readouts>
      <PlaneControls plane={plane}>
        <div className="row">
          <Choice
            label={lessonStrings.mmse.averaging}
            options={AVERAGINGS}
            value={averaging}
            onChange={setAveraging}
          />
          <button type="button" onClick={() => updateSettings({ seed: seed + 1 })}>
            {messages.seed}
          </button>
        </div>
      </PlaneControls>
    </>
  );
}
