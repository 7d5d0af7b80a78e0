import { useEffect, useRef, useState } from 'react';
import { useWidth } from './primitives/use-width';
import styles from './SolidSurface.module.css';
import type { SurfaceInk, SurfaceView } from './solid-figure';
import { cameraOf, solidFigure, viewOf } from './solid-figure';
import type { Surface } from './surface';

/** An element of this id and class keeps plotly from adding styles of its own, which the page's policy refuses: see SolidSurface.module.css. */
const OWN_STYLES = { id: 'plotly.js-style-global', className: 'no-inline-styles' } as const;

export async function loadPlotly() {
  if (document.getElementById(OWN_STYLES.id) === null) {
    document.head.append(Object.assign(document.createElement('meta'), OWN_STYLES));
  }
  return (await import('plotly.js/dist/plotly-gl3d.min.js')).default;
}

/** No bar of tools: what can be done is done by the sliders, the mouse, and the figure's own way to be saved. */
const CONFIG = { displayModeBar: false, displaylogo: false, scrollZoom: false, showTips: false } as const;

export const solidHeight = (width: number): number => Math.round(Math.min(520, Math.max(300, width * 0.72)));

export interface SolidSurfaceProps {
  readonly surface: Surface;
  readonly label: string;
  readonly view: SurfaceView;
  readonly onView: (view: SurfaceView) => void;
  readonly ink: SurfaceInk;
  readonly loading: string;
  readonly onError: (error: unknown) => void;
}

/** The surface in space, to be turned with the mouse. plotly is loaded when the first one is drawn. */
export function SolidSurface({ surface, label, view, onView, ink, loading, onError }: SolidSurfaceProps) {
  const [container, width] = useWidth();
  const height = solidHeight(width);
  const [isDrawn, setDrawn] = useState(false);
  // Listeners and the first drawing outlive a change of the view, which moves the camera alone.
  const latest = useRef({ view, onView, onError });
  useEffect(() => {
    latest.current = { view, onView, onError };
  });

  useEffect(() => {
    const element = container.current?.firstElementChild as HTMLElement | null | undefined;
    if (!element) return;
    let isCurrent = true;
    const draw = async (): Promise<void> => {
      const plotly = await loadPlotly();
      if (!isCurrent) return;
      const { data, layout } = solidFigure(surface, latest.current.view, ink, { width, height });
      const isFirst = !element.classList.contains('js-plotly-plot');
      const plot = await plotly.react(element, data, layout, CONFIG);
      if (!isCurrent) return;
      setDrawn(true);
      if (!isFirst) return;
      plot.on('plotly_relayout', (event) => {
        const camera = event['scene.camera'] as { eye?: { x: number; y: number; z: number } } | undefined;
        if (camera?.eye !== undefined) latest.current.onView(viewOf(camera.eye));
      });
    };
    draw().catch((error: unknown) => isCurrent && latest.current.onError(error));
    return () => {
      isCurrent = false;
    };
  }, [container, surface, ink, width, height]);

  const { turn, height: tilt } = view;
  useEffect(() => {
    const element = container.current?.firstElementChild as HTMLElement | null | undefined;
    if (!element || !isDrawn) return;
    void loadPlotly().then((plotly) =>
      plotly.relayout(element, { 'scene.camera': cameraOf({ turn, height: tilt }, width) }),
    );
  }, [container, turn, tilt, width, isDrawn]);

  useEffect(() => {
    const element = container.current?.firstElementChild as HTMLElement | null | undefined;
    return () => {
      if (element?.classList.contains('js-plotly-plot'))
        void loadPlotly().then((plotly) => plotly.purge(element));
    };
  }, [container]);

  return (
    <div
      ref={container}
      className={styles.solid}
      data-result
      role="img"
      aria-label={label}
      data-drawn={isDrawn}
    >
      <div style={{ minHeight: height }} />
      {!isDrawn && <p className="hint">{loading}</p>}
    </div>
  );
}
