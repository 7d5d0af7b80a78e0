import { type Colour, type Dice, ellipse, join, limb, type Painting, polygon, scale } from '../paint';
import { land, sea, sky } from './grounds';

const GLASS: Colour = [0.16, 0.2, 0.25];
const TYRE: Colour = [0.07, 0.07, 0.08];

/** An airliner from the side, nose to the left. */
export function airliner(dice: Dice): Painting {
  const picture = sky(dice);
  const y = dice.between(0.44, 0.56);
  const tilt = dice.between(-0.02, 0.14);
  const at = (x: number): number => y + tilt * (x - 0.5);
  const body = dice.pick<Colour>([
    [0.93, 0.94, 0.95],
    [0.75, 0.78, 0.82],
    [0.85, 0.86, 0.88],
  ]);
  const tail = dice.pick<Colour>([
    [0.75, 0.14, 0.16],
    [0.12, 0.25, 0.55],
    [0.9, 0.9, 0.92],
  ]);
  const r = dice.between(0.042, 0.058);
  const farWing = polygon(
    [0.46, at(0.46) - 0.01, 0.55, at(0.55) - 0.01, 0.68, at(0.6) - 0.15, 0.63, at(0.6) - 0.15],
    0.006,
  );
  const nearWing = polygon(
    [0.4, at(0.4) + 0.02, 0.56, at(0.56) + 0.02, 0.76, at(0.7) + 0.16, 0.69, at(0.7) + 0.16],
    0.008,
  );
  const fin = polygon(
    [0.8, at(0.8) - 0.01, 0.93, at(0.93) - 0.01, 0.96, at(0.96) - 0.19, 0.89, at(0.9) - 0.19],
    0.006,
  );
  return picture
    .add(farWing, scale(body, 0.75), { grain: 0.1 })
    .add(fin, tail, { grain: 0.1 })
    .add(limb(0.11, at(0.11), 0.62, at(0.62), r * 0.85, r), body, { bulge: 0.06 })
    .add(limb(0.6, at(0.6), 0.93, at(0.93) - 0.02, r, 0.016), body, { bulge: 0.06 })
    .add(limb(0.2, at(0.2) - 0.012, 0.78, at(0.78) - 0.012, 0.006), GLASS, { opacity: 0.55 })
    .add(ellipse(0.095, at(0.1) - 0.015, 0.022, 0.014), GLASS)
    .add(
      polygon([0.84, at(0.84), 0.92, at(0.92), 0.99, at(0.95) + 0.05, 0.94, at(0.95) + 0.05], 0.004),
      scale(body, 0.8),
    )
    .add(nearWing, scale(body, 0.66), { grain: 0.1 })
    .add(limb(0.46, at(0.46) + 0.075, 0.54, at(0.54) + 0.075, 0.026), scale(body, 0.5), { bulge: 0.03 });
}

/** A jet from below, climbing. */
export function jet(dice: Dice): Painting {
  const picture = sky(dice);
  const turn = dice.between(-0.9, 0.9);
  const size = dice.between(0.85, 1.05);
  const [cos, sin] = [size * Math.cos(turn), size * Math.sin(turn)];
  const place = (points: readonly number[]): number[] =>
    points.map((_, i) => {
      const k = i - (i % 2);
      const [u, v] = [points[k] as number, points[k + 1] as number];
      return 0.5 + (i % 2 === 0 ? u * cos - v * sin : u * sin + v * cos);
    });
  const grey = dice.pick<Colour>([
    [0.4, 0.43, 0.48],
    [0.28, 0.3, 0.34],
    [0.8, 0.82, 0.85],
    [0.55, 0.58, 0.62],
  ]);
  const [ax, ay, bx, by] = place([0, -0.36, 0, 0.34]) as [number, number, number, number];
  const sweep = dice.between(0.06, 0.2);
  const wings = polygon(
    place([
      -0.04,
      -0.1,
      -0.42,
      sweep,
      -0.42,
      sweep + 0.07,
      0,
      0.1,
      0.42,
      sweep + 0.07,
      0.42,
      sweep,
      0.04,
      -0.1,
    ]),
    0.006,
  );
  const tail = polygon(place([0, 0.24, -0.17, 0.36, -0.16, 0.4, 0, 0.36, 0.16, 0.4, 0.17, 0.36]), 0.005);
  return picture
    .add(wings, scale(grey, 0.85), { grain: 0.15 })
    .add(tail, scale(grey, 0.75))
    .add(limb(ax, ay, bx, by, 0.026 * size, 0.036 * size), grey, { bulge: 0.03 });
}

/** A ship from the side: hull, deck house, funnel. */
export function freighter(dice: Dice): Painting {
  const horizon = dice.between(0.5, 0.6);
  const picture = sea(dice, horizon);
  const hull = dice.pick<Colour>([
    [0.5, 0.1, 0.1],
    [0.12, 0.18, 0.32],
    [0.15, 0.16, 0.18],
    [0.85, 0.86, 0.88],
  ]);
  const water = horizon + dice.between(0.09, 0.16);
  const deck = water - dice.between(0.12, 0.17);
  const white: Colour = [0.92, 0.92, 0.9];
  picture
    .add(polygon([0.62, deck - 0.2, 0.84, deck - 0.2, 0.84, deck, 0.62, deck], 0.005), white, { grain: 0.1 })
    .add(
      polygon([0.66, deck - 0.27, 0.78, deck - 0.27, 0.79, deck - 0.2, 0.65, deck - 0.2], 0.004),
      scale(white, 0.92),
    )
    .add(
      polygon([0.8, deck - 0.3, 0.86, deck - 0.3, 0.87, deck - 0.15, 0.79, deck - 0.15], 0.003),
      dice.pick<Colour>([
        [0.7, 0.15, 0.12],
        [0.1, 0.15, 0.3],
        [0.85, 0.6, 0.1],
      ]),
    );
  for (const row of [0.16, 0.1, 0.05]) {
    picture.add(limb(0.64, deck - row, 0.82, deck - row, 0.009), GLASS, { opacity: 0.75 });
  }
  for (let i = 0; i < 5; i++) {
    const x = 0.18 + 0.083 * i;
    const high = dice.between(0.05, 0.11);
    const colour = dice.pick<Colour>([
      [0.65, 0.25, 0.15],
      [0.2, 0.35, 0.55],
      [0.55, 0.56, 0.55],
      [0.2, 0.42, 0.3],
    ]);
    picture.add(polygon([x, deck - high, x + 0.07, deck - high, x + 0.07, deck, x, deck], 0.002), colour, {
      grain: 0.15,
    });
  }
  return picture
    .add(limb(0.4, deck - 0.24, 0.4, deck, 0.006), [0.35, 0.33, 0.3])
    .add(polygon([0.05, deck - 0.02, 0.92, deck, 0.89, water, 0.12, water], 0.006), hull, { grain: 0.12 })
    .add(
      polygon([0.11, water - 0.025, 0.9, water - 0.025, 0.89, water, 0.12, water], 0.004),
      scale(hull, 0.6),
    )
    .add(ellipse(0.5, water + 0.012, 0.46, 0.016), [0.85, 0.9, 0.93], { soft: 0.03, opacity: 0.7 })
    .add(ellipse(0.5, water + 0.07, 0.4, 0.05), scale(hull, 0.5), { soft: 0.1, opacity: 0.35 });
}

/** A sailing boat. */
export function sailer(dice: Dice): Painting {
  const horizon = dice.between(0.56, 0.68);
  const picture = sea(dice, horizon);
  const water = horizon + 0.14;
  const white: Colour = [0.95, 0.95, 0.93];
  const lean = dice.between(-0.04, 0.05);
  const hull = dice.pick<Colour>([
    [0.9, 0.9, 0.9],
    [0.14, 0.2, 0.35],
    [0.5, 0.2, 0.12],
  ]);
  return picture
    .add(limb(0.5 + lean, 0.1, 0.5, water - 0.06, 0.006), [0.3, 0.26, 0.22])
    .add(polygon([0.51 + lean, 0.12, 0.52, water - 0.11, 0.77, water - 0.11], 0.004), white, { grain: 0.15 })
    .add(polygon([0.49 + lean, 0.17, 0.48, water - 0.1, 0.27, water - 0.09], 0.004), scale(white, 0.9), {
      grain: 0.15,
    })
    .add(polygon([0.2, water - 0.07, 0.83, water - 0.065, 0.74, water, 0.29, water], 0.008), hull, {
      bulge: 0.05,
    })
    .add(ellipse(0.51, water + 0.012, 0.32, 0.012), [0.9, 0.94, 0.96], { soft: 0.03, opacity: 0.6 })
    .add(ellipse(0.52, water + 0.08, 0.22, 0.07), white, { soft: 0.12, opacity: 0.25 });
}

function wheel(picture: Painting, x: number, y: number, r: number): void {
  picture
    .add(ellipse(x, y, r, r), TYRE)
    .add(ellipse(x, y, 0.6 * r, 0.6 * r), [0.62, 0.64, 0.66], { bulge: 0.02 })
    .add(ellipse(x, y, 0.22 * r, 0.22 * r), [0.25, 0.25, 0.27]);
}

const PAINTS: readonly Colour[] = [
  [0.72, 0.08, 0.08],
  [0.1, 0.22, 0.55],
  [0.85, 0.86, 0.87],
  [0.9, 0.72, 0.1],
  [0.13, 0.14, 0.16],
  [0.5, 0.53, 0.56],
  [0.1, 0.38, 0.25],
];

/** A car from the side, front to the left. */
export function car(dice: Dice): Painting {
  const picture = land(dice, dice.between(0.5, 0.62), 'road');
  const paint = dice.pick(PAINTS);
  const ground = dice.between(0.7, 0.76);
  const roof = ground - dice.between(0.27, 0.33);
  const belt = ground - 0.17;
  const front = dice.between(0.26, 0.32);
  const back = dice.between(0.74, 0.84);
  const body = join(
    0.05,
    polygon(
      [0.07, belt + 0.04, 0.3, belt, 0.86, belt, 0.93, belt + 0.03, 0.93, ground - 0.04, 0.07, ground - 0.04],
      0.014,
    ),
    polygon([front, belt + 0.01, front + 0.13, roof, back - 0.14, roof, back + 0.04, belt + 0.01], 0.012),
  );
  picture
    .add(ellipse(0.5, ground + 0.025, 0.46, 0.03), [0.1, 0.1, 0.11], { soft: 0.06, opacity: 0.7 })
    .add(body, paint, { bulge: 0.07 })
    .add(
      polygon([front + 0.05, belt, front + 0.145, roof + 0.03, 0.52, roof + 0.03, 0.52, belt], 0.004),
      GLASS,
    )
    .add(
      polygon([0.545, belt, 0.545, roof + 0.03, back - 0.15, roof + 0.03, back - 0.03, belt], 0.004),
      GLASS,
    )
    .add(limb(front + 0.13, roof + 0.045, front + 0.2, roof + 0.045, 0.006), [0.7, 0.76, 0.8], {
      opacity: 0.5,
    })
    .add(limb(0.08, ground - 0.05, 0.92, ground - 0.05, 0.012), scale(paint, 0.45))
    .add(ellipse(0.095, belt + 0.07, 0.025, 0.02), [0.95, 0.94, 0.85])
    .add(ellipse(0.92, belt + 0.06, 0.016, 0.025), [0.75, 0.1, 0.08])
    .add(limb(0.535, belt + 0.02, 0.53, ground - 0.07, 0.003), scale(paint, 0.5));
  wheel(picture, 0.25, ground - 0.012, 0.078);
  wheel(picture, 0.76, ground - 0.012, 0.078);
  return picture;
}

/** A car from the front. */
export function carFront(dice: Dice): Painting {
  const picture = land(dice, dice.between(0.4, 0.55), dice.pick(['road', 'grass'] as const));
  const paint = dice.pick(PAINTS);
  const base = dice.between(0.78, 0.84);
  const wide = dice.between(0.32, 0.37);
  const side = (points: readonly number[]): number[] =>
    points.map((v, i) => (i % 2 === 0 ? 0.5 + v * wide : base + v));
  picture
    .add(ellipse(0.5, base + 0.02, 1.15 * wide, 0.035), [0.1, 0.1, 0.11], { soft: 0.07, opacity: 0.75 })
    .add(polygon(side([-0.95, -0.12, -0.62, -0.12, -0.62, 0.02, -0.95, 0.02]), 0.01), TYRE)
    .add(polygon(side([0.62, -0.12, 0.95, -0.12, 0.95, 0.02, 0.62, 0.02]), 0.01), TYRE)
    .add(polygon(side([-0.62, -0.5, 0.62, -0.5, 0.88, -0.28, -0.88, -0.28]), 0.02), paint, { bulge: 0.06 })
    .add(polygon(side([-0.6, -0.47, 0.6, -0.47, 0.78, -0.31, -0.78, -0.31]), 0.01), GLASS, { grain: 0.5 })
    .add(
      polygon(side([-0.92, -0.28, 0.92, -0.28, 1, -0.16, 0.98, -0.04, -0.98, -0.04, -1, -0.16]), 0.02),
      paint,
      { bulge: 0.09 },
    )
    .add(polygon(side([-0.5, -0.17, 0.5, -0.17, 0.46, -0.11, -0.46, -0.11]), 0.006), [0.1, 0.1, 0.11])
    .add(limb(0.5 - 0.9 * wide, base - 0.065, 0.5 + 0.9 * wide, base - 0.065, 0.014), scale(paint, 0.55))
    .add(polygon(side([-0.3, -0.085, 0.3, -0.085, 0.3, -0.045, -0.3, -0.045]), 0.003), [0.85, 0.85, 0.82]);
  for (const way of [-1, 1]) {
    picture
      .add(ellipse(0.5 + way * 0.74 * wide, base - 0.16, 0.062, 0.034, way * -0.15), [0.94, 0.94, 0.9], {
        bulge: 0.03,
      })
      .add(ellipse(0.5 + way * 1.02 * wide, base - 0.3, 0.03, 0.018), scale(paint, 0.8));
  }
  return picture;
}

/** A lorry from the side, cab to the left. */
export function lorry(dice: Dice): Painting {
  const picture = land(dice, dice.between(0.55, 0.65), dice.pick(['road', 'field'] as const));
  const ground = dice.between(0.76, 0.82);
  const cab = dice.pick(PAINTS);
  const box = dice.pick<Colour>([
    [0.92, 0.92, 0.9],
    [0.75, 0.77, 0.8],
    [0.2, 0.35, 0.6],
    [0.7, 0.15, 0.12],
    [0.85, 0.65, 0.2],
  ]);
  const top = ground - dice.between(0.46, 0.54);
  const roof = ground - dice.between(0.36, 0.44);
  const split = dice.between(0.3, 0.36);
  picture
    .add(ellipse(0.5, ground + 0.02, 0.48, 0.03), [0.1, 0.1, 0.1], { soft: 0.06, opacity: 0.7 })
    .add(
      polygon([0.12, ground - 0.11, 0.95, ground - 0.11, 0.95, ground - 0.05, 0.12, ground - 0.05]),
      [0.14, 0.14, 0.15],
    )
    .add(
      polygon([split + 0.02, top, 0.96, top, 0.96, ground - 0.11, split + 0.02, ground - 0.11], 0.004),
      box,
      { bulge: 0.03, grain: 0.12 },
    )
    .add(
      polygon([split + 0.02, top, 0.96, top, 0.96, top + 0.025, split + 0.02, top + 0.025]),
      scale(box, 0.8),
    )
    .add(
      polygon([0.06, roof + 0.17, 0.1, roof, split, roof, split, ground - 0.06, 0.05, ground - 0.06], 0.012),
      cab,
      { bulge: 0.05 },
    )
    .add(polygon([0.08, roof + 0.16, 0.115, roof + 0.03, 0.2, roof + 0.03, 0.2, roof + 0.16], 0.004), GLASS)
    .add(
      polygon(
        [0.22, roof + 0.16, 0.22, roof + 0.03, split - 0.03, roof + 0.03, split - 0.03, roof + 0.16],
        0.004,
      ),
      GLASS,
    )
    .add(ellipse(0.065, ground - 0.12, 0.014, 0.025), [0.95, 0.93, 0.8])
    .add(limb(0.04, ground - 0.06, 0.3, ground - 0.06, 0.014), [0.3, 0.3, 0.32]);
  for (const x of [0.2, 0.68, 0.82]) wheel(picture, x, ground - 0.02, 0.066);
  return picture;
}

/** A lorry from the front: upright, wide, a grille of bars. */
export function lorryFront(dice: Dice): Painting {
  const picture = land(dice, dice.between(0.5, 0.65), dice.pick(['road', 'field'] as const));
  const paint = dice.pick(PAINTS);
  const base = dice.between(0.84, 0.9);
  const high = dice.between(0.58, 0.7);
  const box = (l: number, t: number, r: number, b: number): number[] => [l, t, r, t, r, b, l, b];
  const top = base - high;
  picture
    .add(ellipse(0.5, base + 0.02, 0.36, 0.03), [0.1, 0.1, 0.1], { soft: 0.06, opacity: 0.75 })
    .add(polygon(box(0.26, top - 0.07, 0.74, top + 0.1), 0.004), [0.86, 0.86, 0.85])
    .add(polygon(box(0.23, base - 0.16, 0.33, base), 0.01), TYRE)
    .add(polygon(box(0.67, base - 0.16, 0.77, base), 0.01), TYRE)
    .add(polygon(box(0.24, top, 0.76, base - 0.07), 0.014), paint, { bulge: 0.06 })
    .add(polygon(box(0.28, top + 0.07, 0.72, top + 0.27), 0.008), GLASS, { grain: 0.5 })
    .add(limb(0.5, top + 0.07, 0.5, top + 0.27, 0.006), scale(paint, 0.6))
    .add(polygon(box(0.36, top + 0.33, 0.64, base - 0.17), 0.006), [0.12, 0.12, 0.13]);
  for (let y = top + 0.36; y < base - 0.18; y += 0.045)
    picture.add(limb(0.37, y, 0.63, y, 0.007), [0.7, 0.71, 0.72]);
  picture.add(polygon(box(0.22, base - 0.13, 0.78, base - 0.06), 0.008), [0.62, 0.63, 0.65], { bulge: 0.03 });
  for (const x of [0.3, 0.7]) picture.add(ellipse(x, base - 0.2, 0.034, 0.026), [0.95, 0.94, 0.86]);
  for (const x of [0.18, 0.82]) picture.add(limb(x, top + 0.1, x, top + 0.24, 0.018), [0.12, 0.12, 0.13]);
  return picture;
}
