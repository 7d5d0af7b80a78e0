import { spawn } from 'node:child_process';

/** A command of the test run, as package.json or the shell knows it. */
export interface Step {
  readonly id: string;
  readonly command: readonly [string, ...string[]];
  readonly env?: Readonly<Record<string, string>>;
}

export interface StepResult {
  readonly id: string;
  readonly passed: boolean;
  readonly seconds: number;
}

export const npmRun = (script: string, ...args: string[]): Step['command'] => [
  'npm',
  'run',
  '--silent',
  script,
  ...(args.length > 0 ? ['--', ...args] : []),
];

/** Runs a step to its end, its output going where this process's goes; or `held` back, and printed in one piece. */
export async function runStep(
  { id, command: [program, ...args], env }: Step,
  { held = false } = {},
): Promise<StepResult> {
  if (!held) console.log(`\n== ${id}`);
  const start = performance.now();
  const child = spawn(program, args, { stdio: held ? 'pipe' : 'inherit', env: { ...process.env, ...env } });
  const printed: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (data: Buffer) => printed.push(data));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  if (held) console.log(`\n== ${id}\n${Buffer.concat(printed)}`.trimEnd());
  return { id, passed: code === 0, seconds: (performance.now() - start) / 1000 };
}

/** "12 min 3 s", or "8 s" below a minute. */
export function duration(seconds: number): string {
  const whole = Math.round(seconds);
  const minutes = Math.floor(whole / 60);
  return minutes === 0 ? `${whole} s` : `${minutes} min ${whole % 60} s`;
}
