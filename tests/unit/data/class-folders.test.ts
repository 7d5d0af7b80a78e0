import { describe, expect, it } from 'vitest';
import { picturesByFolder } from '../../../src/data';

const at = (...paths: string[]) => paths.map((path) => ({ path, file: path }));

/** Labels by path. */
function labelsOf(paths: readonly string[], labels: readonly string[]): Record<string, number> {
  const { pictures } = picturesByFolder(at(...paths), labels);
  return Object.fromEntries(pictures.map(({ path, label }) => [path, label]));
}

const noteOf = (paths: readonly string[], labels: readonly string[]): string =>
  picturesByFolder(at(...paths), labels).note;

describe('the class of a picture by its folder', () => {
  const labels = ['airplane', 'Hot Dog', 'bird'];

  it('is a name, whatever stands between its words, or a number; in the order of the paths', () => {
    const { pictures } = picturesByFolder(
      at('set/hot_dog/2.png', 'set/airplane/1.png', 'set/2/x.png'),
      labels,
    );
    expect(pictures.map(({ path, label }) => [path, label])).toEqual([
      ['set/2/x.png', 2],
      ['set/airplane/1.png', 0],
      ['set/hot_dog/2.png', 1],
    ]);
  });

  it.each([
    ['1,2,3', ['1', '2', '3'], { '1/x': 0, '2/x': 1, '3/x': 2 }],
    ['2,0,1', ['2', '0', '1'], { '0/x': 1, '1/x': 2, '2/x': 0 }],
    ['10,20,30', ['10', '20', '30'], { '10/x': 0, '20/x': 1, '30/x': 2 }],
    ['10,20,30 by number', ['10', '20', '30'], { '0/x': 0, '1/x': 1, '2/x': 2 }],
    ['007 by name', ['007', '7', 'x'], { '007/x': 0, '7/x': 1 }],
    ['numbers with zeros before them', ['a', 'b', 'c'], { '00/x': 0, '01/x': 1, '02/x': 2 }],
    ['names that differ in case', ['Cat', 'cat', 'dog'], { 'Cat/x': 0, 'cat/x': 1, 'dog/x': 2 }],
    ['names that differ in a space', ['red_car', 'red car', 'dog'], { 'red car/x': 1, 'red_car/x': 0 }],
    ['composed for decomposed', ['Z\u00fcrich', 'b'], { 'Zu\u0308rich/x': 0, 'b/x': 1 }],
    ['decomposed for composed', ['Zu\u0308rich', 'b'], { 'Z\u00fcrich/x': 0, 'b/x': 1 }],
    ['both forms for one class', ['Z\u00fcrich', 'b'], { 'Z\u00fcrich/x': 0, 'Zu\u0308rich/y': 0 }],
    ['a number beside names', ['cat', 'dog'], { 'cat/x': 0, '1/x': 1 }],
    [
      'a class in two parts of a set',
      ['cat', 'dog'],
      { 'test/cat/x': 0, 'train/cat/y': 0, 'train/dog/z': 1 },
    ],
  ])('is right for %s', (_what, names, expected) => {
    expect(labelsOf(Object.keys(expected), names)).toEqual(expected);
  });

  it.each([
    [
      'alike labels',
      ['Cat', 'cat', 'dog'],
      ['CAT/x', 'dog/x'],
      /“CAT” may be “Cat” \(class 0\) or “cat” \(class 1\)/,
    ],
    ['repeated labels', ['crane', 'crane'], ['crane/x', '0/x'], /“crane” may be .*class 0.*class 1/],
    [
      'alike folders',
      ['cat', 'dog'],
      ['Cat/x', 'cat/x', 'dog/x'],
      /“Cat” and “cat” would both be the class “cat”/,
    ],
    ['a name and its number', ['cat', 'dog'], ['0/x', 'cat/x'], /“0” and “cat” would both be/],
    ['two spellings of a number', ['a', 'b'], ['0/x', '00/x'], /“0” and “00” would both be/],
    [
      'names and numbers mixed',
      ['1', '2', '3'],
      ['0/x', '1/x', '2/x'],
      /“1” is the name of a class, and “0” could only/,
    ],
    ['no folders', labels, ['1.png', '2.png'], /labels are missing.*airplane/],
    ['a folder that is no class', labels, ['bird/1', 'cat/2'], /No class is called “cat”/],
    ['a number too large', labels, ['bird/1', '3/2'], /No class is called “3”/],
    ['a picture beside the folders', labels, ['bird/1', '2.png'], /2.png lies in no folder/],
  ])('is an error with both names for %s', (_what, names, paths, message) => {
    expect(() => picturesByFolder(at(...paths), names)).toThrow(message);
    expect(() => picturesByFolder(at(...paths), names)).toThrow(
      expect.objectContaining({ name: 'DataError' }),
    );
  });

  describe('in nested folders', () => {
    const nested = ['a/1/x.png', 'b/1/x.png', 'c/1/x.png'];

    it('is the level that names classes, and that is said', () => {
      expect(labelsOf(nested, ['a', 'b', 'c'])).toEqual({ 'a/1/x.png': 0, 'b/1/x.png': 1, 'c/1/x.png': 2 });
      expect(noteOf(nested, ['a', 'b', 'c'])).toBe('The class is the folder’s name, as “a” in a/1/x.png.');
      expect(Object.values(labelsOf(nested, ['1', '2', '3']))).toEqual([0, 0, 0]);
      expect(noteOf(nested, ['1', '2', '3'])).toBe('The class is the folder’s name, as “1” in a/1/x.png.');
      expect(noteOf(['2/x.png', '0/x.png'], labels)).toBe(
        'The class is the folder’s number, as “0” (airplane) in 0/x.png.',
      );
    });

    it('is an error where two levels name different classes', () => {
      expect(() => picturesByFolder(at(...nested), ['a', 'b', 'c', '1'])).toThrow(
        'a/1/x.png lies in “1”, “a”, which both name classes',
      );
    });

    it('may be of different depths', () => {
      const paths = ['set/bird/1.png', 'set/airplane/more/2.png', 'set/airplane/3.png'];
      expect(Object.values(labelsOf(paths, labels))).toEqual([0, 0, 2]);
    });

    it('is not the folder around the whole set, though it is called as a class', () => {
      expect(labelsOf(['7/0/x', '7/1/x'], [...'0123456789'])).toEqual({ '7/0/x': 0, '7/1/x': 1 });
    });
  });
});
