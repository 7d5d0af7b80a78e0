import type { ReactNode } from 'react';
import { NOISE_RANGE } from '../../../state/settings';
import { updateSettings, useStore } from '../../../state/store';
import { RangeField } from '../../../ui/fields';
import { lessonStrings } from '../strings';
import { PLACES, STEP_PLACES } from './places';
import type { PlaneState } from './use-plane';
import { setNoise } from './use-plane';

interface PlaneControlsProps {
  readonly plane: PlaneState;
  /** Whether one radius is asked for. */
  readonly withNoise?: boolean;
  readonly children?: ReactNode;
}

/** The radius of the noise, places to go to, and what else the step offers. */
export function PlaneControls({ plane, withNoise = true, children }: PlaneControlsProps) {
  const step = useStore((state) => state.settings.step);
  const { min, max } = NOISE_RANGE;
  const here = ({ point }: { readonly point: readonly [number, number] }): boolean =>
    point[0] === plane.point[0] && point[1] === plane.point[1];
  return (
    <div className="plane-controls">
      {withNoise && (
        <div className="plane-noise">
          <RangeField
            label={
              <>
                {lessonStrings.plane.noise} = <output>{plane.sigma.toFixed(2)}</output>
              </>
            }
            labelSide="above"
            min={min}
            max={max}
            step={0.01}
            value={plane.sigma}
            onChange={setNoise}
          />
        </div>
      )}
      <fieldset className="places">
        <legend>{lessonStrings.plane.places}</legend>
        {(STEP_PLACES[step] ?? []).map((name) => (
          <button
            key={name}
            type="button"
            aria-pressed={here(PLACES[name])}
            onClick={() =>
              updateSettings({ point: PLACES[name].point, ...(withNoise && { noise: PLACES[name].sigma }) })
            }
          >
            {lessonStrings.plane.placeNames[name]}
          </button>
        ))}
      </fieldset>
      {children}
    </div>
  );
}
