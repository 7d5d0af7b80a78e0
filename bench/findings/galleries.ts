import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PNG } from 'pngjs';
import { byRobustness } from './looks';
import { CACHE } from './measure';
import type { Part, Survey } from './results';

export const GALLERIES = join(CACHE, 'galleries');
/** Images of each class at either end, and the pixels between them. */
const [AT_EACH_END, GAP, BETWEEN] = [8, 2, 12];

/** Writes a PNG: a row for each class, on the left the images of lowest p_robust, on the right those of highest. */
export function writeGallery({ images, subject }: Part, survey: Survey): void {
  const [height, width, channels] = images.shape;
  const rows = subject.card.labels.map((_, label) => {
    const ordered = byRobustness(survey, label);
    return [ordered.slice(0, AT_EACH_END), ordered.slice(-AT_EACH_END)] as const;
  });
  const side = AT_EACH_END * (width + GAP);
  const png = new PNG({ width: 2 * side + BETWEEN, height: rows.length * (height + GAP) });
  png.data.fill(128);
  const draw = (image: number, left: number, top: number): void => {
    const x = images.pictures[image]?.x as Float32Array;
    for (let i = 0; i < height * width; i++) {
      const at = 4 * ((top + Math.floor(i / width)) * png.width + left + (i % width));
      for (let c = 0; c < 3; c++) {
        png.data[at + c] = Math.round(255 * (x[i * channels + (channels === 3 ? c : 0)] as number));
      }
      png.data[at + 3] = 255;
    }
  };
  for (const [r, ends] of rows.entries())
    for (const [end, members] of ends.entries())
      for (const [i, image] of members.entries())
        draw(image, end * (side + BETWEEN) + i * (width + GAP), r * (height + GAP));
  mkdirSync(GALLERIES, { recursive: true });
  writeFileSync(join(GALLERIES, `${subject.card.id}.png`), PNG.sync.write(png));
}
