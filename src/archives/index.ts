export { type ArchiveLimits, Budget } from './budget';
export { crc32 } from './crc32';
export { ArchiveError, type ArchiveErrorCode, unsupported } from './errors';
export { isGzip, readGzip } from './gzip';
export { inflated } from './inflate';
export { isZip, readZip } from './zip';
