import { describe, expect, it } from 'vitest';
import { findChromium, installedPlaces, type Machine } from '../../../scripts/support/find-chromium';

const OWN = '/home/someone/.cache/ms-playwright/chromium/chrome';

interface Options extends Partial<Pick<Machine, 'platform' | 'env' | 'isRoot'>> {
  readonly files?: readonly string[];
  /** Files that are there but do not start. */
  readonly broken?: readonly string[];
  /** By the first two words of a command, the files that it makes; commands that are not here fail. */
  readonly commands?: Readonly<Record<string, readonly string[]>>;
}

function fakeMachine(options: Options = {}): { machine: Machine; ran: string[] } {
  const files = new Set(options.files);
  const ran: string[] = [];
  const machine: Machine = {
    platform: options.platform ?? 'linux',
    env: { PATH: '/usr/local/bin:/usr/bin', ...options.env },
    isRoot: options.isRoot ?? false,
    exists: (path) => files.has(path),
    starts: async (path) => !options.broken?.includes(path),
    playwrightPath: () => OWN,
    run: async (command, args) => {
      ran.push([command, ...args].join(' '));
      const made = options.commands?.[`${command} ${args[0]}`];
      for (const file of made ?? []) files.add(file);
      return made !== undefined;
    },
    log: () => {},
  };
  return { machine, ran };
}

describe('findChromium', () => {
  it('takes CHROME_PATH before everything', async () => {
    const { machine } = fakeMachine({ env: { CHROME_PATH: '/opt/chrome' }, files: ['/opt/chrome', OWN] });
    expect(await findChromium(machine)).toBe('/opt/chrome');
  });

  it('says that CHROME_PATH does not exist instead of taking another', async () => {
    const { machine, ran } = fakeMachine({
      env: { CHROME_PATH: '/opt/chrome' },
      files: ['/usr/bin/chromium'],
    });
    await expect(findChromium(machine)).rejects.toThrow(
      /CHROME_PATH names \/opt\/chrome, which does not exist/,
    );
    expect(ran).toEqual([]);
  });

  it('prefers names in their order, then folders in the order of PATH', async () => {
    const files = ['/usr/local/bin/google-chrome', '/usr/bin/chromium', '/usr/local/bin/chromium', OWN];
    expect(await findChromium(fakeMachine({ files }).machine)).toBe('/usr/local/bin/chromium');
    expect(await findChromium(fakeMachine({ files: files.slice(0, 2) }).machine)).toBe('/usr/bin/chromium');
    expect(await findChromium(fakeMachine({ files: files.slice(0, 1) }).machine)).toBe(
      '/usr/local/bin/google-chrome',
    );
  });

  it('passes over what does not start', async () => {
    const stub = '/usr/bin/chromium-browser';
    const { machine } = fakeMachine({ files: [stub, '/usr/bin/google-chrome'], broken: [stub] });
    expect(await findChromium(machine)).toBe('/usr/bin/google-chrome');
  });

  it('takes what Playwright has downloaded before it downloads anything', async () => {
    const { machine, ran } = fakeMachine({ files: [OWN] });
    expect(await findChromium(machine)).toBe(OWN);
    expect(ran).toEqual([]);
  });

  it('lets Playwright download its own, and leaves the system alone', async () => {
    const { machine, ran } = fakeMachine({
      isRoot: true,
      files: ['/usr/bin/apt-get'],
      commands: { 'npx playwright': [OWN] },
    });
    expect(await findChromium(machine)).toBe(OWN);
    expect(ran).toEqual(['npx playwright install chromium']);
  });

  it('installs the package as root on a Debian-like system if the download fails', async () => {
    const { machine, ran } = fakeMachine({
      isRoot: true,
      files: ['/usr/bin/apt-get'],
      commands: { 'apt-get update': [], 'apt-get install': ['/usr/bin/chromium'] },
    });
    expect(await findChromium(machine)).toBe('/usr/bin/chromium');
    expect(ran.slice(1)).toEqual(['apt-get update', 'apt-get install -y chromium']);
  });

  it('installs the package too if what was downloaded does not start', async () => {
    const { machine } = fakeMachine({
      isRoot: true,
      files: ['/usr/bin/apt-get'],
      broken: [OWN],
      commands: {
        'npx playwright': [OWN],
        'apt-get update': [],
        'apt-get install': ['/usr/bin/chromium'],
      },
    });
    expect(await findChromium(machine)).toBe('/usr/bin/chromium');
  });

  it.each([
    ['without root', { files: ['/usr/bin/apt-get'] }],
    ['without apt-get', { isRoot: true }],
    ['without a package', { isRoot: true, files: ['/usr/bin/apt-get'], commands: { 'apt-get update': [] } }],
  ])('says in one sentence what to do %s', async (_case, options: Options) => {
    const { machine } = fakeMachine(options);
    await expect(findChromium(machine)).rejects.toThrow(
      /^[^.]*install Chromium or Google Chrome, or set CHROME_PATH[^.]*\.$/,
    );
  });
});

describe('installedPlaces', () => {
  it('knows the applications of macOS, after PATH', () => {
    const places = installedPlaces({
      platform: 'darwin',
      env: { PATH: '/opt/homebrew/bin', HOME: '/Users/me' },
    });
    expect(places[0]).toBe('/opt/homebrew/bin/chromium');
    expect(places).toContain('/Applications/Google Chrome.app/Contents/MacOS/Google Chrome');
    expect(places).toContain('/Users/me/Applications/Chromium.app/Contents/MacOS/Chromium');
  });

  it('knows the folders of Windows', () => {
    const env = { PROGRAMFILES: 'C:\\Program Files', LOCALAPPDATA: 'C:\\Users\\me\\AppData\\Local' };
    const places = installedPlaces({ platform: 'win32', env });
    expect(places).toContain('C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe');
    expect(places).toHaveLength(4);
  });
});
