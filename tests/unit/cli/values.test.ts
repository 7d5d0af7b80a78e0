import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CliError, EXIT } from '../../../src/cli/errors';
import {
  parseCrop,
  parseEstimators,
  parseNumber,
  parseSeed,
  parseSigmas,
  parseStop,
  parseTarget,
  parseWhole,
} from '../../../src/cli/values';
import { DEFAULT_STOP } from '../../../src/estimators/estimate';
import { ESTIMATORS } from '../../../src/estimators/registry';

const HOSTILE = [
  '',
  ' ',
  '-1',
  '1e999',
  'NaN',
  'Infinity',
  '0x10',
  '1_000',
  '1,5',
  '٣',
  '1n',
  '--help',
  'null',
  '\u0000',
  '9'.repeat(400),
];

/** What a parser makes of a text: a value, or its complaint. Anything but a usage error fails the test. */
function attempt<T>(parse: () => T): T | CliError {
  try {
    return parse();
  } catch (error) {
    if (error instanceof CliError && error.exitCode === EXIT.usage) return error;
    throw error;
  }
}

const hostileText = fc.oneof(
  fc.string(),
  fc.constantFrom(...HOSTILE),
  fc
    .array(fc.oneof(fc.constantFrom(...HOSTILE), fc.double().map(String), fc.integer().map(String)), {
      minLength: 1,
      maxLength: 5,
    })
    .chain((parts) => fc.constantFrom(',', ':').map((separator) => parts.join(separator))),
);

describe('--sigmas', () => {
  it('spaces from:to:count as the page does', () => {
    const sigmas = parseSigmas('0.05:1:12');
    expect(sigmas).toHaveLength(12);
    expect([sigmas[0], sigmas[11]]).toEqual([0.05, 1]);
    expect(sigmas[1]).toBe(Number((0.05 * 20 ** (1 / 11)).toPrecision(6)));
  });

  it('takes a list, which it sorts', () => {
    expect(parseSigmas('0.5, .1,2e-1,0.5')).toEqual([0.1, 0.2, 0.5]);
  });

  it.each(['1:0.1:3', '0.1:1', '0.1:1:1', '0.1:1:2:3', '0.1:1:2.5', '0', '0.1,,0.2', '1e4', '0.1:1:99999'])(
    'refuses %s in a sentence that names the option',
    (text) => {
      expect(attempt(() => parseSigmas(text))).toMatchObject({
        message: expect.stringContaining('--sigmas'),
      });
    },
  );

  it('gives positive, finite, ascending radii or a usage error, whatever it is given', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const result = attempt(() => parseSigmas(text));
        if (result instanceof CliError) return;
        expect(result.length).toBeGreaterThan(0);
        for (const [i, sigma] of result.entries()) {
          expect(Number.isFinite(sigma) && sigma > (result[i - 1] ?? 0)).toBe(true);
        }
      }),
      { numRuns: 1000, seed: 1 },
    );
  });
});

describe('--stop', () => {
  it('reads both rules, with the page’s numbers where some are left out', () => {
    expect(parseStop('fixed:5000')).toEqual({ rule: 'fixed', samples: 5000 });
    expect(parseStop('fixed')).toEqual({ rule: 'fixed', samples: 10_000 });
    expect(parseStop('precision:0.01:9000')).toEqual({
      rule: 'precision',
      halfWidth: 0.01,
      maxSamples: 9000,
    });
    expect(parseStop('precision')).toEqual(DEFAULT_STOP);
  });

  it.each([
    'fixed:0',
    'fixed:1.5',
    'fixed:1:2',
    'fixed:',
    'precision:0:5',
    'precision:0.1:5:6',
    'Fixed:5',
    '',
  ])('refuses “%s”', (text) => {
    expect(attempt(() => parseStop(text))).toBeInstanceOf(CliError);
  });

  it('gives a rule with numbers in range or a usage error, whatever it is given', () => {
    const texts = fc.oneof(
      hostileText,
      hostileText.map((text) => `fixed:${text}`),
      hostileText.map((text) => `precision:${text}`),
    );
    fc.assert(
      fc.property(texts, (text) => {
        const result = attempt(() => parseStop(text));
        if (result instanceof CliError) return;
        const most = result.rule === 'fixed' ? result.samples : result.maxSamples;
        expect(Number.isSafeInteger(most) && most >= 1).toBe(true);
        if (result.rule === 'precision') expect(result.halfWidth > 0 && result.halfWidth <= 0.5).toBe(true);
      }),
      { numRuns: 1000, seed: 1 },
    );
  });
});

describe('numbers', () => {
  it.each(HOSTILE)('“%s” is no seed', (text) => {
    expect(attempt(() => parseSeed(text))).toBeInstanceOf(CliError);
  });

  it('takes every seed that the noise takes', () => {
    expect(parseSeed('0')).toBe(0);
    expect(parseSeed('9007199254740991')).toBe(Number.MAX_SAFE_INTEGER);
    expect(attempt(() => parseSeed('9007199254740992'))).toBeInstanceOf(CliError);
  });

  it('reads back what JavaScript writes, if it is in range', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1e3, noNaN: true }), (value) => {
        expect(parseNumber('--x', String(value), 0, 1e3)).toBe(Math.abs(value));
      }),
      { seed: 1 },
    );
    fc.assert(
      fc.property(fc.nat(), (value) => {
        expect(parseWhole('--x', String(value), 0, 2 ** 31)).toBe(value);
      }),
      { seed: 1 },
    );
  });
});

describe('--estimators and --target', () => {
  it('keeps the registry’s order, each once', () => {
    expect(parseEstimators('mc,taylor, mc')).toEqual(['taylor', 'mc']);
    expect(parseEstimators('all')).toEqual(ESTIMATORS.map(({ id }) => id));
  });

  it.each(['', 'mc,', 'MC', 'mc taylor', '__proto__', 'constructor'])(
    'knows no estimator in “%s”',
    (text) => {
      expect(attempt(() => parseEstimators(text))).toBeInstanceOf(CliError);
    },
  );

  it('takes a label before a number, and an exact label before one that is like it', () => {
    const numbers = ['1', '2', '3'];
    expect([...numbers, '0'].map((text) => parseTarget(text, numbers))).toEqual([0, 1, 2, 0]);
    const cats = ['Cat', 'cat', 'dog'];
    expect(['cat', 'Cat', 'DOG', '1'].map((text) => parseTarget(text, cats))).toEqual([1, 0, 2, 1]);
    expect(attempt(() => parseTarget('CAT', cats))).toMatchObject({
      message: expect.stringContaining('“Cat” (class 0) or “cat” (class 1)'),
    });
    expect(parseTarget('Zu\u0308rich', ['a', 'Z\u00fcrich'])).toBe(1);
  });

  it('takes a class by number or by label', () => {
    const labels = ['cat', 'Dog', 'emu'];
    expect(parseTarget('2', labels)).toBe(2);
    expect(parseTarget('dog', labels)).toBe(1);
    for (const text of ['3', '-1', '1.5', '', 'cow']) {
      expect(attempt(() => parseTarget(text, labels))).toBeInstanceOf(CliError);
    }
  });
});

describe('--crop', () => {
  it('takes three parts of the picture', () => {
    expect(parseCrop('0.25, .1,1')).toEqual({ x: 0.25, y: 0.1, size: 1 });
  });

  it.each(['', '0.1', '0.1,0.2', '0,0,0', '0,0,1.1', '-0.1,0,1', '0,0,1,1', 'a,b,c'])(
    'refuses “%s”',
    (text) => {
      expect(attempt(() => parseCrop(text))).toMatchObject({ message: expect.stringContaining('--crop') });
    },
  );
});
