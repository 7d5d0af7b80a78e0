import { useMemo, useState } from 'react';
import { formatCount, formatLimits, formatProbability, formatShare, formatSigma } from '../../../ui/format';
import { PlaneControls } from '../plane/PlaneControls';
import { PlaneFigure } from '../plane/PlaneFigure';
import { TallyChart } from '../plane/TallyChart';
import { MOST_COPIES, tallyWay } from '../plane/tally';
import { useCopies, usePlane } from '../plane/use-plane';
import { lessonStrings } from '../strings';

const DROPS = [1, 10, 100, 1000] as const;
/** Marks that are drawn at most: the last ones. */
const DRAWN = 600;

/** Copies are dropped and counted. */
export default function SamplingFigure() {
  const plane = usePlane();
  const place = [...plane.point, plane.sigma, plane.seed].join();
  const [dropped, setDropped] = useState({ place, count: 0 });
  const count = dropped.place === place ? dropped.count : 0;
  const copies = useCopies(plane, count);
  const way = useMemo(
    () =>
      tallyWay(
        copies.map(({ called }) => called),
        plane.target,
      ),
    [copies, plane.target],
  );
  const last = way.at(-1);
  const { plane: messages, sampling, classNames } = lessonStrings;
  const n = formatCount(count);
  const limits = last && formatLimits(last.lo, last.hi);
  const p = last && formatShare(last.p, last.lo, last.hi);
  return (
    <>
      <div className="figure-pair">
        <PlaneFigure
          plane={plane}
          copies={copies.slice(-DRAWN)}
          words={`${messages.words(classNames[plane.target] ?? '', formatSigma(plane.sigma))} ${messages.kept(last?.kept ?? 0, count)}`}
        />
        <div className="tally-side">
          <p className="tally-sentence" role="status">
            {last === undefined ? (
              sampling.nothing
            ) : (
              <>
                <strong>{formatProbability(last.p)}</strong> {sampling.estimate(n)}
                <br />
                <span className="hint">{lessonStrings.readout.limits(limits ?? '')}</span>
              </>
            )}
          </p>
          <TallyChart way={way} words={last ? sampling.chart(n, p ?? '', limits ?? '') : sampling.empty} />
          <div className="row drops">
            {DROPS.map((more) => (
              <button
                key={more}
                type="button"
                disabled={count >= MOST_COPIES}
                onClick={() => setDropped({ place, count: Math.min(MOST_COPIES, count + more) })}
              >
                {sampling.drop(more)}
              </button>
            ))}
            <button type="button" className="quiet" onClick={() => setDropped({ place, count: 0 })}>
              {sampling.again}
            </button>
          </div>
          {count >= MOST_COPIES && <p className="hint">{sampling.most}</p>}
        </div>
      </div>
      <PlaneControls plane={plane} />
    </>
  );
}
