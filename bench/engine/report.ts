import type { Pass } from '../../src/workers/backend-info';
import type { Rate } from './rounds';

/** One model, pass and number of threads: the rates of all sides, and how far their results were apart. */
export interface Row {
  readonly modelId: string;
  readonly pass: Pass;
  readonly batch: number;
  readonly threads: number;
  readonly difference: number;
  readonly engine: Readonly<Record<string, Rate>>;
  readonly torch: Readonly<Record<string, Rate>>;
}

export const PASS_NAMES: Record<Pass, string> = { forward: 'forward', input_gradient: 'input gradient' };

/** Three significant digits. */
const round = (value: number): string => String(Number(value.toPrecision(3)));

function rateText({ median, quartiles: [low, high] }: Rate): string {
  return `${round(median)} (${round(low)}-${round(high)})`;
}

/** Ours over the peer's, by medians: against its faster format, then against each of them. */
function ratioText(ours: Rate, torch: Row['torch']): string {
  const ratios = Object.values(torch).map((rate) => ours.median / rate.median);
  if (ratios.length === 0) return '-';
  return `${round(Math.min(...ratios))} (${ratios.map(round).join(', ')})`;
}

/** The rows as a Markdown table; all rows have the same sides. */
export function toTable(rows: readonly Row[]): string {
  const [first] = rows;
  if (first === undefined) return '';
  const [engines, peers] = [Object.keys(first.engine), Object.keys(first.torch)];
  const header = [
    'model',
    'pass',
    'batch',
    'threads',
    ...engines,
    ...peers,
    ...(peers.length > 0 ? engines.map((name) => `${name} / best PyTorch (each)`) : []),
    'largest difference',
  ];
  const body = rows.map(({ modelId, pass, batch, threads, engine, torch, difference }) => [
    modelId,
    PASS_NAMES[pass],
    String(batch),
    String(threads),
    ...engines.map((name) => rateText(engine[name] as Rate)),
    ...peers.map((name) => rateText(torch[name] as Rate)),
    ...(peers.length > 0 ? engines.map((name) => ratioText(engine[name] as Rate, torch)) : []),
    difference.toExponential(0),
  ]);
  return [header, header.map(() => '---'), ...body].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
