export { type ArchiveLimits, Budget } from './budget';
export { crc32 } from './crc32';
export { ArchiveError, type ArchiveErrorCode, damaged, unsupported } from './errors';
export { isGzip, readGzip } from './gzip';
export { inflated } from './inflate';
export type { PackedFile } from './packed-file';
export { isZip, readZip } from './zip';
