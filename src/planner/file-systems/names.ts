import type { FileSystem } from './table.ts';

const SLASH = 0x2f;

/** Bytes of a name on any file system of Linux. */
const LONGEST = 255;

/** Times that files have: in December 1901, where 32 bits with a sign begin, and in 2106, where those without one end. */
const [OLDEST, NEWEST] = [-(2 ** 31), 2 ** 32 - 1];

/** What of single entries a file system cannot hold. Plain data: it stands in the plan. */
export interface Limits {
  /** `case`: names that differ only so are one; `accents`: those of which one is decomposed. Null: each is its own. */
  folds: 'case' | 'accents' | 'case and accents' | null;
  /** Characters that no name may have. */
  forbidden: string;
  /** The same of bytes 1 to 31. */
  control: boolean;
  /** Characters that no name may end with. */
  trailing: string;
  /** Bytes that are no UTF-8 have no place. */
  text: boolean;
  /** UTF-16 units; null where rsync itself knows what is too long. */
  length: number | null;
  /** The same in bytes. Absent where that is no less than anywhere. */
  bytes?: number;
  /** Bytes; null for no limit. */
  largestFile: number | null;
  /** The first and the last time that a file can have, in seconds since 1970. Absent where no file comes near. */
  times?: { from: number; to: number };
}

/** Why an entry has no place. */
export type Unholdable = 'collides' | 'name' | 'size';

/** Null where a file system holds whatever Linux does, but for some times: those alone are not worth a listing. */
export function limitsOf({ foldsCase, foldsAccents, names, largestFile, times }: FileSystem): Limits | null {
  const { forbidden, control, trailing, text, length, unit } = names;
  const isShort = unit === 'bytes' && length < LONGEST;
  const folds = foldsCase
    ? foldsAccents === true
      ? 'case and accents'
      : 'case'
    : foldsAccents === true
      ? 'accents'
      : null;
  const odd = forbidden !== '' || control || trailing !== '' || text || isShort;
  if (folds === null && !odd && largestFile === null) return null;
  return {
    folds,
    ...{ forbidden, control, trailing, text },
    length: unit === 'UTF-16' ? length : null,
    ...(isShort ? { bytes: length } : {}),
    largestFile,
    ...heldYears({ times }),
  };
}

/** Nothing where no file comes near the first or the last time that can be kept. */
export function heldYears({ times: { from, to } }: Pick<FileSystem, 'times'>): Pick<Limits, 'times'> {
  return from > OLDEST || to < NEWEST ? { times: { from, to } } : {};
}

/** What is wrong with one entry by itself; its name is the last part of its path. */
export function unholdable(
  { name, bytes }: { name: Uint8Array; bytes: number },
  { forbidden, control, trailing, text, length, bytes: longest = LONGEST, largestFile }: Limits,
): 'name' | 'size' | null {
  if (largestFile !== null && bytes > largestFile) return 'size';
  if (name.length > longest) return 'name';
  const decoded = decode(name);
  if (decoded === null) return text ? 'name' : null;
  const odd =
    Array.from(forbidden).some((character) => decoded.includes(character)) ||
    (control && name.some((byte) => byte < 0x20)) ||
    (trailing !== '' && trailing.includes(decoded.at(-1) ?? '/')) ||
    (length !== null && decoded.length > length);
  return odd ? 'name' : null;
}

/** What a name counts as: two with the same cannot be in one folder. */
export function folded(name: Uint8Array, folds: Limits['folds']): string {
  const text = decode(name) ?? String.fromCharCode(...name);
  if (folds === null) return text;
  const composed = folds === 'case' ? text : text.normalize('NFD');
  if (folds === 'accents') return composed;
  // Letter by letter, as file systems do it: of those that would become two, each stays as it is.
  return Array.from(composed, upper).join('');
}

/** The same of a path, name by name: bytes that are no UTF-8 in one of them change nothing for the others. */
export function foldedPath(path: Uint8Array, folds: Limits['folds']): string {
  const names: string[] = [];
  for (let from = 0, end = 0; end !== -1; from = end + 1) {
    end = path.indexOf(SLASH, from);
    names.push(folded(path.subarray(from, end === -1 ? path.length : end), folds));
  }
  return names.join('/');
}

function upper(letter: string): string {
  const capital = letter.toUpperCase();
  return capital.length === letter.length ? capital : letter;
}

/** Null for bytes that are no UTF-8. */
function decode(name: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(name);
  } catch {
    // It throws for just that.
    return null;
  }
}
