import { join } from 'node:path';
import { openJournal } from '../../src/cli/dataset-journal';
import type { DatasetHeader, DatasetRow } from '../../src/dataset';
import type { Reader, Trial } from '../reader';
import { damagedText } from '../support/damage';
import type { Dice } from '../support/dice';
import { inFolder } from '../support/folder';
import { damagedJson, jsonText } from '../support/json';
import { anyRun, nonsenseIn } from '../support/table';

interface Kept {
  readonly header: DatasetHeader;
  /** The journal's text. */
  readonly text: string;
}

const lines = (values: readonly unknown[]): string => values.map((value) => `${jsonText(value)}\n`).join('');

function generate(dice: Dice): Trial<Kept, readonly DatasetRow[]> {
  const { header, rows } = anyRun(dice);
  const trial = (
    kind: string,
    text: string,
    rest: Pick<Trial<Kept, readonly DatasetRow[]>, 'expected' | 'check'>,
  ) => ({
    kind,
    input: { header, text },
    files: { 'rows.csv.rows': text, 'header.json': jsonText(header) },
    ...rest,
  });
  const found = dice.some(rows, 0.6);
  const text = lines([header, ...found]);
  const nonsense = (known: readonly DatasetRow[]): string | null => nonsenseIn({ header, rows: known });
  if (dice.chance(0.45)) {
    const half =
      dice.chance(0.5) && rows[0] !== undefined ? jsonText(rows[0]).slice(0, dice.between(0, 30)) : '';
    return trial('valid', `${text}${half}`, {
      expected: 'accepted',
      check: (known) =>
        jsonText(known) === jsonText(found) ? nonsense(known) : 'its rows are not those that were kept',
    });
  }
  if (dice.chance(0.2)) {
    const other = {
      ...header,
      ...dice.pick([{ seed: header.seed + 1 }, { sigmas: [0.7] }, { estimator: 'mmse' }, { backend: 'x' }]),
    };
    return trial('of another run', lines([other, ...found]), { expected: 'refused', check: nonsense });
  }
  if (dice.chance(0.2) && found.length > 0) {
    return trial('a row twice', lines([header, ...found, dice.pick(found)]), {
      expected: 'refused',
      check: nonsense,
    });
  }
  if (dice.chance(0.6) && found.length > 0) {
    const at = dice.below(found.length);
    const broken = damagedJson(found[at], dice);
    const kept =
      lines([header, ...found.slice(0, at)]) +
      `${broken.value.replace(/\n/g, ' ')}\n` +
      lines(found.slice(at + 1));
    return trial(`a row damaged: ${broken.how}`, kept, { expected: 'either', check: nonsense });
  }
  const broken = damagedText(text, dice);
  return trial(`damaged: ${broken.how}`, broken.value, { expected: 'either', check: nonsense });
}

/** The rows that an unfinished run kept. */
export const journal: Reader<Kept, readonly DatasetRow[]> = {
  id: 'journal',
  share: 4,
  floors: { accepted: 0.3, refused: 0.2, codes: ['exit 3'] },
  generate,
  read: ({ header, text }) =>
    inFolder({ 'rows.csv.rows': text }, async (folder) => {
      const kept = await openJournal(join(folder, 'rows.csv'), header);
      await kept.remove();
      return kept.rows;
    }),
};
