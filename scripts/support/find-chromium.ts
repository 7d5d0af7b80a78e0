import { posix, win32 } from 'node:path';

/** What the search needs to know of the machine, so that it can be tested without one. */
export interface Machine {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly isRoot: boolean;
  exists(path: string): boolean;
  /** Whether this file starts as a browser; Ubuntu's chromium-browser may be a stub that asks for a snap. */
  starts(path: string): Promise<boolean>;
  /** Where Playwright keeps its own Chromium, whether it is there or not. */
  playwrightPath(): string;
  /** Runs a command to its end and says whether it succeeded; false too if it is missing or out of time. */
  run(command: string, args: readonly string[], timeoutMs: number): Promise<boolean>;
  log(message: string): void;
}

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const PLAYWRIGHT_INSTALL_MS = 180_000;
const APT_MS = 600_000;

/** Folders and applications where a system keeps browsers, in the order in which they are tried. */
export function installedPlaces({ platform, env }: Pick<Machine, 'platform' | 'env'>): string[] {
  if (platform === 'win32') {
    const roots = [env.PROGRAMFILES, env['PROGRAMFILES(X86)'], env.LOCALAPPDATA];
    const places = ['Google\\Chrome\\Application\\chrome.exe', 'Chromium\\Application\\chrome.exe'];
    return roots.flatMap((root) => (root ? places.map((place) => win32.join(root, place)) : []));
  }
  const onPath = (env.PATH ?? '').split(':').filter(Boolean);
  const found = NAMES.flatMap((name) => onPath.map((folder) => posix.join(folder, name)));
  if (platform !== 'darwin') return found;
  const apps = ['Chromium.app/Contents/MacOS/Chromium', 'Google Chrome.app/Contents/MacOS/Google Chrome'];
  const roots = ['/Applications', ...(env.HOME ? [posix.join(env.HOME, 'Applications')] : [])];
  return [...found, ...roots.flatMap((root) => apps.map((app) => posix.join(root, app)))];
}

async function firstThatStarts(machine: Machine, places: readonly string[]): Promise<string | undefined> {
  for (const place of places) {
    if (machine.exists(place) && (await machine.starts(place))) return place;
  }
  return undefined;
}

/**
 * The path of a Chromium: an installed one, else Playwright's own, else one that is fetched now by Playwright or, as
 * root on a Debian-like system, by apt-get. Throws an Error with a sentence that says what to do.
 */
export async function findChromium(machine: Machine): Promise<string> {
  const { env, isRoot, log } = machine;
  if (env.CHROME_PATH) {
    if (machine.exists(env.CHROME_PATH)) return env.CHROME_PATH;
    throw new Error(`CHROME_PATH names ${env.CHROME_PATH}, which does not exist; correct or unset it.`);
  }
  const places = () => [...installedPlaces(machine), machine.playwrightPath()];
  const present = await firstThatStarts(machine, places());
  if (present !== undefined) return present;

  log('No Chromium found; fetching the one of Playwright.');
  if (await machine.run('npx', ['playwright', 'install', 'chromium'], PLAYWRIGHT_INSTALL_MS)) {
    const fetched = await firstThatStarts(machine, places());
    if (fetched !== undefined) return fetched;
  }
  if (machine.platform === 'linux' && isRoot && machine.exists('/usr/bin/apt-get')) {
    log('That did not work; installing the package chromium.');
    const updated = await machine.run('apt-get', ['update'], APT_MS);
    if (updated && (await machine.run('apt-get', ['install', '-y', 'chromium'], APT_MS))) {
      const installed = await firstThatStarts(machine, places());
      if (installed !== undefined) return installed;
    }
  }
  throw new Error(
    'The end-to-end tests need a Chromium and none could be found or fetched; install Chromium or Google Chrome, or set CHROME_PATH to one.',
  );
}
