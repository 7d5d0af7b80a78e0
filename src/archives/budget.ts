import { ArchiveError } from './errors';

/** Up to this many bytes anything may unpack to, however small it was: a set of black images is a set of images. */
const UNQUESTIONED_BYTES = 32e6;
/** Longer contents are measured before they are kept, so that what is refused never fills the memory. */
const UNMEASURED_BYTES = 32e6;
/** Beyond that, unpacked bytes for each packed one. Deflate reaches 1032, and drawings of two colours about 100. */
const MOST_RATIO = 400;

export interface ArchiveLimits {
  /** Bytes of all that is unpacked together, archives within archives counted as well. */
  readonly bytes: number;
  /** Files in all archives together. */
  readonly entries: number;
  /** What to do about an archive that is too large, to follow a semicolon. */
  readonly instead: string;
  /** Bytes up to which the ratio of unpacked to packed ones does not matter; 32 MB unless a test needs fewer. */
  readonly unquestioned?: number;
  /** Length up to which a file's contents are kept while they come; 32 MB unless a test needs fewer. */
  readonly unmeasured?: number;
}

/** Counts what comes out of archives, as it comes, and ends it where it is too much. */
export class Budget {
  #bytes = 0;
  #entries = 0;
  #packed = 0;

  readonly #unquestioned: number;
  readonly unmeasured: number;

  constructor(readonly limits: ArchiveLimits) {
    this.#unquestioned = limits.unquestioned ?? UNQUESTIONED_BYTES;
    this.unmeasured = limits.unmeasured ?? UNMEASURED_BYTES;
  }

  /** Counts bytes that were read of the files that were given: what they unpack to is held against them. */
  given(bytes: number): void {
    this.#packed += bytes;
  }

  /** Throws ArchiveError `too_large` if so many more bytes would be too many. For what a file says of itself. */
  allow(name: string, more: number): void {
    if (more <= this.limits.bytes - this.#bytes) return;
    const most = this.limits.bytes >= 1e9 ? `${this.limits.bytes / 1e9} GB` : `${this.limits.bytes / 1e6} MB`;
    throw new ArchiveError('too_large', `${name} unpacks to more than ${most}; ${this.limits.instead}.`);
  }

  /** Counts bytes that were unpacked. Throws ArchiveError `too_large`. */
  spend(name: string, bytes: number): void {
    this.allow(name, bytes);
    this.#bytes += bytes;
    if (this.#bytes <= this.#unquestioned || this.#bytes <= MOST_RATIO * this.#packed) return;
    throw new ArchiveError(
      'too_large',
      `${name} unpacks to more than ${MOST_RATIO} times its size, as no images or weights do; ${this.limits.instead}.`,
    );
  }

  /** Counts files of an archive. Throws ArchiveError `too_large`. */
  enter(name: string, entries: number): void {
    this.#entries += entries;
    if (this.#entries > this.limits.entries) {
      throw new ArchiveError(
        'too_large',
        `${name} holds more than ${this.limits.entries} files; ${this.limits.instead}.`,
      );
    }
  }
}
