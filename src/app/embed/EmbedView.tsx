import { type ComponentType, lazy, Suspense } from 'react';
import { Problem } from '../common/Problem';
import { linkOf } from '../session/address';
import type { Embedded } from '../state/settings';
import { useStore } from '../state/store';
import { strings } from '../strings';

const FIGURES: Readonly<Record<Embedded, ComponentType>> = {
  figure: lazy(() => import('../lesson/EmbeddedStep')),
  curve: lazy(() => import('./EmbeddedCurve')),
  noise: lazy(() => import('./EmbeddedNoise')),
};

/** One figure alone, for a frame in another page. */
export default function EmbedView() {
  // The link follows all of the settings.
  const { embed: what } = useStore((state) => state.settings);
  if (what === '') return null;
  const Figure = FIGURES[what];
  return (
    <div className="page embed" data-embed={what}>
      <h1 className="visually-hidden">{strings.embed.titles[what]}</h1>
      <Problem />
      <Suspense fallback={<p className="hint">{strings.views.loading}</p>}>
        <Figure />
      </Suspense>
      <p className="embed-source">
        <a href={linkOf({ embed: '' })} target="_blank" rel="noopener">
          {strings.embed.open}
        </a>
      </p>
    </div>
  );
}
