import { describe, expect, it } from 'vitest';
import { afterMark, withSection } from '../../../bench/support/section';

const page = '# Page\n\nHead.\n\n## A\n\nold a\n\n## B\n\nold b\n';

describe('a section of docs/benchmarks.md', () => {
  it('takes the place of the one with the same title and leaves the others alone', () => {
    expect(withSection(page, 'A', 'new a\n\n### Part\n')).toBe(
      '# Page\n\nHead.\n\n## A\n\nnew a\n\n### Part\n\n## B\n\nold b\n',
    );
    expect(withSection(page, 'B', 'new b')).toBe('# Page\n\nHead.\n\n## A\n\nold a\n\n## B\n\nnew b\n');
  });

  it('goes to the end if its title is new, even if it begins like another', () => {
    expect(withSection(page, 'A and more', 'c')).toBe(`${page}\n## A and more\n\nc\n`);
  });

  it('stands once however often it is written', () => {
    expect(withSection(withSection(page, 'A', 'new'), 'A', 'new')).toBe(withSection(page, 'A', 'new'));
  });
});

describe('what a run writes below a mark', () => {
  it('replaces everything there, and the mark has to be there', () => {
    const first = afterMark('Above.\n\n<!-- mark -->\n', '<!-- mark -->', 'one\n');
    expect(first).toBe('Above.\n\n<!-- mark -->\n\none\n');
    expect(afterMark(first, '<!-- mark -->', 'two')).toBe('Above.\n\n<!-- mark -->\n\ntwo\n');
    expect(() => afterMark('Above.\n', '<!-- mark -->', 'one')).toThrow(/no line "<!-- mark -->"/);
  });
});
