import { join } from 'node:path';
import { readTable } from '../../src/cli/dataset-file';
import { type DatasetTable, toDatasetCsv, toDatasetParquet } from '../../src/dataset';
import type { Reader, Trial } from '../reader';
import { damaged, damagedText } from '../support/damage';
import type { Dice } from '../support/dice';
import { inFolder } from '../support/folder';
import { damagedJson, jsonText } from '../support/json';
import { anyRun, nonsenseIn, shardsOf } from '../support/table';

interface TableFile {
  readonly name: string;
  readonly content: Uint8Array | string;
}

const CELLS: readonly string[] = [
  '',
  ' ',
  '-1',
  '0.5',
  '1.5',
  '1e400',
  '-0',
  'NaN',
  '0x1',
  '9007199254740993',
  '1e3',
  'x',
  '"',
  '1 2 3',
  '=1',
];

/** A CSV with another text in one of its cells, or with a line or a column more or less. */
function withOtherCells(text: string, dice: Dice): string {
  const lines = text.split('\r\n');
  const rows = lines.slice(1, -1).map((line) => line.split(','));
  const row = dice.pick(rows);
  const at = dice.below(row.length);
  const change = dice.pick([
    'cell',
    'cell',
    'cell',
    'line twice',
    'line less',
    'cell more',
    'cell less',
    'column less',
    'swapped',
  ]);
  if (change === 'cell') row[at] = dice.chance(0.4) ? String(dice.extreme()) : dice.pick(CELLS);
  else if (change === 'line twice') rows.push([...row]);
  else if (change === 'line less') rows.splice(rows.indexOf(row), 1);
  else if (change === 'cell more') row.splice(at, 0, dice.pick(CELLS));
  else if (change === 'cell less') row.splice(at, 1);
  else if (change === 'column less') for (const each of rows) each.splice(at, 1);
  else row.push(...row.splice(at, 1));
  return [lines[0], ...rows.map((cells) => cells.join(',')), ''].join('\r\n');
}

/** A CSV whose header is damaged JSON. */
function withOtherHeader({ header, rows }: DatasetTable, dice: Dice): string {
  const { how: _how, value } = damagedJson(header, dice);
  const text = toDatasetCsv({ header, rows });
  return `# ${value.replace(/\s+/g, ' ')}${text.slice(text.indexOf('\r\n'))}`;
}

/** The same table in a form that other programs write: line ends, columns and lines in another order. */
function otherForm(text: string, dice: Dice): string {
  const lines = text.split('\r\n');
  const [comment = '', names = '', ...rows] = lines.slice(0, -1);
  const shuffled = dice.chance(0.4) ? dice.shuffled(rows) : rows;
  return `${[comment, names, ...shuffled].join(dice.pick(['\r\n', '\n']))}\n`;
}

function generate(dice: Dice): Trial<TableFile, DatasetTable> {
  const run = anyRun(dice);
  const table = dice.pick(shardsOf(run, dice.pick([1, 1, 2, 3])));
  const isCsv = dice.chance(0.6);
  const trial = (
    kind: string,
    content: Uint8Array | string,
    rest: Pick<Trial<TableFile, DatasetTable>, 'expected' | 'check'>,
  ) => {
    const name = isCsv ? 'rows.csv' : 'rows.parquet';
    return { kind, input: { name, content }, files: { [name]: content }, ...rest };
  };
  const csv = toDatasetCsv(table);
  if (dice.chance(0.4)) {
    const content = isCsv ? otherForm(csv, dice) : toDatasetParquet(table);
    return trial(isCsv ? 'valid CSV' : 'valid Parquet', content, {
      expected: 'accepted',
      check: (found) =>
        jsonText(found) === jsonText(table)
          ? nonsenseIn(found)
          : 'its values are not those that were written',
    });
  }
  if (!isCsv) {
    const broken = damaged(toDatasetParquet(table), dice);
    return trial(`damaged Parquet: ${broken.how}`, broken.value, { expected: 'either', check: nonsenseIn });
  }
  const rest = { expected: 'either', check: nonsenseIn } as const;
  if (dice.chance(0.5) && table.rows.length > 0)
    return trial('CSV with other cells', withOtherCells(csv, dice), rest);
  if (dice.chance(0.5)) return trial('CSV with another header', withOtherHeader(table, dice), rest);
  const broken = damagedText(csv, dice);
  return trial(`damaged CSV: ${broken.how}`, broken.value, rest);
}

/** Tables of rows, as CSV and as Parquet. */
export const tables: Reader<TableFile, DatasetTable> = {
  id: 'tables',
  share: 9,
  floors: { accepted: 0.3, refused: 0.2, codes: ['truncated', 'wrong_format'] },
  generate,
  read: ({ name, content }) => inFolder({ [name]: content }, (folder) => readTable(join(folder, name))),
};
