import { type Colour, clouds, type Dice, mix, Painting, scale } from '../paint';

/** Where things stand, fly and swim. */

export function sky(dice: Dice): Painting {
  const [top, low] = dice.pick<[Colour, Colour]>([
    [
      [0.25, 0.47, 0.8],
      [0.62, 0.78, 0.94],
    ],
    [
      [0.45, 0.62, 0.85],
      [0.8, 0.87, 0.95],
    ],
    [
      [0.62, 0.68, 0.75],
      [0.85, 0.87, 0.9],
    ],
    [
      [0.1, 0.3, 0.66],
      [0.3, 0.55, 0.85],
    ],
  ]);
  const wisps = clouds(2.5, dice.seed(), 4, 2);
  const amount = dice.between(0, 0.9);
  return new Painting(dice, (x, y) =>
    mix(mix(top, low, y), [0.97, 0.97, 0.98], amount * Math.max(2.4 * wisps(x, y) - 1.2, 0)),
  );
}

/** Sky above a sea whose horizon lies at `horizon`. */
export function sea(dice: Dice, horizon: number): Painting {
  const [top, low] = dice.pick<[Colour, Colour]>([
    [
      [0.42, 0.62, 0.88],
      [0.84, 0.9, 0.96],
    ],
    [
      [0.7, 0.75, 0.8],
      [0.88, 0.9, 0.92],
    ],
    [
      [0.3, 0.5, 0.8],
      [0.75, 0.85, 0.95],
    ],
  ]);
  const [far, near] = dice.pick<[Colour, Colour]>([
    [
      [0.25, 0.45, 0.62],
      [0.08, 0.22, 0.36],
    ],
    [
      [0.4, 0.5, 0.55],
      [0.2, 0.28, 0.32],
    ],
    [
      [0.15, 0.42, 0.65],
      [0.05, 0.25, 0.45],
    ],
  ]);
  const waves = clouds(6, dice.seed(), 4, 5);
  return new Painting(dice, (x, y) => {
    if (y < horizon) return mix(top, low, y / horizon);
    const depth = (y - horizon) / (1 - horizon);
    return mix(mix(far, near, depth), [0.85, 0.92, 0.96], 0.5 * (waves(x, y) - 0.42));
  });
}

/** A blurred meadow, wood or yard behind, and ground in front from `horizon` down. */
export function land(
  dice: Dice,
  horizon: number,
  kind: 'grass' | 'wood' | 'road' | 'room' | 'leaf' | 'snow' | 'field',
): Painting {
  const looks: Record<typeof kind, readonly [back: Colour, back2: Colour, front: Colour, front2: Colour]> = {
    grass: [
      [0.24, 0.36, 0.16],
      [0.45, 0.55, 0.3],
      [0.4, 0.55, 0.22],
      [0.28, 0.42, 0.14],
    ],
    wood: [
      [0.12, 0.17, 0.09],
      [0.33, 0.36, 0.2],
      [0.45, 0.42, 0.24],
      [0.3, 0.3, 0.15],
    ],
    road: [
      [0.62, 0.68, 0.7],
      [0.8, 0.82, 0.84],
      [0.52, 0.52, 0.53],
      [0.38, 0.38, 0.4],
    ],
    room: [
      [0.7, 0.62, 0.54],
      [0.84, 0.78, 0.72],
      [0.6, 0.48, 0.38],
      [0.5, 0.38, 0.3],
    ],
    leaf: [
      [0.2, 0.34, 0.12],
      [0.36, 0.5, 0.2],
      [0.36, 0.4, 0.18],
      [0.24, 0.3, 0.12],
    ],
    snow: [
      [0.5, 0.53, 0.56],
      [0.75, 0.78, 0.8],
      [0.92, 0.93, 0.95],
      [0.82, 0.85, 0.9],
    ],
    field: [
      [0.66, 0.78, 0.9],
      [0.85, 0.9, 0.95],
      [0.5, 0.6, 0.28],
      [0.36, 0.48, 0.2],
    ],
  };
  const [back, back2, front, front2] = looks[kind];
  const blur = clouds(3.5, dice.seed(), 3);
  const blades = clouds(9, dice.seed(), 4, 1.5);
  const shade = dice.between(0.85, 1.12);
  return new Painting(dice, (x, y) => {
    const edge = Math.min(Math.max((y - horizon) / 0.05 + 0.5, 0), 1);
    const behind = mix(back, back2, 1.8 * blur(x, y) - 0.4);
    const before = mix(front, front2, 0.6 * ((y - horizon) / (1 - horizon)) + 0.9 * (blades(x, y) - 0.5));
    return scale(mix(behind, before, edge), shade);
  });
}

/** Blurred colours behind something close. */
export function backdrop(dice: Dice, a: Colour, b: Colour): Painting {
  const blur = clouds(2.2, dice.seed(), 3);
  return new Painting(dice, (x, y) => mix(a, b, 2 * blur(x, y) - 0.5));
}
