import type { ComponentType } from 'react';
import { Problem } from '../../features/frame/Problem';
import { linkOf } from '../../session/address';
import type { Embedded } from '../../state/settings';
import { useStore } from '../../state/store';
import { strings } from '../../strings';
import { lazyPart } from '../../ui/lazy-part';

const LOADING = <p className="hint">{strings.views.loading}</p>;

const FIGURES: Readonly<Record<Embedded, ComponentType>> = {
  figure: lazyPart(() => import('../lesson/EmbeddedStep'), LOADING),
  curve: lazyPart(() => import('./EmbeddedCurve'), LOADING),
  noise: lazyPart(() => import('./EmbeddedNoise'), LOADING),
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
      <Figure />
      <p className="embed-source">
        <a href={linkOf({ embed: '' })} target="_blank" rel="noopener">
          {strings.embed.open}
        </a>
      </p>
    </div>
  );
}
