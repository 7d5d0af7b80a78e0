/** A file by its name, or by its path in a folder or an archive. */
export interface PackedFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}
