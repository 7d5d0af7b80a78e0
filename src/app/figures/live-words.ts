import { type Provenance, shortHash } from '../../results/provenance';
import { writeSettings } from '../state/settings';
import type { AppState } from '../state/store';
import { strings } from '../strings';
import { toSweepResult } from '../sweep/export';
import type { FigureWords } from './figure-file';

const words = strings.figure.caption;

/** One line that says where a figure's numbers come from. @param sigma a radius, or a range of them */
export function provenanceLine({ model, image, target, seed, app }: Provenance, sigma: string): string {
  return [
    words.model(model.id, shortHash(model.sha256)),
    words.image(shortHash(image.sha256)),
    words.target(target.label),
    words.seed(seed),
    words.sigma(sigma),
    words.app(app),
  ].join(' · ');
}

/** An address that brings back what is shown, but for a person's own picture. */
export function linkTo({ settings }: Pick<AppState, 'settings'>): string {
  const { origin, pathname } = window.location;
  return `${origin}${pathname}${writeSettings(settings)}`;
}

export interface FigureParts extends Pick<FigureWords, 'title'> {
  readonly kind: string;
  readonly sigma: string;
  readonly note?: string;
  readonly legend?: FigureWords['legend'];
}

export function fileNameOf({ model, image }: Provenance, kind: string): string {
  return `probust-${kind}-${model.id.replaceAll(':', '-').slice(0, 40)}-${image.sha256.slice(0, 8)}`;
}

/** The words of a figure of the page as it is now; null before there is anything to see. */
export function liveWords(
  state: AppState,
  { kind, title, sigma, note, legend = [] }: FigureParts,
): FigureWords | null {
  const result = toSweepResult(state);
  if (result === null) return null;
  const from = provenanceLine(result, sigma);
  return {
    fileName: fileNameOf(result, kind),
    title,
    legend,
    caption: note === undefined ? [from] : [note, from],
    description: `${note ?? title}. ${from}. ${linkTo(state)}`,
  };
}
