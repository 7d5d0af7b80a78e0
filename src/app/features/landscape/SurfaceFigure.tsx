import { useState } from 'react';
import { FlatSurface } from '../../charts/FlatSurface';
import { Figure } from '../../charts/figure/Figure';
import type { FigurePicture, FigureTheme, FigureWords } from '../../charts/figure/figure-file';
import { loadPlotly, SolidSurface, solidHeight } from '../../charts/SolidSurface';
import { type SurfaceView, solidFigure } from '../../charts/solid-figure';
import type { Surface } from '../../charts/surface';
import { report } from '../../session/problem';
import { strings } from '../../strings';
import { Choice } from '../../ui/Choice';
import { RangeField } from '../../ui/fields';
import styles from './SurfaceFigure.module.css';
import { inkOf, useInk } from './use-ink';

const messages = strings.landscape;
const shapes = (['solid', 'flat'] as const).map((value) => ({ value, text: messages.shape[value] }));
const START: SurfaceView = { turn: -60, height: 32 };
const SAVED = { width: 800, scale: 2 } as const;

const hasWebGl = (): boolean => {
  const canvas = document.createElement('canvas');
  return (canvas.getContext('webgl2') ?? canvas.getContext('webgl')) !== null;
};
let knownWebGl: boolean | undefined;

export interface SurfaceFigureProps {
  readonly name: 'robustness' | 'margin';
  readonly surface: Surface;
  readonly label: string;
  readonly describe: () => FigureWords | null;
}

/** A surface in space or flat, as the person and the browser will have it. */
export function SurfaceFigure({ name, surface, label, describe }: SurfaceFigureProps) {
  knownWebGl ??= hasWebGl();
  const [shape, setShape] = useState<'solid' | 'flat'>('solid');
  const [view, setView] = useState(START);
  const ink = useInk();
  const isSolid = knownWebGl && shape === 'solid';
  const picture = async (theme: FigureTheme): Promise<FigurePicture> => {
    const plotly = await loadPlotly();
    const size = { width: SAVED.width, height: solidHeight(SAVED.width) };
    const figure = solidFigure(surface, view, inkOf(theme), size);
    const options = { format: 'png', ...size, scale: SAVED.scale } as const;
    const href = await plotly.toImage(figure, options);
    return { href, ...size };
  };
  return (
    <>
      {knownWebGl ? (
        <Choice label={messages.shape.label} options={shapes} value={shape} onChange={setShape} />
      ) : (
        <p className="hint">{messages.noWebGl}</p>
      )}
      <Figure
        key={isSolid ? 'solid' : 'flat'}
        name={name}
        label={strings.figure.names[name]}
        describe={describe}
        onError={report}
        {...(isSolid ? { picture } : {})}
      >
        {isSolid ? (
          <SolidSurface
            surface={surface}
            label={label}
            view={view}
            onView={setView}
            ink={ink}
            loading={messages.loading}
            onError={(error) => {
              setShape('flat');
              report(error);
            }}
          />
        ) : (
          <FlatSurface surface={surface} label={label} />
        )}
      </Figure>
      {isSolid && <Turns view={view} onView={setView} />}
    </>
  );
}

interface TurnsProps {
  readonly view: SurfaceView;
  readonly onView: (view: SurfaceView) => void;
}

/** What the mouse does to the view, for the keyboard. */
function Turns({ view, onView }: TurnsProps) {
  const slider = (part: keyof SurfaceView, min: number, max: number) => (
    <RangeField
      label={messages[part]}
      min={min}
      max={max}
      step={5}
      value={view[part]}
      valueText={messages.degrees(view[part])}
      onChange={(value) => onView({ ...view, [part]: value })}
    />
  );
  return (
    <div className={styles.turns}>
      {slider('turn', -180, 180)}
      {slider('height', 0, 90)}
    </div>
  );
}
