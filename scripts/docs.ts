/**
 * Writes what documents take from the code: the sections of docs/estimators.md, from the registry.
 *
 *     npm run docs
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterMark } from '../bench/support/section';
import { documented } from '../build/estimator-help';
import { ESTIMATORS } from '../src/estimators/registry';
import { projectFolder } from '../src/node/engine';

const PAGE = join(projectFolder, 'docs', 'estimators.md');

writeFileSync(PAGE, afterMark(readFileSync(PAGE, 'utf8'), '<!-- npm run docs -->', documented(ESTIMATORS)));
