import { ALWAYS_ALLOWED } from './max-delete.ts';

/** Of the files that were there before: those that keep their name and get other content, as far as a dry run tells. */
export interface Change {
  /** Of another size, or with another checksum. */
  contents: number;
  /** Of the same size with another time: what is in them may be the same. */
  times: number;
  /** Files that were there before. */
  files: number;
  /** So many of `times` were read at both ends, and so many of these are the same. Absent where none was. */
  read?: { files: number; same: number };
}

/** The rule of `policy.max-change`. @param percent undefined for no limit */
export function exceedsMaxChange({ contents, times, files }: Change, percent: number | undefined): boolean {
  const replaced = contents + times;
  return percent !== undefined && replaced > ALWAYS_ALLOWED && replaced > (files * percent) / 100;
}
