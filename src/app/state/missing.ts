import { strings } from '../strings';
import type { AppState } from './store';

/** Why there is nothing to show, in words; null where there is something, or it is on its way. */
export function missingWords({ model, image, failed, linkedHash }: AppState): string | null {
  if (model !== null && image !== null) return null;
  if (failed !== null) return strings.failedPart.nothing;
  return model !== null && linkedHash !== null ? strings.ownPicture.nothing : null;
}

/** Whether the picture that the link is of is its owner's, and nobody has chosen it yet. */
export const isPictureAbsent = ({ image, linkedHash }: AppState): boolean =>
  image === null && linkedHash !== null;

/** What may be said of the picture beside the link that the page was opened with; null without such a link. */
export function linkedWords({ image, linkedHash }: AppState): string | null {
  if (image === null || linkedHash === null) return null;
  return image.sha256.startsWith(linkedHash) ? strings.ownPicture.isLinked : strings.ownPicture.isOther;
}
