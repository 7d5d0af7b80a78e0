import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { DataError } from '../data';
import { type ParquetContent, type ParquetReader, readParquet } from '../dataset';
import { runBounded, ThreadLimitError } from './bounded-thread';

const library = pathToFileURL(createRequire(import.meta.url).resolve('hyparquet')).href;

const PROGRAM = `
const { parentPort, workerData } = require('node:worker_threads');
const readParquet = ${readParquet};
import(workerData.library)
  .then((library) => {
    parentPort.postMessage(null);
    return readParquet(library, workerData.bytes, workerData.mostRows);
  })
  .then((content) => parentPort.postMessage(content));
`;

const MEBIBYTE = 2 ** 20;
/** For what a small file takes, and for each MiB of a larger one. */
const SECONDS = { base: 1.2, perMebibyte: 3 };
const MEGABYTES = { base: 300, perMebibyte: 40 };

/**
 * Reads Parquet in a thread of its own, with limits on time and memory: a few bytes can keep the library busy for ever.
 * @param source what to call the file
 */
export const boundedParquetReader =
  (source: string): ParquetReader =>
  async (bytes, mostRows) => {
    const mebibytes = bytes.length / MEBIBYTE;
    const limits = {
      seconds: SECONDS.base + SECONDS.perMebibyte * mebibytes,
      megabytes: Math.ceil(MEGABYTES.base + MEGABYTES.perMebibyte * mebibytes),
    };
    try {
      return await runBounded<ParquetContent>(PROGRAM, { library, bytes, mostRows }, limits);
    } catch (cause) {
      if (!(cause instanceof ThreadLimitError)) throw cause;
      throw new DataError('wrong_format', `${source} is damaged: reading it would not end.`, { cause });
    }
  };
