import { defineCommand } from '../command';
import { assertTablePath, readTable, writeTable } from '../dataset-file';
import { usageError } from '../errors';
import { checkWritable } from '../output';

export const merge = defineCommand({
  name: 'merge',
  summary: 'the shards of a probust dataset run as one table: the rows of the run without shards',
  usage: 'PART... --out FILE',
  positionals: [],
  manyPositionals: 'PART',
  options: {
    out: { type: 'string', short: 'o', value: 'FILE', help: 'the table, .parquet or .csv; needed' },
  },
  notes: [
    'Every shard must be there once and be of the same model, data and settings; else nothing is written, and a sentence says what is wrong.',
  ],
  examples: [{ what: 'sixteen shards', line: 'probust merge part-*.parquet --out all.parquet' }],
  async run({ out }, parts) {
    if (out === undefined) throw usageError('No file was given for the table; name one with --out FILE.');
    if (parts.length === 0) throw usageError('No shards were given; name their files.');
    assertTablePath(out);
    await checkWritable(out);
    const tables = await Promise.all(parts.map(async (name) => ({ name, ...(await readTable(name)) })));
    const { mergeShards } = await import('../../dataset');
    await writeTable(mergeShards(tables), out);
  },
});
