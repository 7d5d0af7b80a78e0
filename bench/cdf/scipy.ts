import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';

const SCRIPT = fileURLToPath(new URL('../peer/scipy_cdf.py', import.meta.url));

export interface Timed {
  readonly p: number;
  readonly ms: number;
}

const encode = (values: Float64Array): string =>
  Buffer.from(values.buffer, values.byteOffset, values.byteLength).toString('base64');

/** SciPy in a process of its own; times are taken inside it. Set PYTHON to choose the interpreter. */
export class ScipyPeer {
  private matrix: Float64Array | null = null;

  private constructor(
    private readonly child: ChildProcessByStdio<Writable, Readable, null>,
    private readonly lines: AsyncIterator<string>,
    readonly version: string,
  ) {}

  /** Throws a sentence that says what to install if Python or SciPy is missing. */
  static async start(): Promise<ScipyPeer> {
    const python = process.env.PYTHON ?? 'python3';
    const child = spawn(python, [SCRIPT], { stdio: ['pipe', 'pipe', 'inherit'] });
    const missing = new Promise<never>((_, reject) =>
      child.once('error', () => reject(new Error(`cannot run ${python}; set PYTHON to one that has SciPy`))),
    );
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    const first = await Promise.race([lines.next(), missing]);
    if (first.done)
      throw new Error(`${python} has no SciPy: pip install scipy, or set PYTHON to one that has it`);
    return new ScipyPeer(child, lines, (JSON.parse(first.value) as { version: string }).version);
  }

  async cdf(z: Float64Array, correlation: Float64Array, abseps: number): Promise<Timed> {
    const matrix = correlation === this.matrix ? {} : { R: encode(correlation) };
    this.matrix = correlation;
    this.child.stdin.write(`${JSON.stringify({ z: encode(z), ...matrix, abseps })}\n`);
    const answer = await this.lines.next();
    if (answer.done) throw new Error('the SciPy process ended before it answered; its own message is above');
    return JSON.parse(answer.value) as Timed;
  }

  stop(): void {
    this.child.stdin.end();
  }
}
