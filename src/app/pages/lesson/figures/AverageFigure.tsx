import { formatSigma } from '../../../ui/format';
import { PlaneControls } from '../plane/PlaneControls';
import { PlaneFigure } from '../plane/PlaneFigure';
import { EstimateReadout, Readout, Readouts } from '../plane/Readout';
import { TwoPixels } from '../plane/TwoPixels';
import { useCopies, useNearest, usePlane, usePlaneEstimates } from '../plane/use-plane';
import { lessonStrings } from '../strings';

const SHOWN = 200;
const ASKED = ['reference'] as const;
const SAMPLES = 4096;

/** The nearest other class beside the cloud of noise. */
export default function AverageFigure() {
  const plane = usePlane();
  const copies = useCopies(plane, SHOWN);
  const nearest = useNearest(plane);
  const { reference } = usePlaneEstimates(ASKED, plane, [plane.sigma], SAMPLES);
  const kept = copies.filter(({ called }) => called === plane.target).length;
  const { plane: messages, readout, classes, classNames } = lessonStrings;
  const parts = [
    messages.words(classNames[plane.target] ?? '', formatSigma(plane.sigma)),
    nearest ? messages.nearest(nearest.distance.toFixed(2), classes[nearest.called] ?? '') : '',
    messages.kept(kept, SHOWN),
  ];
  return (
    <>
      <PlaneFigure plane={plane} copies={copies} words={parts.join(' ')}>
        {(scale) => {
          if (!nearest) return null;
          const [cx, cy] = scale(plane.point);
          const [x, y] = scale([nearest.point[0] as number, nearest.point[1] as number]);
          return (
            <g>
              <circle className="worst-ring" cx={cx} cy={cy} r={nearest.distance * scale.unit} />
              <line className="worst-line" x1={cx} y1={cy} x2={x} y2={y} />
              <path className="worst-mark" d={`M${x - 6},${y - 6} l12,12 m0,-12 l-12,12`} />
            </g>
          );
        }}
      </PlaneFigure>
      <Readouts>
        <div>
          <dt>{readout.picture}</dt>
          <dd>
            <TwoPixels point={plane.point} />
          </dd>
        </div>
        <Readout
          term={readout.worst}
          value={nearest ? nearest.distance.toFixed(3) : nearest === null ? readout.none : '…'}
        />
        <EstimateReadout of="reference" estimate={reference?.[0]} />
      </Readouts>
      <PlaneControls plane={plane} />
      <p className="hint">{messages.outside}</p>
    </>
  );
}
