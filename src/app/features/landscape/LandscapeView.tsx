import { selectSurface, useStore } from '../../state/store';
import { strings } from '../../strings';
import { Choice } from '../../ui/Choice';
import { Margin } from './Margin';
import { Robustness } from './Robustness';

const words = strings.landscape;
const surfaces = (['robustness', 'margin'] as const).map((value) => ({ value, text: words.surface[value] }));

/** Robustness by radius and class, and the margin around the picture, as surfaces. */
export default function LandscapeView() {
  const surface = useStore((state) => state.surface);
  return (
    <>
      <Choice label={words.surface.label} options={surfaces} value={surface} onChange={selectSurface} />
      {surface === 'robustness' ? <Robustness /> : <Margin />}
    </>
  );
}
