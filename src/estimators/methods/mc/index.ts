import type { EstimatorDefinition } from '../../definition';
import { cost, run } from './run';

/** The share of noisy copies that are still called t, with limits that fit the stop rule. */
export const mc: EstimatorDefinition = {
  id: 'mc',
  name: 'Monte Carlo',
  colour: 'light-dark(#1d4fb8, #86abff)',
  roles: ['reference'],
  lessonSteps: ['digit', 'photo'],
  kind: 'sampled',
  unbiased: true,
  needsGradients: false,
  shownByDefault: true,
  summary: 'Adds noise again and again and counts how often the prediction survives.',
  formula: '\\frac{1}{n}\\sum_{j=1}^{n} \\mathbf{1}\\{\\arg\\max_i f_i(x+\\varepsilon_j) = t\\}',
  citation:
    'Limits: Clopper and Pearson 1934 (fixed n); Frey 2010 (stop by precision); Robbins 1970, Beta(1/2,1/2) mixture (until then). Value at a stop by precision: Girshick, Mosteller and Savage 1946',
  help: {
    what: 'The share of n noisy copies that are still called t.',
    costs: `n forward passes, no gradients. Limits 0.02 to each side take 2560 copies at p = 0.5, about 1050 at
      0.9 and 320 at 0.99.`,
    right: `always: it has a sampling error and nothing else. The interval fits the stop rule, chosen
      beforehand. A fixed n gives Clopper and Pearson's. A stop by precision looks after every 256 copies
      and ends where z √(q(1−q)/n), with q = (k + 3.5)/(n + 7), is at most h; then the limits are k/n ± h.
      z is so large that they cover every p at 95 %, by the exact distribution of the end (\`npm run
      stop-table\`); the largest number of copies is part of the rule, and an interval that it cuts short
      has a half-width of its own and says so. Since a share at such a stop is biased, p is the share of
      all ways to k of n that begin with a survivor: unbiased, and close to k/n. While it runs, and where
      it is broken off, a confidence sequence is shown, which holds at every look. Several radii or
      classes that are judged together have limits at 1 − 0.05/m each.`,
    wrong: `never, but silent in the tail: where one copy in a million fails, it sees none for a long time. Then
      only the lower limit is known, and that is what is shown.`,
    source: `Clopper and Pearson, Biometrika 26 (1934); Frey, The American Statistician 64 (2010), for the
      planned stop; Girshick, Mosteller and Savage, Ann. Math. Stat. 17 (1946), for its value; Robbins,
      Ann. Math. Stat. 41 (1970), for the Beta(½, ½) mixture.`,
  },
  options: {},
  cost,
  run,
};
