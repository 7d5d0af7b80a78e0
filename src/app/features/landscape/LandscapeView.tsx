import { selectSurface, useStore } from '../../state/store';
import { strings } from '../../strings';
import { Choice } from '../../ui/Choice';
import { Margin } from './Margin';
import { Robustness } from './Robustness';

const messages = strings.landscape;
const surfaces = (['robustness', 'margin'] as const).map((value) => ({
  value,
  text: messages.surface[value],
}));

/** Robustness by radius and class, and the margin around the picture, as surfaces. */
export default function LandscapeView() {
  const surface = useStore((state) => state.surface);
  return (
    <>
      <Choice label={messages.surface.label} options={surfaces} value={surface} onChange={selectSurface} />
      {surface === 'robustness' ? <Robustness /> : <Margin />}
    </>
  );
}
