import { type Provenance, shortHash } from '../../results/provenance';
import type { FigureWords } from '../charts/figure/figure-file';
import type { Series } from '../state/question';
import { seriesNames } from '../state/series-names';
import { writeSettings } from '../state/settings';
import { type AppState, useStore } from '../state/store';
import { strings } from '../strings';
import { questionNow } from './series';
import { toSweepResult } from './to-sweep-result';

const messages = strings.figure.caption;

/** One line that says where a figure's numbers come from. @param sigma a radius, or a range of them */
export function provenanceLine({ model, image, target, seed, app }: Provenance, sigma: string): string {
  return [
    messages.model(model.id, shortHash(model.sha256)),
    messages.image(shortHash(image.sha256)),
    messages.target(target.label),
    messages.seed(seed),
    messages.sigma(sigma),
    messages.app(app),
  ].join(' · ');
}

/** An address that brings back what is shown, but for a person's own picture. */
export function linkTo({ settings }: Pick<AppState, 'settings'>): string {
  const { origin, pathname } = window.location;
  return `${origin}${pathname}${writeSettings(settings)}`;
}

/** What the dashed curves are of, where two are compared. */
function comparedLine(): string | null {
  const state = useStore.getState();
  const names = seriesNames(state);
  const compared = questionNow('compared');
  if (names === null || compared === null) return null;
  const { model, image } = compared;
  const what =
    state.settings.compare?.with === 'picture'
      ? messages.image(shortHash(image.sha256))
      : messages.model(model.card.id, shortHash(model.sha256));
  return messages.beside(names.main, names.compared, what);
}

export interface FigureParts extends Pick<FigureWords, 'title'> {
  readonly kind: string;
  readonly sigma: string;
  /** The first lines under the figure. */
  readonly notes?: readonly string[];
  readonly legend?: FigureWords['legend'];
  /** It shows both curves where two are compared. */
  readonly both?: boolean;
}

export function fileNameOf({ model, image }: Provenance, kind: string): string {
  return `probust-${kind}-${model.id.replaceAll(':', '-').slice(0, 40)}-${image.sha256.slice(0, 8)}`;
}

/** The words of a figure of the page as it is now; null before there is anything to see. */
export function figureText(
  { kind, title, sigma, notes = [], legend = [], both = false }: FigureParts,
  series: Series = 'main',
): FigureWords | null {
  const result = toSweepResult(series);
  if (result === null) return null;
  const from = provenanceLine(result, sigma);
  const compared = both ? comparedLine() : null;
  const caption = [...notes, compared, from].filter((line) => line !== null);
  return {
    fileName: fileNameOf(result, kind),
    title,
    legend,
    caption,
    description: `${caption.length > 1 ? '' : `${title}. `}${caption.join('. ')}. ${linkTo(useStore.getState())}`,
  };
}
