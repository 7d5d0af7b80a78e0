import {
  type Colour,
  clouds,
  type Dice,
  ellipse,
  join,
  limb,
  mix,
  type Painting,
  polygon,
  type Shape,
  scale,
} from '../paint';
import { backdrop, land } from './grounds';

const DARK: Colour = [0.05, 0.05, 0.05];

/** A coat of two colours in patches. */
function coat(dice: Dice, a: Colour, b: Colour, amount = 0.5): (x: number, y: number) => Colour {
  const patches = clouds(5, dice.seed(), 3);
  return (x, y) => mix(a, b, amount * (3 * patches(x, y) - 1));
}

const shadow = (picture: Painting, x: number, y: number, rx: number): Painting =>
  picture.add(ellipse(x, y, rx, 0.03), [0.08, 0.09, 0.06], { soft: 0.07, opacity: 0.5 });

/** A four-legged animal from the side, head to the left. */
interface Build {
  readonly back: number;
  readonly belly: number;
  readonly feet: number;
  readonly legs: number;
  readonly neck: Shape;
  readonly head: Shape;
  readonly extra?: readonly Shape[];
}

function standing({ back, belly, feet, legs, neck, head, extra = [] }: Build): { near: Shape; far: Shape } {
  const middle = (back + belly) / 2;
  const half = (belly - back) / 2;
  const leg = (x: number, lean: number): Shape =>
    join(
      0.03,
      limb(x, middle + 0.02, x + lean, belly + 0.45 * (feet - belly), 1.9 * legs, 1.05 * legs),
      limb(x + lean, belly + 0.45 * (feet - belly), x + 0.4 * lean, feet, 0.95 * legs, 0.75 * legs),
    );
  return {
    near: join(
      0.06,
      limb(0.38, middle, 0.72, middle - 0.01, half, 0.97 * half),
      neck,
      head,
      leg(0.36, -0.01),
      leg(0.73, 0.035),
      ...extra,
    ),
    far: join(0.03, leg(0.43, 0.02), leg(0.67, 0.015)),
  };
}

export function horse(dice: Dice): Painting {
  const picture = land(dice, dice.between(0.35, 0.6), dice.pick(['grass', 'field', 'grass'] as const));
  const colour = dice.pick<Colour>([
    [0.4, 0.22, 0.1],
    [0.5, 0.28, 0.13],
    [0.22, 0.13, 0.08],
    [0.8, 0.78, 0.74],
    [0.12, 0.1, 0.1],
  ]);
  const mane = dice.pick<Colour>([scale(colour, 0.35), scale(colour, 0.5), [0.75, 0.65, 0.45]]);
  const rise = dice.between(-0.02, 0.08);
  const { near, far } = standing({
    back: 0.36,
    belly: 0.59,
    feet: 0.88,
    legs: 0.024,
    neck: limb(0.37, 0.45, 0.22, 0.24 + rise, 0.095, 0.055),
    head: limb(0.205, 0.225 + rise, 0.1, 0.335 + rise, 0.05, 0.03),
    extra: [limb(0.22, 0.2 + rise, 0.225, 0.15 + rise, 0.016, 0.006)],
  });
  shadow(picture, 0.54, 0.89, 0.34)
    .add(far, scale(colour, 0.6), { bulge: 0.03 })
    .add(limb(0.8, 0.42, 0.87, 0.7, 0.03, 0.018), mane, { grain: 0.4 })
    .add(near, coat(dice, colour, scale(colour, 0.8)), { bulge: 0.12, grain: 0.1 })
    .add(limb(0.255, 0.2 + rise, 0.37, 0.36, 0.026, 0.03), mane, { grain: 0.5 })
    .add(ellipse(0.185, 0.235 + rise, 0.01, 0.01), DARK)
    .add(ellipse(0.095, 0.35 + rise, 0.02, 0.018), scale(colour, 0.5));
  for (const x of [0.355, 0.44, 0.675, 0.745])
    picture.add(ellipse(x, 0.89, 0.024, 0.014), scale(colour, 0.25));
  return picture;
}

export function deer(dice: Dice): Painting {
  const picture = land(dice, dice.between(0.45, 0.65), dice.pick(['grass', 'wood', 'wood', 'snow'] as const));
  const colour = dice.pick<Colour>([
    [0.52, 0.36, 0.2],
    [0.6, 0.42, 0.25],
    [0.42, 0.32, 0.22],
  ]);
  const antlers = dice.pick([true, false]);
  const { near, far } = standing({
    back: 0.44,
    belly: 0.62,
    feet: 0.9,
    legs: 0.016,
    neck: limb(0.37, 0.5, 0.27, 0.31, 0.062, 0.036),
    head: limb(0.26, 0.275, 0.165, 0.315, 0.04, 0.018),
    extra: [limb(0.3, 0.26, 0.375, 0.225, 0.02, 0.009), limb(0.26, 0.25, 0.23, 0.185, 0.018, 0.008)],
  });
  if (antlers) {
    const bone: Colour = [0.42, 0.34, 0.25];
    for (const [dx, lean] of [
      [0, -0.05],
      [0.03, 0.08],
    ] as const) {
      picture
        .add(limb(0.265 + dx, 0.245, 0.26 + lean + dx, 0.1, 0.011, 0.006), bone)
        .add(limb(0.26 + lean + dx, 0.1, 0.31 + lean + dx, 0.04, 0.007, 0.004), bone)
        .add(limb(0.263 + lean * 0.6 + dx, 0.16, 0.21 + lean + dx, 0.09, 0.007, 0.004), bone);
    }
  }
  return shadow(picture, 0.54, 0.91, 0.28)
    .add(far, scale(colour, 0.6), { bulge: 0.03 })
    .add(near, (_x, y) => mix(colour, [0.82, 0.74, 0.62], (y - 0.54) * 5 * Number(y < 0.66)), {
      bulge: 0.1,
      grain: 0.15,
    })
    .add(ellipse(0.785, 0.5, 0.022, 0.04), [0.92, 0.9, 0.85], { soft: 0.02 })
    .add(ellipse(0.235, 0.265, 0.012, 0.011), DARK)
    .add(ellipse(0.155, 0.315, 0.016, 0.013), DARK);
}

interface FaceColours {
  readonly fur: Colour;
  readonly light: Colour;
  readonly iris: Colour;
}

export function catFace(dice: Dice): Painting {
  const picture = backdrop(
    dice,
    dice.pick<Colour>([
      [0.45, 0.35, 0.28],
      [0.6, 0.6, 0.6],
      [0.3, 0.28, 0.26],
    ]),
    dice.pick<Colour>([
      [0.75, 0.7, 0.62],
      [0.3, 0.3, 0.34],
      [0.5, 0.42, 0.4],
    ]),
  );
  const { fur, light, iris } = dice.pick<FaceColours>([
    { fur: [0.45, 0.4, 0.34], light: [0.82, 0.78, 0.72], iris: [0.62, 0.66, 0.25] },
    { fur: [0.72, 0.45, 0.2], light: [0.92, 0.82, 0.66], iris: [0.6, 0.6, 0.2] },
    { fur: [0.14, 0.13, 0.14], light: [0.26, 0.25, 0.26], iris: [0.75, 0.68, 0.15] },
    { fur: [0.5, 0.5, 0.52], light: [0.9, 0.9, 0.9], iris: [0.4, 0.6, 0.5] },
  ]);
  const [cx, cy] = [0.5 + dice.between(-0.03, 0.03), dice.between(0.46, 0.52)];
  const stripes = (x: number, y: number): Colour =>
    mix(
      fur,
      scale(fur, 0.45),
      0.8 * Math.max(Math.sin(30 * Math.abs(x - cx) + 9 * (y - cy)), 0) * Number(y < cy + 0.06),
    );
  picture
    .add(ellipse(cx, 1.02, 0.36, 0.34), stripes, { bulge: 0.15, grain: 0.4 })
    .add(ellipse(cx, 0.95, 0.15, 0.2), light, { soft: 0.08, grain: 0.4 });
  for (const way of [-1, 1]) {
    picture
      .add(
        polygon([cx + way * 0.06, cy - 0.2, cx + way * 0.27, cy - 0.37, cx + way * 0.29, cy - 0.05], 0.02),
        fur,
        { bulge: 0.05, grain: 0.3 },
      )
      .add(
        polygon([cx + way * 0.13, cy - 0.2, cx + way * 0.25, cy - 0.31, cx + way * 0.26, cy - 0.1], 0.006),
        [0.75, 0.52, 0.48],
        { soft: 0.02, opacity: 0.8 },
      );
  }
  picture.add(ellipse(cx, cy, 0.3, 0.255), stripes, { bulge: 0.16, grain: 0.35 });
  for (const way of [-1, 1]) {
    picture
      .add(ellipse(cx + way * 0.075, cy + 0.115, 0.09, 0.068), light, { soft: 0.04, bulge: 0.05, grain: 0.2 })
      .add(ellipse(cx + way * 0.13, cy - 0.02, 0.062, 0.05, way * -0.15), DARK, { soft: 0.02 })
      .add(ellipse(cx + way * 0.13, cy - 0.02, 0.052, 0.042), iris)
      .add(ellipse(cx + way * 0.13, cy - 0.02, 0.018, 0.04), DARK)
      .add(ellipse(cx + way * 0.13 - 0.012, cy - 0.037, 0.011, 0.009), [1, 1, 1]);
    for (const drop of [0, 0.03, 0.06]) {
      picture.add(
        limb(cx + way * 0.12, cy + 0.1 + drop / 2, cx + way * 0.36, cy + 0.06 + 1.6 * drop, 0.003),
        [0.95, 0.95, 0.95],
        { opacity: 0.6 },
      );
    }
  }
  return picture
    .add(polygon([cx - 0.034, cy + 0.06, cx + 0.034, cy + 0.06, cx, cy + 0.095], 0.008), [0.78, 0.5, 0.48])
    .add(limb(cx, cy + 0.1, cx, cy + 0.135, 0.005), scale(fur, 0.4));
}

/** A cat that sits, seen from the side and half from the front. */
export function catSitting(dice: Dice): Painting {
  const picture = land(dice, dice.between(0.6, 0.75), dice.pick(['room', 'road'] as const));
  const fur = dice.pick<Colour>([
    [0.16, 0.15, 0.15],
    [0.7, 0.44, 0.2],
    [0.42, 0.38, 0.34],
    [0.88, 0.87, 0.85],
  ]);
  const stripes = (x: number, y: number): Colour =>
    mix(fur, scale(fur, 0.55), 0.7 * Math.max(Math.sin(42 * y + 14 * x), 0));
  const body = join(
    0.08,
    ellipse(0.56, 0.68, 0.17, 0.22),
    ellipse(0.62, 0.78, 0.18, 0.12),
    limb(0.45, 0.5, 0.43, 0.86, 0.08, 0.045),
  );
  shadow(picture, 0.58, 0.9, 0.28)
    .add(limb(0.75, 0.86, 0.93, 0.74, 0.032, 0.022), stripes, { bulge: 0.03 })
    .add(body, stripes, { bulge: 0.12, grain: 0.35 })
    .add(limb(0.44, 0.8, 0.41, 0.88, 0.035, 0.038), stripes, { bulge: 0.04 });
  for (const way of [-1, 1]) {
    picture.add(
      polygon([0.45 + way * 0.03, 0.24, 0.45 + way * 0.125, 0.13, 0.45 + way * 0.14, 0.29], 0.012),
      fur,
      { grain: 0.3 },
    );
  }
  picture.add(ellipse(0.45, 0.335, 0.15, 0.13), stripes, { bulge: 0.1, grain: 0.3 });
  for (const way of [-1, 1]) {
    picture
      .add(ellipse(0.43 + way * 0.06, 0.325, 0.027, 0.024), [0.7, 0.72, 0.25])
      .add(ellipse(0.43 + way * 0.06, 0.325, 0.009, 0.022), DARK);
  }
  return picture
    .add(ellipse(0.43, 0.39, 0.06, 0.036), scale(fur, 1.25), { soft: 0.03 })
    .add(ellipse(0.43, 0.37, 0.016, 0.011), [0.7, 0.42, 0.42]);
}

export function dogFace(dice: Dice): Painting {
  const picture = backdrop(
    dice,
    dice.pick<Colour>([
      [0.3, 0.42, 0.2],
      [0.6, 0.55, 0.5],
      [0.55, 0.62, 0.68],
    ]),
    dice.pick<Colour>([
      [0.5, 0.6, 0.35],
      [0.8, 0.76, 0.7],
      [0.35, 0.33, 0.3],
    ]),
  );
  const { fur, light } = dice.pick<Omit<FaceColours, 'iris'>>([
    { fur: [0.62, 0.42, 0.22], light: [0.9, 0.82, 0.7] },
    { fur: [0.3, 0.18, 0.1], light: [0.75, 0.55, 0.35] },
    { fur: [0.88, 0.84, 0.78], light: [0.95, 0.94, 0.92] },
    { fur: [0.12, 0.11, 0.11], light: [0.85, 0.84, 0.82] },
  ]);
  const [cx, cy] = [0.5 + dice.between(-0.03, 0.03), dice.between(0.42, 0.48)];
  const muzzle = dice.pick([light, fur, light]);
  picture
    .add(ellipse(cx, 1.05, 0.34, 0.36), fur, { bulge: 0.15, grain: 0.4 })
    .add(ellipse(cx, 0.98, 0.17, 0.24), light, { soft: 0.1, grain: 0.4 })
    .add(ellipse(cx, cy, 0.255, 0.26), coat(dice, fur, scale(fur, 0.85)), { bulge: 0.15, grain: 0.3 })
    .add(ellipse(cx, cy + 0.02, 0.06, 0.24), light, { soft: 0.08, opacity: dice.pick([0, 0.85]) });
  for (const way of [-1, 1]) {
    picture.add(
      join(
        0.05,
        limb(cx + way * 0.2, cy - 0.19, cx + way * 0.3, cy + 0.1, 0.07, 0.065),
        ellipse(cx + way * 0.3, cy + 0.12, 0.06, 0.08),
      ),
      scale(fur, 0.72),
      { bulge: 0.08, grain: 0.3 },
    );
  }
  picture.add(
    join(
      0.06,
      ellipse(cx - 0.05, cy + 0.17, 0.1, 0.09),
      ellipse(cx + 0.05, cy + 0.17, 0.1, 0.09),
      ellipse(cx, cy + 0.08, 0.08, 0.1),
    ),
    muzzle,
    { bulge: 0.1, grain: 0.2 },
  );
  for (const way of [-1, 1]) {
    picture
      .add(ellipse(cx + way * 0.11, cy - 0.05, 0.036, 0.034), [0.12, 0.07, 0.04])
      .add(ellipse(cx + way * 0.11 - 0.01, cy - 0.062, 0.009, 0.008), [1, 1, 1]);
  }
  picture
    .add(ellipse(cx, cy + 0.105, 0.056, 0.042), DARK, { bulge: 0.05 })
    .add(ellipse(cx - 0.015, cy + 0.092, 0.014, 0.008), [0.5, 0.5, 0.5])
    .add(limb(cx, cy + 0.14, cx, cy + 0.2, 0.006), scale(fur, 0.3));
  if (dice.pick([true, false]))
    picture.add(ellipse(cx, cy + 0.27, 0.045, 0.06), [0.85, 0.45, 0.47], { bulge: 0.03 });
  return picture;
}

/** A dog that stands, from the side. */
export function dogStanding(dice: Dice): Painting {
  const picture = land(dice, dice.between(0.45, 0.65), dice.pick(['grass', 'field', 'room'] as const));
  const fur = dice.pick<Colour>([
    [0.62, 0.42, 0.22],
    [0.9, 0.88, 0.84],
    [0.15, 0.13, 0.12],
    [0.45, 0.28, 0.15],
  ]);
  const other = dice.pick<Colour>([scale(fur, 0.7), [0.92, 0.9, 0.86]]);
  const { near, far } = standing({
    back: 0.42,
    belly: 0.62,
    feet: 0.86,
    legs: 0.026,
    neck: limb(0.36, 0.48, 0.27, 0.34, 0.085, 0.07),
    head: join(0.05, ellipse(0.25, 0.31, 0.085, 0.08), limb(0.24, 0.335, 0.13, 0.36, 0.05, 0.034)),
    extra: [limb(0.76, 0.46, 0.9, 0.32, 0.03, 0.014)],
  });
  return shadow(picture, 0.54, 0.87, 0.32)
    .add(far, scale(fur, 0.6), { bulge: 0.03 })
    .add(near, coat(dice, fur, other, 0.8), { bulge: 0.1, grain: 0.3 })
    .add(limb(0.29, 0.28, 0.33, 0.4, 0.035, 0.03), scale(fur, 0.6), { bulge: 0.04, grain: 0.3 })
    .add(ellipse(0.205, 0.295, 0.013, 0.013), DARK)
    .add(ellipse(0.1, 0.35, 0.024, 0.02), DARK);
}

export function frog(dice: Dice): Painting {
  const picture = land(dice, dice.between(0.2, 0.4), dice.pick(['leaf', 'wood', 'leaf'] as const));
  const skin = dice.pick<Colour>([
    [0.38, 0.55, 0.14],
    [0.45, 0.42, 0.2],
    [0.3, 0.48, 0.18],
    [0.5, 0.38, 0.22],
  ]);
  const belly = mix(skin, [0.88, 0.86, 0.65], 0.7);
  const spots = coat(dice, skin, scale(skin, 0.45), 0.9);
  shadow(picture, 0.5, 0.82, 0.38);
  for (const way of [-1, 1]) {
    picture
      .add(
        join(
          0.05,
          ellipse(0.5 + way * 0.27, 0.68, 0.14, 0.1, way * -0.4),
          limb(0.5 + way * 0.32, 0.74, 0.5 + way * 0.2, 0.82, 0.05, 0.025),
        ),
        scale(skin, 0.85),
        { bulge: 0.08, grain: 0.3 },
      )
      .add(limb(0.5 + way * 0.2, 0.82, 0.5 + way * 0.38, 0.84, 0.022, 0.014), scale(skin, 0.8));
  }
  picture
    .add(ellipse(0.5, 0.6, 0.27, 0.23), spots, { bulge: 0.15, grain: 0.3 })
    .add(ellipse(0.5, 0.72, 0.19, 0.12), belly, { soft: 0.06, grain: 0.2 })
    .add(ellipse(0.5, 0.46, 0.25, 0.15), spots, { bulge: 0.1, grain: 0.3 })
    .add(ellipse(0.5, 0.53, 0.2, 0.05), belly, { soft: 0.05, opacity: 0.8 })
    .add(limb(0.3, 0.5, 0.5, 0.53, 0.006), scale(skin, 0.35))
    .add(limb(0.5, 0.53, 0.7, 0.5, 0.006), scale(skin, 0.35));
  for (const way of [-1, 1]) {
    picture
      .add(limb(0.5 + way * 0.17, 0.64, 0.5 + way * 0.13, 0.82, 0.045, 0.028), skin, {
        bulge: 0.05,
        grain: 0.2,
      })
      .add(ellipse(0.5 + way * 0.12, 0.83, 0.06, 0.02), scale(skin, 0.9))
      .add(ellipse(0.5 + way * 0.16, 0.36, 0.07, 0.065), spots, { bulge: 0.06 })
      .add(ellipse(0.5 + way * 0.165, 0.355, 0.046, 0.043), [0.85, 0.68, 0.2])
      .add(ellipse(0.5 + way * 0.165, 0.355, 0.03, 0.02), DARK)
      .add(ellipse(0.5 + way * 0.165 - 0.012, 0.345, 0.009, 0.008), [1, 1, 1]);
  }
  return picture;
}

/** A frog from the side, sitting up, head to the left. */
export function frogSide(dice: Dice): Painting {
  const picture = land(dice, dice.between(0.2, 0.5), dice.pick(['leaf', 'wood'] as const));
  const skin = dice.pick<Colour>([
    [0.35, 0.55, 0.14],
    [0.46, 0.4, 0.22],
    [0.28, 0.46, 0.18],
  ]);
  const spots = coat(dice, skin, scale(skin, 0.5), 0.8);
  const belly = mix(skin, [0.9, 0.88, 0.7], 0.75);
  const body = join(0.08, limb(0.3, 0.42, 0.68, 0.68, 0.13, 0.14), limb(0.3, 0.4, 0.2, 0.43, 0.1, 0.06));
  return shadow(picture, 0.5, 0.86, 0.38)
    .add(body, (x, y) => mix(spots(x, y), belly, 9 * (y - 0.42 - 0.62 * (x - 0.2) - 0.04)), {
      bulge: 0.12,
      grain: 0.3,
    })
    .add(
      join(
        0.05,
        ellipse(0.68, 0.72, 0.17, 0.1, -0.5),
        limb(0.6, 0.8, 0.78, 0.84, 0.04, 0.03),
        limb(0.78, 0.84, 0.55, 0.86, 0.028, 0.02),
      ),
      spots,
      { bulge: 0.08, grain: 0.3 },
    )
    .add(
      join(0.03, limb(0.38, 0.56, 0.36, 0.76, 0.05, 0.03), limb(0.36, 0.78, 0.27, 0.85, 0.028, 0.018)),
      skin,
      { bulge: 0.05 },
    )
    .add(limb(0.145, 0.46, 0.36, 0.47, 0.006), scale(skin, 0.35))
    .add(ellipse(0.29, 0.3, 0.062, 0.056), spots, { bulge: 0.05 })
    .add(ellipse(0.282, 0.3, 0.044, 0.04), [0.86, 0.7, 0.25])
    .add(ellipse(0.28, 0.3, 0.028, 0.02), DARK);
}

/** A small bird on a branch, facing left. */
export function songbird(dice: Dice): Painting {
  const picture = backdrop(
    dice,
    dice.pick<Colour>([
      [0.35, 0.48, 0.25],
      [0.7, 0.78, 0.82],
      [0.55, 0.6, 0.5],
    ]),
    dice.pick<Colour>([
      [0.6, 0.7, 0.45],
      [0.85, 0.88, 0.88],
      [0.4, 0.45, 0.35],
    ]),
  );
  const back = dice.pick<Colour>([
    [0.4, 0.34, 0.27],
    [0.2, 0.38, 0.65],
    [0.36, 0.4, 0.42],
    [0.5, 0.45, 0.2],
  ]);
  const breast = dice.pick<Colour>([
    [0.85, 0.42, 0.15],
    [0.9, 0.86, 0.78],
    [0.88, 0.75, 0.2],
    [0.78, 0.7, 0.6],
  ]);
  const perch = dice.between(0.76, 0.8);
  const wing = join(0.03, ellipse(0.57, 0.54, 0.2, 0.095, 0.55), limb(0.66, 0.62, 0.8, 0.74, 0.05, 0.015));
  return picture
    .add(limb(-0.05, perch + 0.06, 1.05, perch - 0.03, 0.034, 0.022), [0.32, 0.25, 0.18], {
      bulge: 0.04,
      grain: 0.6,
    })
    .add(limb(0.66, 0.64, 0.93, 0.86, 0.045, 0.026), scale(back, 0.65), { bulge: 0.03 })
    .add(
      join(0.07, ellipse(0.48, 0.55, 0.22, 0.19, 0.5), ellipse(0.36, 0.33, 0.125, 0.12)),
      (x, y) => mix(breast, back, 5 * (0.75 * x - (y - 0.42) * 0.8 - 0.24)),
      { bulge: 0.12, grain: 0.25 },
    )
    .add(wing, scale(back, 0.75), { bulge: 0.06, grain: 0.5 })
    .add(polygon([0.25, 0.315, 0.25, 0.37, 0.15, 0.355], 0.006), [0.3, 0.26, 0.2])
    .add(ellipse(0.32, 0.315, 0.02, 0.02), DARK)
    .add(ellipse(0.315, 0.308, 0.006, 0.006), [1, 1, 1])
    .add(limb(0.46, 0.72, 0.45, perch, 0.01), [0.3, 0.22, 0.18])
    .add(limb(0.53, 0.72, 0.53, perch, 0.01), [0.3, 0.22, 0.18]);
}

/** A long-legged bird on grass, facing left. */
export function wader(dice: Dice): Painting {
  const picture = land(dice, dice.between(0.3, 0.6), dice.pick(['grass', 'field', 'wood'] as const));
  const plumage = dice.pick<Colour>([
    [0.22, 0.18, 0.16],
    [0.5, 0.45, 0.4],
    [0.9, 0.9, 0.88],
  ]);
  const skin = dice.pick<Colour>([
    [0.7, 0.55, 0.45],
    [0.55, 0.45, 0.35],
    [0.4, 0.35, 0.3],
  ]);
  return shadow(picture, 0.55, 0.93, 0.2)
    .add(limb(0.53, 0.6, 0.5, 0.92, 0.022, 0.014), skin)
    .add(limb(0.62, 0.6, 0.64, 0.92, 0.022, 0.014), skin)
    .add(
      join(
        0.04,
        limb(0.43, 0.46, 0.34, 0.34, 0.05, 0.028),
        limb(0.34, 0.34, 0.36, 0.17, 0.028, 0.024),
        ellipse(0.34, 0.14, 0.05, 0.04),
      ),
      skin,
      { bulge: 0.04 },
    )
    .add(ellipse(0.58, 0.51, 0.23, 0.155, 0.1), plumage, { bulge: 0.12, grain: 0.7 })
    .add(ellipse(0.62, 0.5, 0.17, 0.1, 0.25), scale(plumage, 0.8), { grain: 0.8, soft: 0.03 })
    .add(limb(0.78, 0.5, 0.87, 0.6, 0.06, 0.03), mix(plumage, [0.9, 0.9, 0.88], 0.6), { grain: 0.7 })
    .add(polygon([0.31, 0.135, 0.31, 0.165, 0.22, 0.165], 0.006), scale(skin, 0.7))
    .add(ellipse(0.33, 0.13, 0.012, 0.012), DARK);
}
