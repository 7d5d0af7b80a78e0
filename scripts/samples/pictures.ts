import { readFileSync } from 'node:fs';
import type { RgbaImage } from '../../src/image';
import { createDice } from './paint';
import { SCENES, type Scene } from './scenes';

/** Height and width: larger than a model's input, so that a crop has something to do. */
const SIZE = 96;

/** A variant of a scene. */
export interface Choice {
  readonly scene: string;
  /** Of the dice. */
  readonly seed: number;
}

export interface Picture extends Choice {
  readonly id: string;
  readonly label: string;
  readonly title: string;
}

export const CHOSEN_FILE = new URL('./chosen.json', import.meta.url);

/** The same bytes for the same scene and seed. */
export function drawScene({ draw }: Scene, seed: number): RgbaImage {
  return draw(createDice(seed)).render(SIZE);
}

/** The variants that models recognised when they were chosen (`npm run samples -- --choose`). */
export function chosenPictures(): Picture[] {
  const { pictures } = JSON.parse(readFileSync(CHOSEN_FILE, 'utf8')) as { pictures: Choice[] };
  return pictures.map(({ scene, seed }) => {
    const { id, label, title } = findScene(scene);
    const earlier = pictures.slice(
      0,
      pictures.findIndex((each) => each.scene === scene && each.seed === seed),
    );
    const number = earlier.filter((each) => each.scene === scene).length;
    return {
      scene,
      seed,
      id: number === 0 ? id : `${id}-${number + 1}`,
      label,
      title: number === 0 ? title : title.replace(/^(An?|The) /, 'Another '),
    };
  });
}

export function findScene(id: string): Scene {
  const scene = SCENES.find((each) => each.id === id);
  if (scene === undefined) throw new Error(`There is no scene “${id}”.`);
  return scene;
}
