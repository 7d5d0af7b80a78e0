import { describe, expect, it } from 'vitest';
import { classSpread } from '../../../bench/findings/classes';
import { byRobustness, looks } from '../../../bench/findings/looks';
import { COMPARED, radiusAtLevel, readSubjects, type Subject } from '../../../bench/findings/plan';
import { fragileShare, standings } from '../../../bench/findings/proxy';
import { comparisons, miss } from '../../../bench/findings/regularised';
import type { CaseSet, Survey } from '../../../bench/findings/results';
import { classesSection } from '../../../bench/findings/sections/classes';
import { looksSection } from '../../../bench/findings/sections/looks';
import { robustSection } from '../../../bench/findings/sections/robust';
import { softmaxSection, verdictOf } from '../../../bench/findings/sections/softmax';
import { findDataset } from '../../../src/data';
import { UniformSource } from '../../../src/statistics';

const RESAMPLES = 400;

const subject = (id: string, ordinary = id): Subject =>
  ({
    card: { id, labels: ['a', 'b', 'c'] },
    dataset: findDataset('mnist'),
    ordinary,
    radii: [],
  }) as unknown as Subject;

const [ORDINARY, ROBUST] = [subject('plain'), subject('robust', 'plain')];
const uniforms = (seed: number, count: number): Float64Array => {
  const source = new UniformSource(seed);
  return Float64Array.from({ length: count }, () => source.next());
};
const P = uniforms(1, 60);

/** Every estimator exact, but for those given. */
function caseSet(
  of: Subject,
  changed: Partial<CaseSet['estimates']> = {},
  rest: Partial<CaseSet> = {},
): CaseSet {
  const exact = Object.fromEntries(COMPARED.map((id) => [id, P])) as CaseSet['estimates'];
  return {
    subject: of,
    radius: { sigma: 0.5, level: 0.75, basis: 'matched' },
    copies: 1000,
    p: P,
    estimates: { ...exact, ...changed },
    ...rest,
  };
}

describe('radii', () => {
  const curve = [
    { sigma: 0.1, mean: 1 },
    { sigma: 0.2, mean: 0.9 },
    { sigma: 0.4, mean: 0.5 },
    { sigma: 0.8, mean: 0.2 },
  ];

  it('are read off the card between two of its radii, on a logarithmic scale', () => {
    expect(radiusAtLevel(curve, 0.9)).toBe(0.2);
    expect(radiusAtLevel(curve, 0.7)).toBe(0.28);
    expect(radiusAtLevel(curve, 0.1)).toBeUndefined();
    expect(radiusAtLevel(curve.slice(1), 0.95)).toBeUndefined();
  });

  it('of a robust model are its own and the ordinary one’s', async () => {
    const subjects = await readSubjects(undefined);
    const robust = subjects.find(({ card }) => card.id === 'mnist-cnn-noise');
    const ordinary = subjects.find(({ card }) => card.id === robust?.ordinary);
    expect(robust?.radii.map(({ basis }) => basis)).toEqual(['matched', 'matched', 'matched', 'equal']);
    expect(robust?.radii.at(-1)?.sigma).toBe(ordinary?.radii.find(({ level }) => level === 0.75)?.sigma);
    expect(await readSubjects(/linear/)).toHaveLength(1);
  });
});

describe('softmax against p_robust', () => {
  const unrelated = uniforms(2, 60);

  it('is poor where it says nothing, in order and in level', () => {
    const found = standings(caseSet(ORDINARY, { softmax: unrelated }), RESAMPLES);
    expect(verdictOf({ standings: found })).toBe('poor');
    const taylor = found.find(({ id }) => id === 'taylor');
    expect(taylor?.spearman.value).toBeCloseTo(1, 12);
    expect(taylor?.difference.value).toBe(0);
    expect(taylor?.rankGain?.value).toBeCloseTo(1 - (found[0]?.spearman.value ?? 0), 12);
  });

  it('is poor in level alone where it orders alike', () => {
    const found = standings(caseSet(ORDINARY, { softmax: P.map(Math.sqrt) }), RESAMPLES);
    expect(verdictOf({ standings: found })).toBe('poor_level');
  });

  it('is fair where it is p_robust, and the text says so', () => {
    const set = caseSet(ORDINARY);
    const judged = { set, standings: standings(set, RESAMPLES) };
    expect(verdictOf(judged)).toBe('fair');
    const { summary } = softmaxSection([judged], [], []);
    expect(summary).toContain('**Not seen** on `plain`');
    expect(summary).not.toContain('**Seen');
  });

  it('counts the images that are sure and fragile', () => {
    const survey = {
      softmax: Float64Array.of(0.999, 0.999, 0.999, 0.5),
      p: Float64Array.of(0.2, 0.9, 0.5, 0.1),
    };
    expect(fragileShare(survey as Survey)).toMatchObject({ fragile: 1, sure: 3, all: 4 });
    expect(fragileShare({ ...survey, softmax: survey.softmax.map(() => 0.5) } as Survey)).toBeNull();
  });
});

describe('ordinary and robust models', () => {
  const off = P.map((p) => p + 0.2);

  it('takes sampling’s own variance off the root mean square error', () => {
    const p = Float64Array.of(0.5, 0.5);
    const estimates = { ...caseSet(ORDINARY).estimates, taylor: Float64Array.of(0.6, 0.4) };
    const { absolute, rootMeanSquare } = miss({ ...caseSet(ORDINARY), p, copies: 101, estimates }, 'taylor');
    expect(absolute).toBeCloseTo(0.1, 12);
    expect(rootMeanSquare).toBeCloseTo(Math.sqrt(0.01 - 0.25 / 100), 12);
  });

  it('says which estimator is closer on which model', () => {
    const found = comparisons(
      [caseSet(ORDINARY, { taylor: off }), caseSet(ROBUST, { gaussian_margin: off })],
      RESAMPLES,
    );
    const { summary } = robustSection(found, '');
    expect(summary).toContain('`robust` against `plain` at equal mean p: of 1 radii');
    expect(summary).toContain('`taylor` is closer at 1');
    expect(summary).toContain('`gaussian_margin` is farther at 1');
    expect(summary).toContain('`mmse` is undecided at 1');
    const taylor = found[0]?.meetings[0]?.contests.find(({ id }) => id === 'taylor');
    expect(taylor?.gain.value).toBeCloseTo(0.2, 12);
  });

  it('claims nothing where there is no pair', () => {
    expect(comparisons([caseSet(ORDINARY)], RESAMPLES)).toEqual([]);
    expect(robustSection([], '').summary).toContain('Not measured');
  });
});

/** Twenty images of each class; @param shift what class c adds to p_robust. */
function survey(shift: number): Survey {
  const labels = Uint32Array.from({ length: 60 }, (_, i) => i % 3);
  const p = Float64Array.from(P, (value, i) => 0.5 * value + shift * (labels[i] as number));
  return {
    subject: ORDINARY,
    sigma: 0.5,
    copies: 100,
    p,
    softmax: P,
    targets: labels,
    labels,
    lostTo: Float64Array.of(10, 30, 0),
    features: [
      { name: 'p itself', values: p },
      { name: 'chance', values: uniforms(3, 60) },
    ],
  };
}

describe('classes', () => {
  const options = { resamples: RESAMPLES, permutations: 999 };

  it('finds the shift between classes, and where copies go', () => {
    const spread = classSpread(survey(0.25), options);
    expect(spread?.pValue).toBe(0.001);
    expect(spread?.pairs).toEqual({ differing: 3, all: 3 });
    expect(spread?.attractor).toEqual({ label: 'b', share: 0.75 });
  });

  it('finds none where there is none, and the text says so', () => {
    const spread = classSpread(survey(0), options);
    expect(spread?.pValue).toBeGreaterThan(0.05);
    expect(classesSection(spread === undefined ? [] : [spread], '').summary).toContain(
      '**Not seen** on `plain`',
    );
  });

  it('has no answer for a class without images', () => {
    const few = survey(0);
    expect(classSpread({ ...few, labels: few.labels.map(() => 0) }, options)).toBeUndefined();
  });
});

describe('looks', () => {
  it('orders a class by p_robust, of equals the earlier image first', () => {
    const given = { p: Float64Array.of(0.5, 0.1, 0.5, 0.3), labels: Uint32Array.of(0, 0, 0, 1) };
    expect([...byRobustness(given, 0)]).toEqual([1, 0, 2]);
  });

  it('finds a feature that is p_robust itself, within classes, and none in chance', () => {
    const found = looks(survey(0.25), RESAMPLES);
    const [own, chance] = found.effects;
    expect(own?.effect.hi).toBeLessThan(-2);
    expect((chance?.effect.lo ?? 1) < 0 && (chance?.effect.hi ?? -1) > 0).toBe(true);
    const { summary } = looksSection([[found]], { effects: '', strips: [] }, 'x');
    expect(summary).toContain('low p_robust goes with less p itself.');
  });

  it('does not take a difference between classes for one within them', () => {
    const given = survey(0.25);
    const byClass = {
      name: 'class',
      values: Float64Array.from(given.labels, (label, i) => label + 0.01 * (P[(i + 7) % 60] as number)),
    };
    const [effect] = looks({ ...given, features: [byClass] }, RESAMPLES).effects;
    expect((effect?.effect.lo ?? 1) < 0 && (effect?.effect.hi ?? -1) > 0).toBe(true);
  });
});
