/** a 7, an 8, a cat, an automobile */
function withArticle(label: string): string {
  return `${/^(8|11$|18$|[aeiou])/i.test(label) ? 'an' : 'a'} ${label}`;
}

/** Taylor, MMSE and Softmax */
function inWords(names: readonly string[]): string {
  return new Intl.ListFormat('en').format(names);
}

/** Every sentence of the page, in one place. */
export const strings = {
  name: 'Probust',
  tagline: 'How likely is a prediction to survive noise?',
  copyLink: 'Copy link',
  linkCopied: 'Link copied',
  linkCopiedWithoutImage: 'Link copied, without your picture',
  linkFailed: 'Copy the address bar instead',
  theme: { label: 'Theme', system: 'System', light: 'Light', dark: 'Dark' },
  dismiss: 'Dismiss',

  input: {
    heading: 'Picture',
    samples: 'Samples',
    draw: 'Draw',
    file: 'Your file',
    mode: 'Where the picture comes from',
    chooseFile: 'Choose a picture…',
    fileHint: 'or drop one anywhere on the page, or paste it. It never leaves this browser.',
    drop: 'Drop the picture',
    noFile: 'What was dropped is not a picture file; save the picture first, then drop the file.',
    undo: 'Undo',
    clear: 'Clear',
    padLabel: 'Draw a digit here with mouse, pen or finger',
    padHint: 'Draw a digit. Every stroke starts a new sweep.',
    padEmpty: 'What is shown belongs to the drawing before.',
    preparing: 'Reading the picture…',
    alt: (source: string) => `The picture as the model sees it: ${source}`,
    sources: { file: 'your file', drawing: 'your drawing' },
    inverted: 'Inverted: the model knows light digits on black.',
    seen: 'as the model sees it',
    seenOwn: (source: string) => `${source}, as the model sees it`,
  },
  model: {
    label: 'Model',
    loading: 'Loading the model…',
    accuracy: (percent: number, data: string) => `Right on ${percent} % of ${data}.`,
  },
  prediction: {
    says: 'The model says',
    confidence: (percent: string) => `softmax confidence ${percent}`,
    meant: (label: string) => `Meant as ${label}`,
    right: 'right',
    wrong: 'wrong',
    waiting: 'Waiting for the model…',
  },
  noise: {
    heading: 'Noisy copies',
    sentence: {
      start: 'In',
      count: (kept: number, copies: number) => `${kept} of ${copies}`,
      copies: 'noisy copies',
    },
    stays: (label: string) => `this stays ${withArticle(label)}`,
    becomes: (label: string) => `this is called ${withArticle(label)}`,
    radius: 'Noise radius σ',
    radiusText: (sigma: string, l2: string) => `σ = ${sigma}, typical distance ${l2}`,
    l2: (value: string) => `typical L2 distance σ√d = ${value}`,
    grid: (copies: number, sigma: string, flips: number) =>
      `${copies} noisy copies at radius ${sigma}; ${flips} are called another class`,
    clipped: 'Shown clipped to black and white; the model sees the unclipped values.',
    waiting: 'Making noisy copies…',
    estimate: { stays: 'P(stays)', becomes: (label: string) => `P(called ${label})` },
    noneFailed: 'No copy failed so far: only a lower limit is known.',
  },
  sweep: {
    heading: 'How likely the prediction survives',
    headingFor: (label: string) => `How likely noise makes it ${withArticle(label)}`,
    axisX: 'noise radius σ (pixel units)',
    axisY: (label: string) => `probability that it is called ${withArticle(label)} (p_robust)`,
    chart:
      'Probability that the prediction survives, against the noise radius. The same numbers are in the table below.',
    phase: {
      starting: 'Starting the engine',
      loading: 'Loading the model',
      warming_up: 'Warming up the model',
    },
    running: 'Sampling',
    waitingHidden: 'Waiting: this tab is hidden',
    engineFailed: 'The engine is not running; reload the page.',
    workerFailed: 'A part of the page could not be loaded or has crashed; reload the page.',
    secondsLeft: (seconds: number) => `about ${seconds} s left`,
    cancel: 'Cancel',
    again: 'Run again',
    done: (ms: string, backend: string) => `Done in ${ms} on ${backend}.`,
    doneBefore: (ms: string, backend: string) => `Computed before, in ${ms} on ${backend}.`,
    backend: { webgpu: 'WebGPU', wasm: 'WebAssembly', cpu: 'plain JavaScript' },
    atCursor: (sigma: string) => `At σ = ${sigma}`,
    cancelled: 'Cancelled; what was found stays.',
    failed: 'Stopped by an error.',
    announceDone: 'Sweep done.',
    announceStart: 'Sweep started.',
    scale: { label: 'Scale', linear: 'linear', logit: 'logit' },
    level: '95 %',
  },
  gap: {
    waiting: (names: readonly string[]) =>
      `The gap between ${inWords(names)} and sampling is judged when both are there.`,
    none: (names: readonly string[]) =>
      `${inWords([...names, 'Monte Carlo'])} agree within their errors at every radius.`,
    parts: (name: string, gap: string, above: boolean, sigma: string, assumption = '') =>
      `${name} promises up to ${gap} ${above ? 'more' : 'less'} than sampling finds (at σ = ${sigma}), ` +
      `which their errors do not explain${assumption && `: it assumes ${assumption}`}.`,
    others: (names: readonly string[]) => `Nor do they for ${inWords(names)}; see the table.`,
    unexplained: (difference: string) => `${difference} off sampling, not explained by errors`,
  },
  distances: {
    heading: 'Worst case beside average case',
    from: (estimator: string) => `from ${estimator}`,
    adversary: {
      term: 'Nearest adversary',
      title:
        'L2 distance of the nearest input found that the model calls another class. It was checked by running the model on it; there may be a nearer one.',
      waiting: 'waits for the curve',
      searching: (done: string) => `searching, ${done}`,
      checked: (label: string) => `upper bound, checked: called ${withArticle(label)}`,
      already: (label: string) => `already called ${withArticle(label)}`,
      none: 'none found',
    },
    equivalent: {
      term: 'Equivalent distance',
      title: 'σΦ⁻¹(p): how far away one straight boundary would be that is crossed as often',
    },
    nines: { term: 'Nines', title: '−log₁₀(1 − p): how many nines the probability begins with' },
    certified: {
      term: 'Certified radius',
      title:
        'σΦ⁻¹ of a lower limit of p (Cohen, Rosenfeld, Kolter 2019): no perturbation shorter than this changes the class that noise calls most often. From copies drawn for this alone.',
      level: (level: string) => `smoothed model, ${level} sure`,
      abstains: (level: string) => `abstains at ${level}: not surely above one half`,
    },
  },
  classes: {
    heading: 'Classes at this radius',
    hint: 'Limits hold for all classes together. Press a class to ask how likely noise leads there.',
    legend: { sampled: 'share of noisy copies', confidence: 'softmax at the clean picture' },
    mark: (name: string, p: string) => `${name} ${p}`,
    select: (label: string) => `Ask for class ${label}`,
    reset: 'Ask for the predicted class again',
    notSampled: 'Switch Monte Carlo on to see shares.',
  },
  table: {
    heading: 'All numbers',
    caption: (label: string) => `Probability of class ${label} by noise radius, with errors and cost`,
    sigma: 'σ',
    cost: 'cost of the whole sweep',
    evaluations: (count: string) => (count === '1' ? '1 forward pass' : `${count} forward passes`),
    gradients: (count: string) => `${count} gradients`,
    numerical: 'numerical error',
    sampling: 'sampling error',
    exact: 'no numerical error',
    noError: 'error not estimated',
    modelError: 'The error of a straightened boundary is not estimated; compare with Monte Carlo.',
    nearTies: (count: string) =>
      `${count} noisy copies had two logits within 0.00001 of each other; another backend may call those differently.`,
    pending: '…',
  },
  flags: {
    provisional: 'not finished',
    sample_limit: 'stopped at the sample limit',
    zero_gradient: 'a margin has no gradient here',
    check_failed: 'the self-check disagrees; shown is what plain copies support',
    few_failures: 'too few failures seen to be precise; shown is what plain copies support',
  },
  settings: {
    heading: 'Settings',
    estimators: 'Estimators',
    biased: 'biased',
    biasedTitle: 'On average not quite the true probability, however much is computed',
    sampled: 'sampled',
    sigmaMin: 'Smallest radius',
    sigmaMax: 'Largest radius',
    recommended: 'Use the recommended range',
    radii: 'Radii',
    seed: 'Seed',
    stop: 'Sampling stops',
    precision: 'when the interval is narrow enough',
    fixed: 'after a fixed number of copies',
    halfWidth: 'Half-width of the interval',
    maxSamples: 'Most copies a radius',
    samples: 'Copies a radius',
    rangeError: (min: number, max: number) => `Between ${min} and ${max}.`,
    wholeError: 'A whole number.',
    orderError: 'The smallest radius must be below the largest.',
  },
  export: {
    heading: 'Export',
    json: 'Sweep as JSON',
    csv: 'Sweep as CSV',
    npy: 'Model input as .npy',
    hint: 'Numbers with seed, settings and hashes. The picture itself leaves only as the .npy, if you save it.',
    nothing: 'Nothing to export yet.',
  },
  help: {
    heading: 'About the estimators',
    loading: 'Loading the text…',
    notation:
      'f(x) holds the logits, t is the class that is asked for, g are the margins to the other classes, σ is the noise radius. Φ is the Gaussian integral over all margins at once.',
  },
  footer: {
    starting: 'Starting the engine…',
    privacy: 'Everything is computed in this browser; nothing is sent anywhere.',
  },
} as const;
