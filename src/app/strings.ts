import { REFERENCE } from '../estimators/roles';

const sampling = REFERENCE.name;

/** a 7, an 8, a cat, an automobile */
function withArticle(label: string): string {
  return `${/^(8|11$|18$|[aeiou])/i.test(label) ? 'an' : 'a'} ${label}`;
}

/** Taylor, MMSE, and Softmax. By hand: a browser's first `Intl` holds the page while its tables are loaded. */
function inWords(names: readonly string[]): string {
  const [last = '', ...others] = names.toReversed();
  if (others.length < 2) return names.join(' and ');
  return `${others.toReversed().join(', ')}, and ${last}`;
}

/** Every sentence of the page, in one place. */
export const strings = {
  name: 'Probust',
  tagline: 'How likely is a prediction to survive noise? Sampling and theory, side by side.',
  views: {
    label: 'Views',
    learn: 'Learn',
    explore: 'Explore',
    data: 'Data set',
    loading: 'Loading…',
    failed: 'A part of the page could not be loaded. Reload the page.',
  },
  failedPart: {
    failed:
      'This part of the page has failed. What is beside it goes on; if it fails again, reload the page.',
    notLoaded:
      'This part of the page could not be loaded. The connection may be down; try again, or reload the page.',
    /** In place of what cannot come before another attempt. */
    nothing: 'Nothing to show yet: something could not be loaded, see above.',
    retry: 'Try again',
    reload: 'Reload the page',
  },
  largeType: 'Large type',
  largeTypeMark: 'Aa',
  embed: {
    heading: 'Embed',
    summary: 'Embed this in a page',
    what: 'What is embedded',
    kinds: { figure: 'This figure', curve: 'The curve', noise: 'The noisy copies' },
    snippet: 'HTML to paste',
    button: { copy: 'Copy', copied: 'Copied', failed: 'Select the text and copy it' },
    titles: {
      figure: 'Probust: a figure on robustness to noise',
      curve: 'Probust: how likely a prediction survives noise',
      noise: 'Probust: noisy copies of a picture',
    },
    privateImage:
      'Your own picture is not in the link: whoever opens it is told so, and may choose the picture.',
    open: 'Open in Probust',
  },
  copyLink: {
    copy: 'Copy link',
    copied: 'Link copied',
    copiedWithoutImage: 'Link copied, without your picture',
    failed: 'Copy the address bar instead',
  },
  theme: { label: 'Theme', system: 'System', light: 'Light', dark: 'Dark' },
  dismiss: 'Dismiss',
  stretches: {
    at: (sigma: string) => `at σ = ${sigma}`,
    range: (from: string, to: string) => `from σ = ${from} to ${to}`,
    listed: (parts: readonly string[]) => inWords(parts),
    scattered: (count: number, all: number, from: string, to: string) =>
      `at ${count} of ${all} noise levels between σ = ${from} and ${to}`,
  },

  files: {
    notFetched: (name: string, status: number) => `${name} could not be fetched (status ${status}).`,
    unreachable: (name: string) => `${name} could not be fetched: the connection may be down.`,
    notValid: (name: string) => `${name} is damaged, or of another version of this page.`,
  },

  input: {
    heading: 'Picture',
    samples: 'Samples',
    draw: 'Draw',
    data: 'Test images',
    file: 'Your file',
    mode: 'Where the picture comes from',
    chooseFile: 'Choose a picture…',
    fileHint: 'or drop one anywhere on the page, or paste it. It never leaves this browser.',
    noSample: (id: string) => `The link asks for a sample “${id}” that is not here; showing another.`,
    noFile: 'What was dropped is not a picture file; save the picture first, then drop the file.',
    webcam: {
      open: 'Take a picture…',
      take: 'Take it',
      cancel: 'Cancel',
      name: 'a picture from your camera',
      preview: 'What the camera sees',
      hint: 'The picture stays in this browser, and the camera is off as soon as it is taken.',
      denied: 'The camera was not allowed. You can allow it in the address bar, or choose a picture instead.',
      none: 'No camera was found. You can choose a picture instead.',
      insecure: 'This browser lends its camera to pages over https only. You can choose a picture instead.',
      failed: (why: string) => `The camera could not be used: ${why} You can choose a picture instead.`,
    },
    noModelYet: 'The model is not loaded yet; try again in a moment.',
    undo: 'Undo',
    clear: 'Clear',
    padLabel: 'Draw a digit here with mouse, pen or finger',
    padHint: 'Draw a digit. Every stroke starts a new sweep.',
    padEmpty: 'What is shown belongs to the drawing before.',
    preparing: 'Reading the picture…',
    alt: (source: string) => `The picture as the model sees it: ${source}`,
    sources: { file: 'your file', drawing: 'your drawing' },
    inverted: 'Inverted: the model knows light digits on black.',
    testImage: (name: string, split: string, index: number) => `${name} ${split} image ${index}`,
    seen: 'as the model sees it',
    seenOwn: (source: string) => `${source}, as the model sees it`,
  },
  ownPicture: {
    absent:
      'This link shows somebody’s own picture, which never left their browser and is not in the link. If you have it, choose it.',
    drop: 'You can also drop it anywhere on this page.',
    sample: 'Show a sample instead',
    nothing: 'Nothing to show yet: the picture of this link is not here, see above.',
    isLinked: 'This is the picture that the link is of.',
    isOther:
      'This is not what the link is of: another picture, or another part of it, so its numbers are others.',
  },
  crop: {
    heading: 'Part of the picture that the model sees',
    area: 'Crop: drag it, or move it with the arrow keys; plus and minus change its size',
    handle: (corner: string) => `${corner} corner of the crop: drag it, or use the arrow keys`,
    corners: { nw: 'Upper left', ne: 'Upper right', sw: 'Lower left', se: 'Lower right' },
    size: 'Crop size',
    sizeText: (percent: string) => `${percent} of the largest that fits`,
    all: 'Largest',
  },
  data: {
    set: 'Data set',
    class: 'Class',
    all: 'all classes',
    classOption: (label: string, count: string) => `${label} (${count})`,
    grid: 'Test images; the arrow keys move among them',
    image: (label: string, index: number) => `${label}, image ${index}`,
    damaged: (name: string) => `${name} is damaged; run npm run data again and reload the page.`,
    previous: 'Previous',
    next: 'Next',
    range: (from: string, to: string, count: string) => `${from}–${to} of ${count}`,
    loading: 'Loading the images…',
    failed: 'The images could not be loaded.',
    notHere: (id: string) =>
      `The link asks for the test image “${id}”, which is not here or not for this model; npm run data unpacks the data set. Showing a sample.`,
  },
  model: {
    label: 'Model',
    loading: 'Loading the model…',
    none: 'No model could be loaded',
    accuracy: (percent: number, data: string) => `Right on ${percent} % of ${data}.`,
    notLoaded: 'The model is not loaded yet; try again in a moment.',
    notHere: (id: string) => `The link asks for a model “${id}” that is not here; showing another.`,
    own: 'Your models',
    locked: 'This link shows one model only; open the page without “lock” in its address to bring your own.',
    bring: 'Your own model…',
    edit: 'Describe anew…',
    words: 'About this model',
  },
  ownModel: {
    drop: 'Drop the picture, or a TensorFlow.js model',
    reading: 'Reading the model…',
    phase: {
      loading: 'Loading and checking the model…',
      compiling: 'Compiling the model for the graphics card…',
      warming_up: 'Warming up the model…',
    },
    heading: 'Your own model',
    editHeading: 'Your model, described anew',
    facts: (format: string, parameters: string, size: string) =>
      `tfjs ${format} model, ${parameters} parameters, ${size}. It stays in this browser.`,
    format: { layers: 'Layers', graph: 'Graph' },
    known: 'This model is kept already; what you change here takes the place of what you said before.',
    name: 'Name',
    size: 'Input size',
    height: 'Height',
    width: 'Width',
    channels: 'Channels',
    grey: '1 (grey)',
    colour: '3 (colour)',
    flat: (count: number) => `The model takes ${count} numbers: how they form a picture is yours to say.`,
    preparation: 'Pictures are',
    preparations: {
      mnist: 'digits, found on their paper and centred as in MNIST',
      photo: 'used as they are, cropped to the input’s aspect',
    },
    range: 'Value range the model was trained with',
    ranges: {
      unit: '0 to 1',
      signed: '−1 to 1',
      bytes: '0 to 255',
      other: 'another',
    },
    black: 'Black',
    white: 'White',
    normalisation: 'Normalisation after that',
    normalisations: {
      none: 'none, or within the model',
      imagenet: 'ImageNet mean and deviation',
      cifar10: 'CIFAR-10 mean and deviation',
      mnist: 'MNIST mean and deviation',
      other: 'other mean and deviation',
    },
    mean: 'Mean, by channel',
    std: 'Deviation, by channel',
    labels: (count: number | null) =>
      count === null ? 'Labels, one a line' : `Labels of the ${count} classes, one a line`,
    labelsHint: 'In the order of the model’s outputs. Empty: numbers.',
    labelsFile: 'From a file…',
    wrongNumber: (what: string) => `${what}: give a number.`,
    wrongNumbers: (what: string) => `${what}: give numbers with commas between.`,
    probe: 'Probe it',
    save: 'Save',
    cancel: 'Cancel',
    remove: 'Remove from this browser',
    notKept: (id: string) =>
      `The link asks for somebody’s own model (${id.slice(0, 15)}…), which this browser does not keep. If you have its files, drop them here. Until then another model is chosen.`,
  },
  compare: {
    switch: 'Ordinary or robust model',
    ordinary: 'Ordinary',
    ordinaryAgainstRobust: 'Ordinary against robust',
    compare: 'Compare',
    with: 'Beside it',
    pin: 'Another picture',
    pinnedNow: 'This picture is pinned: choose or draw another to see the two side by side.',
    pinAgain: 'Pin this picture instead',
    thisPicture: 'This picture',
    pinned: 'Pinned picture',
    running: (name: string) => `Sampling: ${name}`,
    /** Of two models asked for one class. */
    models: (better: string, label: string, worse: string) =>
      `${better} says ${label} more often than ${worse}`,
    /** Of two pictures, each asked for its own class. */
    pictures: (better: string, worse: string) => `${better} keeps its class more often than ${worse}`,
    most: (claim: string, sigma: string, more: string, less: string) =>
      `${claim}: at σ = ${sigma} in ${more} of noisy copies against ${less}.`,
    bothWays: (where: string) => `It is the other way round ${where}.`,
    alike: (one: string, other: string) => `Sampling does not tell ${one} and ${other} apart at any radius.`,
    needsSampling: `Switch ${sampling} on to compare.`,
    pending: (one: string, other: string) => `${one} and ${other} are compared when both have been sampled.`,
    notHere: (id: string) => `The model “${id}” to compare with is not here.`,
    ownModelNotHere:
      'The link compares with a model of somebody’s own, which this browser does not keep. If you have its files, drop them here, then compare with it.',
    ownPicture: 'The picture that this is compared with is somebody’s own, and not in the link.',
    chooseOwn: 'Choose it…',
    unlike: (name: string) => `${name} sees other pictures or other classes, so the two cannot be compared.`,
    noPicture: (id: string) => `The picture “${id}” to compare with is not here.`,
  },
  prediction: {
    says: 'The model says',
    confidence: (percent: string) => `softmax confidence ${percent}`,
    truth: (label: string) => `True label: ${label}`,
    meant: (label: string) => `Meant as ${label}`,
    right: 'right',
    wrong: 'wrong',
    waiting: 'Waiting for the model…',
  },
  noise: {
    heading: 'Noisy copies',
    sentence: {
      start: 'In',
      startSecond: 'in',
      count: (kept: number, copies: number) => `${kept} of ${copies}`,
      pending: (copies: number) => `… of ${copies}`,
      copies: 'noisy copies',
    },
    stays: (label: string) => `this stays ${withArticle(label)}`,
    becomes: (label: string) => `this is called ${withArticle(label)}`,
    radius: 'Noise radius σ',
    radiusText: (sigma: string, l2: string) => `σ = ${sigma}, typical distance ${l2}`,
    l2: (value: string) => `typical L2 distance σ√d = ${value}`,
    grid: (copies: number, sigma: string, flips: number) =>
      `${copies} noisy copies at radius ${sigma}; ${flips} are called another class`,
    flip: (label: string, count: number) => `${label} (${count})`,
    flips: (flips: readonly string[]) => `Called otherwise: ${flips.join(', ')}.`,
    clipped: 'Shown clipped to black and white; the model sees the unclipped values.',
    waiting: 'Making noisy copies…',
    failed: 'The noisy copies could not be made.',
    estimate: { stays: 'P(stays)', becomes: (label: string) => `P(called ${label})` },
    noneFailed: 'No copy failed so far: only a lower limit is known.',
  },
  workers: {
    restarted: {
      engine: 'The engine stopped answering and was started anew. What was running goes on.',
      images: 'The part that reads pictures stopped answering and was started anew.',
    },
    engineLost: 'The engine stopped answering twice while it worked on this, so it was left out.',
    pictureLost: 'This could not be read: it took too long, twice. What was there stays.',
    modelLost:
      'This model did not come to an end when it was tried, so it was let go; nothing else was lost.',
    trialEnded:
      'The part of the page that tries models ended twice, or could not be loaded, so this model was not tried; reload the page and drop it again. Nothing else was lost.',
    dataLost: 'These files could not be read: it took too long. What was there stays.',
    cancelled: 'Cancelled.',
  },
  sweep: {
    heading: 'How likely the prediction survives',
    headingFor: (label: string) => `How likely noise makes it ${withArticle(label)}`,
    axisX: 'noise radius σ (pixel units)',
    axisY: (label: string) => `probability that it is called ${withArticle(label)} (p_robust)`,
    axisYNone: 'probability that the prediction survives (p_robust)',
    axisYOwn: 'probability that each keeps its class (p_robust)',
    chart:
      'Probability that the prediction survives, against the noise radius. The same numbers are in the table below.',
    phase: {
      starting: 'Starting the engine',
      loading: 'Loading the model',
      compiling: 'Compiling the model for the graphics card',
      warming_up: 'Warming up the model',
    },
    running: 'Sampling',
    waitingHidden: 'Waiting: this tab is hidden',
    engineStopped: (why: string) => `The engine stopped: ${why}. Reload the page to go on.`,
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
    figureNote:
      'Points: sampled, with 95 % limits. Lines: analytical, interpolated between the computed radii.',
    level: '95 %',
  },
  gap: {
    waiting: (names: readonly string[]) =>
      `The gap between ${inWords(names)} and sampling is judged when both are there.`,
    none: (names: readonly string[]) =>
      `${inWords([...names, sampling])} agree within their errors at every radius.`,
    /** `sides` from `side`, the one that begins at the smaller radius first. */
    parts: (name: string, sides: readonly string[], isComplete: boolean, assumption = '') =>
      `${isComplete ? '' : 'So far, '}${name} promises ${sides.join(', and ')}, ` +
      `which their errors do not explain${assumption && `: it assumes ${assumption}`}.`,
    /** `most` is empty where one radius is all. */
    side: (gap: string, above: boolean, isFirst: boolean, where: string, most: string) =>
      `up to ${gap} ${above ? 'more' : 'less'}${isFirst ? ' than sampling finds' : ''} ${where}` +
      `${most && ` (most at σ = ${most})`}`,
    others: (names: readonly string[]) => `Nor do they for ${inWords(names)}; see the table.`,
    unexplained: (difference: string) => `${difference} off sampling, not explained by errors`,
  },
  distances: {
    heading: 'Worst case beside average case',
    pictures: {
      clean: 'The picture',
      adversary: 'Nearest adversary',
      noisy: 'A noisy copy',
      difference: (gain: string) => `Difference, ${gain} times`,
      called: (label: string) => `called ${withArticle(label)}`,
      distance: (value: string) => `L2 distance ${value}`,
      waiting: 'The nearest adversary is looked for once the curve is done.',
      searching: (done: string) => `The nearest adversary is being looked for, ${done}.`,
      none: 'No adversary was found.',
      already: 'The model calls the picture another class already: there is nothing to change.',
      noGradients: 'The search for an adversary needs gradients, which this model does not give.',
      magnify: 'Show the difference',
      gain: 'Magnified',
      times: (gain: string) => `${gain} times`,
      hint: (times: string) =>
        `The noisy copy is ${times} times as far away as the adversary, in a direction of chance.`,
      grey: 'Grey is no change.',
    },
    short: { adversary: 'adversary', certified: 'certified', equivalent: 'equivalent' },
    from: (estimator: string) => `from ${estimator}`,
    adversary: {
      term: 'Nearest adversary',
      title:
        'L2 distance of the nearest input found that the model calls another class. It was checked by evaluating the same weights there in double precision, beyond what rounding explains; there may be a nearer one.',
      waiting: 'waits for the curve',
      searching: (done: string) => `searching, ${done}`,
      checked: (label: string) => `upper bound, checked: called ${withArticle(label)}`,
      checkedInSingle: (label: string) =>
        `upper bound, checked in single precision only: called ${withArticle(label)}`,
      already: (label: string) => `already called ${withArticle(label)}`,
      none: 'none found',
      noGradients: 'needs gradients',
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
  convergence: {
    heading: 'Convergence at this radius',
    chart: (sigma: string) =>
      `Each estimate at σ = ${sigma} with its interval, against what it cost. The last values are in the table below.`,
    axes: { x: 'cost in forward passes (a gradient counts as two)', y: 'estimate' },
    hint: `Bands are 95 % limits; those of ${sampling} hold however often one looks, and where it stops by its rule the narrower ones of that stop take their place. Analytical estimators take one step and stand where they cost.`,
  },
  classes: {
    heading: 'Classes at this radius',
    hint: 'Limits hold for all classes together. Press a class to ask how likely noise leads there.',
    legend: {
      sampled: 'share of noisy copies',
      sampledOf: (name: string) => `share of noisy copies: ${name}`,
      confidence: 'softmax at the clean picture',
    },
    mark: (name: string, p: string) => `${name} ${p}`,
    select: (label: string) => `Ask for class ${label}`,
    reset: 'Ask for the predicted class again',
    figureNote: 'Limits hold for all classes together.',
    notSampled: `Switch ${sampling} on to see shares.`,
  },
  landscape: {
    heading: 'Landscape',
    loading: 'Loading the landscape…',
    surface: {
      label: 'What the landscape shows',
      robustness: 'classes by radius',
      margin: 'margin around the picture',
    },
    shape: { label: 'How it is drawn', solid: 'in space', flat: 'flat' },
    noWebGl: 'This browser has no WebGL, so that the landscape is drawn flat.',
    turn: 'Turn',
    height: 'Height',
    degrees: (angle: number) => `${angle} degrees`,
    robustness: {
      title: 'Where noise leads, by radius and class',
      label: (classes: number, radii: number) =>
        `Share of noisy copies that are called each of ${classes} classes, at ${radii} radii. The same numbers are in the table below.`,
      x: 'noise radius σ',
      y: 'class',
      z: 'share of noisy copies',
      note: 'Shares of noisy copies; their limits hold for all classes of a radius together.',
      table: 'The shares as numbers',
      caption: 'Share of noisy copies by noise radius and class, with limits',
      leftOut: (count: number) => `${count} classes that noise hardly leads to are left out.`,
      waiting: `Waits for ${sampling}.`,
      notSampled: `Switch ${sampling} on to see where noise leads.`,
    },
    margin: {
      title: (label: string) => `Margin of class ${label} in its most dangerous plane`,
      x: 'u: to the boundary',
      y: 'v: across',
      z: 'margin',
      waiting: 'waits for the curve',
      computing: (done: string) => `Computing the margin, ${done}`,
      cancel: 'Cancel',
      cancelled: 'Cancelled.',
      again: 'Compute the margin',
      failed: 'Stopped by an error.',
      none: 'No margin has a gradient here, so that no direction is the most dangerous.',
      noGradients: (why: string) =>
        `The margin needs gradients, which this model does not have because ${why}.`,
      circle: (times: number) => (times === 1 ? 'σ' : `${times} σ`),
      picture: 'the picture',
      nearest: (label: string, distance: string) =>
        `Along u lies class ${label}, at a distance of ${distance} if its boundary is straight`,
      crossed: (distance: string) => `; in the plane another class is met at ${distance}.`,
      notCrossed: '; in this square the way along u stays with the class.',
      already: '; the picture itself is called another class.',
      second: (label: string, distance: string, angle: string) =>
        `The next boundary is that of class ${label}, at ${distance}; the ways to both enclose ${angle}°.`,
      random: 'No other margin has a gradient of its own: v was drawn at random.',
      shares: (parts: readonly string[]) => `Of the square, ${inWords(parts)}.`,
      share: (percent: string, label: string) => `${percent} is called ${label}`,
      note: (extent: string) =>
        `Least margin f_t − f_i over x + a·u + b·v with a and b up to ${extent}, u straight to the nearest boundary and v at right angles; the line is the decision boundary, the dot is the picture, the circles are 1 and 2 standard deviations of the noise in this plane.`,
      cost: (passes: string, gradients: string, ms: string) =>
        `${passes} forward passes, ${gradients} gradients, ${ms}.`,
    },
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
    modelError: `The error of a straightened boundary is not estimated; compare with ${sampling}.`,
    nearTies: (count: string) =>
      `${count} noisy copies had two logits within 0.00001 of each other; another backend may call those differently.`,
    exactTies: (count: string) =>
      `In ${count} noisy copies the class ties exactly with another; they count as lost, as the class does not win them.`,
    pending: '…',
  },
  flags: {
    provisional: 'not finished',
    sample_limit: 'stopped at the sample limit',
    exact_ties: 'copies that tie exactly count as lost',
    zero_gradient: 'a margin has no gradient here',
    check_failed: 'the self-check disagrees; shown is what plain copies support',
    few_failures: 'too few failures seen to be precise; shown is what plain copies support',
  },
  settings: {
    heading: 'Settings',
    estimators: 'Estimators',
    moreEstimators: 'More estimators',
    biased: 'biased',
    noGradients: (why: string) => `Estimators that need gradients are off for this model, because ${why}.`,
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
    halfWidth: 'Interval to each side',
    maxSamples: 'Most copies a radius',
    samples: 'Copies a radius',
    rangeError: (min: number, max: number) => `Between ${min} and ${max}.`,
    wholeError: 'A whole number.',
    orderError: 'The smallest radius must be below the largest.',
  },
  figure: {
    save: 'Save chart',
    noMemory: 'the browser has no memory for it',
    saveLabel: (label: string) => `Save chart: ${label}`,
    theme: 'Colours of the file',
    svg: 'SVG',
    png: 'PNG, twice the size',
    failed: (why: string) => `The chart could not be saved: ${why}. Try the other format.`,
    names: {
      curve: 'the curve',
      classes: 'the classes',
      noise: 'the noisy copies',
      robustness: 'robustness by radius and class',
      margin: 'the margin around the picture',
      convergence: 'estimates against their cost',
    },
    titles: {
      convergence: (sigma: string) => `Estimates against their cost at radius ${sigma}`,
      classes: (sigma: string) => `Where noise of radius ${sigma} leads`,
      noise: (count: number, sigma: string) => `${count} noisy copies at radius ${sigma}`,
      compared: (shown: string, compared: string, what: string) => `${shown} and ${compared}: ${what}`,
    },
    /** In the key of two compared curves. */
    ofCurve: (name: string, of: string) => `${of}: ${name}`,
    caption: {
      model: (id: string, hash: string) => `Model ${id} (SHA-256 ${hash}…)`,
      image: (hash: string) => `image SHA-256 ${hash}…`,
      beside: (solid: string, dashed: string, what: string) =>
        `Filled points and solid lines: ${solid}. Hollow points and dashed lines: ${dashed}, ${what}.`,
      target: (label: string) => `asked for class ${label}`,
      // Without a break in a line's middle.
      seed: (seed: number) => `seed\u00a0${seed}`,
      sigma: (sigma: string) => `σ\u00a0=\u00a0${sigma}`,
      app: (version: string) => `Probust\u00a0${version}`,
    },
  },
  opened: {
    open: 'Open a saved sweep…',
    openHint: 'A sweep saved as JSON is shown without computing; drop its .npy too to see the picture.',
    heading: 'A saved sweep',
    from: (name: string) => `Read from ${name}. Nothing here was computed now.`,
    loading: 'Opening the sweep…',
    close: 'Back to the page',
    model: 'Model',
    image: 'Picture',
    noImage: 'Not in the file. Drop its .npy here to see it.',
    imageAlt: 'The picture that the sweep is of, as the model saw it',
    imageChecked: 'Its hash is the one in the sweep.',
    asked: 'Asked for',
    target: (index: number, label: string) => `class ${label} (output ${index})`,
    stop: 'Sampling',
    precision: (halfWidth: number, most: string) => `until ± ${halfWidth}, at most ${most} copies a radius`,
    fixed: (count: string) => `${count} copies a radius`,
    seed: 'Seed',
    made: 'Computed',
    madeBy: (app: string, backend: string) => `by Probust ${app} on ${backend}`,
    caption: (label: string) => `Probability of class ${label} by noise radius`,
    unreadable: (name: string, why: string) =>
      `${name} could not be opened: ${why}. Save the sweep as JSON again, and open that.`,
    tooLarge: (name: string, size: string, most: string) =>
      `${name} has ${size}, and at most ${most} can be opened here. Save a sweep of fewer radii, or read it with a program of your own.`,
    noPicture: (name: string) =>
      `${name} is the input of the sweep, but not a picture of height, width and one or three channels. The sweep stays open without it.`,
    rows: (from: string, to: string, count: string) => `Noise levels ${from} to ${to} of ${count}`,
    pages: 'Pages of the table',
    previous: 'Previous',
    next: 'Next',
    thinned: (drawn: string, count: string) =>
      `The chart draws at most ${drawn} of a curve’s ${count} noise levels, the lowest and highest of neighbours; the table has all.`,
    empty: 'there is no estimate in it',
    notSaved: 'it is not a sweep that Probust saved',
    inputAlone: (name: string) =>
      `${name} is a model’s input. Open the sweep that was saved with it first, or drop both together.`,
    otherInput: (name: string, sweep: string) =>
      `${name} is not the picture of ${sweep}: their hashes differ. The sweep stays open without it.`,
  },
  cite: {
    heading: 'Cite this',
    text: 'In a sentence',
    bibtex: 'BibTeX',
    button: { copy: 'Copy', copied: 'Copied', failed: 'Select the text and copy it' },
    privateImage: 'The link restores everything but your picture, which is known by its hash alone.',
  },
  export: {
    heading: 'Export',
    json: 'Sweep as JSON',
    csv: 'Sweep as CSV',
    npy: 'Model input as .npy',
    hint: 'Numbers with seed, settings and hashes. The picture itself is in the .npy, and in charts that show it, if you save them.',
    nothing: 'Nothing to export yet.',
  },
  help: {
    heading: 'About the estimators',
    loading: 'Loading the text…',
    notation:
      'f(x) holds the logits, t is the class that is asked for, g are the margins to the other classes, σ is the noise radius. Φ is the Gaussian integral over all margins at once.',
    which: 'Which one to trust',
    range: (low: number, high: number) => `p from ${low} to ${high}`,
    closest: (name: string, error: string, cost: string) =>
      `${name} came closest: off by ${error}, for ${cost} forward passes a radius.`,
    quick: (name: string, error: string, cost: string) =>
      `At once, for ${cost} passes: ${name}, off by ${error}.`,
    wins: (times: string) =>
      `At the same cost importance sampling’s squared error is ${times} times smaller than plain sampling’s.`,
    loses: (times: string) =>
      `At the same cost importance sampling’s squared error is ${times} times larger than plain sampling’s.`,
    measured: (cost: string, errors: string) =>
      `Measured: ${cost} forward passes a radius; off by ${errors}.`,
    errorAt: (error: string, low: number, high: number) => `${error} where p is ${low} to ${high}`,
    study: (images: number, models: string, samples: string) =>
      `Root mean square errors over ${images} digits on ${models}, against ${samples} noisy copies each; a gradient counts for two passes. From docs/accuracy.md.`,
  },
  footer: {
    starting: 'Starting the engine…',
    privacy: 'Everything is computed in this browser; nothing is sent anywhere.',
    offline: 'It also works without a network.',
    update: 'There is a newer version of this page.',
    takeUpdate: 'Reload with it',
  },
} as const;
