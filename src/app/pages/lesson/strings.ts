import type { StepId } from '../../state/lesson-steps';

/** A choice of an answer, with what is said to whoever takes it. */
interface AnswerText {
  readonly text: string;
  readonly right: boolean;
  readonly why: string;
}

export interface StepText {
  readonly title: string;
  /** In the list of steps. */
  readonly short: string;
  /** {name} stands for a symbol. */
  readonly before: readonly string[];
  /** Read with the figure at hand. */
  readonly after: readonly string[];
  readonly question: string;
  readonly answers: readonly AnswerText[];
}

const steps: Readonly<Record<StepId, StepText>> = {
  average: {
    title: 'Worst case, average case',
    short: 'Two questions',
    before: [
      'Here is a classifier for the smallest pictures there are: two pixels. Such a picture is a point {x} of a plane: how bright the left pixel is, and the right one. Colours show which of three classes the model calls it.',
      'How far is the nearest picture that is called something else? That is the **worst case**: the dashed ring of radius {radv}. An adversary would go straight to the cross on it.',
      'Noise has no such aim. It scatters copies of the picture all around, {eps} being drawn anew for each. The share of copies that keep their class is the **average case**, {p}.',
    ],
    after: [
      'Go to **Shore** and to **Island**. Their rings are equally large: in the worst case the two are equally safe. Now look at the copies.',
    ],
    question:
      'Two pictures are equally far from the nearest boundary. Does noise change their class equally often?',
    answers: [
      {
        text: 'Yes: the distance to the boundary decides.',
        right: false,
        why: 'It decides where the nearest danger is, not how much of it there is. The island is surrounded; the shore has water on one side only.',
      },
      {
        text: 'Not in general: it also matters how much boundary there is around.',
        right: true,
        why: 'A single number for the worst case cannot tell a picture with one danger nearby from one that is surrounded. The average case can.',
      },
    ],
  },
  sampling: {
    title: 'Monte Carlo: try it and count',
    short: 'Monte Carlo',
    before: [
      'The plainest way to {p}: add noise, ask the model, and count. Of {n} copies {k} keep their class {t}, and {phat} is the estimate.',
      'Drop some copies. The chart shows the estimate and where the truth may lie, with 95 % confidence. This interval may be looked at as often as you like: it holds for all {n} at once.',
    ],
    after: [
      'On these axes a straight dashed line is 1/√n. To halve the interval takes four times the copies.',
    ],
    question: 'After 500 copies an interval is ± 0.04. How many copies make it about ± 0.01?',
    answers: [
      { text: '2000', right: false, why: 'Four times the copies only halve it, to ± 0.02.' },
      { text: '8000', right: true, why: 'A quarter of the width takes 4² = 16 times the copies.' },
      { text: '500 more', right: false, why: 'Twice the copies shrink it by √2 only, to about ± 0.028.' },
    ],
  },
  curve: {
    title: 'Predict: what does more noise do?',
    short: 'Your guess',
    before: [
      'One radius {sigma} is not enough: let the noise grow. The ring around the picture is {sigma}; four copies in ten fall within it, for a picture of two pixels.',
      '**Before you look:** draw how {p} changes with {sigma}. Drag the line, or use the arrow keys on its points. Then reveal what sampling finds.',
    ],
    after: [
      'If there were a single straight boundary at distance {radv}, the curve would be the formula above. Move the picture and guess again: a curve tells the surroundings of a picture.',
    ],
    question: 'What decides at which {sigma} the curve begins to fall?',
    answers: [
      {
        text: 'The distance to the nearest boundary.',
        right: true,
        why: 'As long as {sigma} is small against {radv}, hardly a copy gets that far. What lies beyond decides how the curve goes on.',
      },
      {
        text: 'The number of classes.',
        right: false,
        why: 'Classes far away are not met while {sigma} is small. What is near decides.',
      },
      {
        text: 'The confidence of the model (softmax).',
        right: false,
        why: 'It says how far apart the logits are, not how far away a picture with other logits is. A steep model can be confident right beside a boundary.',
      },
    ],
  },
  taylor: {
    title: 'Taylor: straighten the boundaries',
    short: 'Taylor',
    before: [
      'Sampling asks the model thousands of times. Can one look at {x} suffice? The class is kept while all margins {g}, by which its logit exceeds the others’, are positive.',
      'Replace each margin by its tangent at {x}. Each boundary becomes a straight line, the class a polygon (hatched), and the share of noise in a polygon is a Gaussian integral {Phi}. No sampling, one gradient a class.',
    ],
    after: [
      'Where boundaries are straight it is right. Try the **Headland**: the tangent sees one shore of two. Or the **Cape**: the tangent cuts through land that the noise can cross. On the **Island** it sees no shore at all.',
    ],
    question: 'On the headland Taylor promises far more than sampling finds. Why?',
    answers: [
      {
        text: 'The noise is too large for the model.',
        right: false,
        why: 'Sampling copes with the same noise. It is the straightened boundary that is not the true one.',
      },
      {
        text: 'There is a shore on either side, and a tangent is on one side only.',
        right: true,
        why: 'A margin has one tangent plane at {x}, so each other class gets one straight boundary, however its true one curves.',
      },
      {
        text: 'Too few samples.',
        right: false,
        why: 'Taylor takes none. Its error is that of a model of the model, and it cannot be seen from within.',
      },
    ],
  },
  mmse: {
    title: 'MMSE: look where the noise goes',
    short: 'MMSE',
    before: [
      'Taylor looks at one place, but noise lives in the neighbourhood. MMSE takes margins and gradients at {N} noisy copies (dots with thin lines), averages them, and only then straightens (thick lines).',
      'It is the straight line that fits the margin best, on average over the noise.',
    ],
    after: [
      'Ten copies are few: **draw others** and watch the lines jump. Mirrored pairs, {x} + {eps} with {x} − {eps}, cancel some of that chance, all of it where the boundary is straight.',
    ],
    question: 'Where the boundaries are straight, what does averaging over ten random copies add to Taylor?',
    answers: [
      {
        text: 'Only chance.',
        right: true,
        why: 'All gradients are the same there, and the average margin of ten random copies is off by chance: {z} gets an error of about 1/√{N}. Mirrored pairs do not have it.',
      },
      {
        text: 'Precision.',
        right: false,
        why: 'Taylor is exact there already. Averaging over random copies brings in their chance.',
      },
    ],
  },
  margins: {
    title: 'Gaussian margin fit: forget the boundaries',
    short: 'Margin fit',
    before: [
      'Look at the margins themselves. Every noisy copy has two, one against each other class: a point in the second figure. It keeps its class exactly if both are positive, in the framed quarter.',
      'So fit a Gaussian there: mean {m} and covariance {C} of the margins over 64 mirrored pairs. How much of it lies in the quarter is {Phi} again. No gradients at all.',
    ],
    after: [
      'All three methods are a Gaussian in this figure. They differ in where they take it from: **switch between them** and see which covers the points. Where the cloud of points is bent, none can.',
    ],
    question: 'What must a model be able to give for the Gaussian margin fit?',
    answers: [
      {
        text: 'Its logits.',
        right: true,
        why: 'It needs forward passes alone, so that it also works for a model that gives no gradients, and it is quick.',
      },
      {
        text: 'Its gradients.',
        right: false,
        why: 'Taylor and MMSE need them. The fit takes the spread of the margins as it is.',
      },
      {
        text: 'Its training data.',
        right: false,
        why: 'None of the methods asks for them: noise around one picture is all.',
      },
    ],
  },
  digit: {
    title: 'The same with 784 pixels',
    short: 'A digit',
    before: [
      'A digit is a point as well, of 784 pixels instead of two. Nobody can draw its regions, but all methods work the same: boundaries, tangents, margins.',
      'The little pictures along the axis have noise of that radius on them. **Guess first**, then reveal: is this class lost before you would lose it?',
    ],
    after: [
      'In many dimensions noise never stays near {x}: its length is about {sigma}√{d}, and hardly any copy is much nearer. That is why tangents taken at {x} say so little once the noise is large.',
    ],
    question: 'With {sigma} = 0.2 on 784 pixels, how long is the noise typically?',
    answers: [
      { text: '0.2', right: false, why: 'That is its size in each single pixel.' },
      {
        text: '5.6',
        right: true,
        why: '0.2 · √784 = 0.2 · 28 = 5.6, often many times the distance of the nearest adversary, and yet most copies may keep their class.',
      },
      { text: '157', right: false, why: 'Lengths add up as squares: √784 times {sigma}, not 784 times.' },
    ],
  },
  photo: {
    title: 'And on a photo',
    short: 'A photo',
    before: [
      'A small colour picture, 32 × 32 × 3 numbers, and a deep network. **Guess** where its class is lost.',
    ],
    after: [
      'A network that never saw noise is often far more vulnerable than people are. What would it take to change that? Open the explorer, and switch between the ordinary and the robust model.',
    ],
    question:
      'A model loses its class in 3 of 10 noisy copies, at a radius where nobody is in doubt. What does that show?',
    answers: [
      {
        text: 'The picture is adversarial.',
        right: false,
        why: 'Nobody searched for anything: this is plain noise.',
      },
      {
        text: 'Much of its neighbourhood belongs to another class.',
        right: true,
        why: 'That is just what average-case robustness measures, and what a single worst case cannot say.',
      },
    ],
  },
};

/** Every sentence of the lesson; it is loaded with it. */
export const lessonStrings = {
  stepsLabel: 'Steps of the lesson',
  progress: (step: number, count: number) => `Step ${step} of ${count}`,
  previous: 'Back',
  next: 'Next',
  finish: 'To the explorer, with this picture',
  symbols: 'In the formula',
  questionHeading: 'A question',
  right: 'Right.',
  wrong: 'Not quite.',
  steps,

  symbolWords: {
    x: 'x: the picture, as a list of its pixels',
    p: 'p: the probability that the picture keeps its class under noise',
    sigma:
      'σ (sigma): the radius of the noise, its standard deviation in each pixel; black is 0 and white is 1',
    eps: 'ε (epsilon): the noise, drawn anew for each copy, independently for each pixel',
    f: 'fᵢ: the logit of class i; the model calls the class with the largest one',
    t: 't: the class whose survival is asked for',
    radv: 'r: distance of the nearest picture that is called another class',
    phat: 'p̂ (p hat): the estimate, the share of copies that kept their class',
    k: 'k: how many copies kept their class',
    n: 'n: how many noisy copies were tried',
    g: 'gᵢ: the margin against class i, the logit of t less that of i; the class is kept while all are positive',
    grad: '∇gᵢ: the gradient of that margin, in which direction and how steeply it grows',
    z: 'zᵢ: the distance of boundary i in units of the noise',
    R: 'R: how much the margins vary together',
    Phi: 'Φ: the Gaussian integral, the share of the noise that is on the right side of all straight boundaries at once; R says how these lie to each other',
    Phi1: 'Φ: the share of a standard Gaussian that is below a number',
    gbar: 'the margin against class i, averaged over noisy copies',
    gradbar: 'its gradient, averaged over the same copies',
    N: 'N: how many noisy copies are averaged over, here 10',
    m: 'mᵢ: the mean of margin i over noisy copies',
    C: 'C: how the margins spread over noisy copies; its diagonal holds their variances',
    d: 'd: the number of values in a picture',
  },

  classes: ['A', 'B', 'C'],
  classNames: ['class A', 'class B', 'class C'],

  plane: {
    point: 'The picture: drag it, or use the arrow keys',
    pointText: (left: string, right: string, called: string) =>
      `left pixel ${left}, right pixel ${right}, called class ${called}`,
    ring: 'Drag to change the noise',
    axes: { x: 'left pixel', y: 'right pixel' },
    swatch: (left: string, right: string) =>
      `The picture of two pixels: the left one ${left} bright, the right one ${right}.`,
    outside: 'Inside the frame pixels lie between black and white; noise may leave it.',
    noise: 'Noise radius σ',
    places: 'Places',
    placeNames: {
      shore: 'Shore',
      island: 'Island',
      headland: 'Headland',
      cape: 'Cape',
      strait: 'Strait',
    },
    seed: 'Draw others',
    words: (called: string, sigma: string) =>
      `A plane of pictures with two pixels in three regions, A above, B below with a headland that reaches up into A, and C, an island in A. The picture is called ${called}; the noise has radius ${sigma}.`,
    nearest: (distance: string, called: string) =>
      `The nearest picture found that is called another class, ${called}, is ${distance} away.`,
    kept: (kept: number, count: number) => `${kept} of ${count} noisy copies keep the class.`,
    tangents: 'Straight lines stand for the boundaries; the polygon in which they keep the class is hatched.',
    legend: {
      kept: 'copy that keeps its class',
      lost: 'copy that loses it',
    },
  },

  readout: {
    picture: 'picture x',
    worst: 'worst case r',
    difference: (text: string) => `${text} off sampling`,
    explained: 'within sampling error',
    limits: (limits: string) => `95 %: ${limits}`,
    none: 'none found',
  },

  sampling: {
    drop: (count: number) => `Drop ${count}`,
    again: 'Start over',
    estimate: (n: string) => `after ${n} copies`,
    nothing: 'Nothing dropped yet.',
    chart: (n: string, p: string, limits: string) =>
      `The estimate against the number of copies. After ${n} copies it is ${p}, with limits ${limits}.`,
    empty: 'The estimate against the number of copies; nothing dropped yet.',
    axes: { x: 'noisy copies n', y: 'half-width of the interval', p: 'estimate and interval' },
    guide: 'like 1/√n',
    most: 'That is enough: 16 384 copies.',
  },

  guess: {
    chart:
      'Your guess of the probability at each noise radius. Up and down change the guess, left and right go to the next radius.',
    handle: (sigma: string) => `Your guess at σ = ${sigma}`,
    name: 'your guess',
    reveal: 'Reveal',
    waiting: 'Sampling is not done yet…',
    again: 'Guess again',
    score: (mean: string, sigma: string, guess: string, found: string) =>
      `On average you were ${mean} off; the most at σ = ${sigma}, where you said ${guess} and sampling finds ${found}.`,
    close: 'Well seen: nowhere more than 0.1 off.',
    hint: 'Drag the line to where you think it is.',
    axes: { x: 'noise radius σ', y: 'probability that the class is kept' },
  },

  mmse: {
    averaging: 'Copies',
    averaged: 'random',
    antithetic: 'mirrored pairs',
  },

  margins: {
    method: 'Where the Gaussian is from',
    methods: { 'first-order': 'Taylor', averaged: 'MMSE', moments: 'Margin fit' },
    axis: (called: string) => `margin against ${called}`,
    words: (kept: number, count: number, method: string, p: string) =>
      `The two margins of ${count} noisy copies. ${kept} have both positive and keep their class. The ellipses of ${method} hold 39 and 86 percent of a Gaussian of which ${p} lies in the quarter where both are positive.`,
    quarter: 'class kept',
  },

  engine: {
    loading: 'The model is being loaded…',
    says: (label: string) => `The model says: ${label}`,
    alt: 'The picture, as the model sees it',
    other: 'Another picture',
  },
} as const;
