import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Where the tested page's server at this port looks for unpacked data sets: a folder that only a test fills. */
export const dataFolder = (port: number): string => join(tmpdir(), `probust-e2e-data-${port}`);
