import { realpathSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import type { Facts } from '../../planner/model/facts.ts';
import { codeOf } from '../../planner/model/system-error.ts';
import { readWhole, withFile } from '../regular-file.ts';
import { exposureOf } from '../trust.ts';
import { withHome } from '../home.ts';

/** In bytes. */
const LARGEST = 16 * 1024 * 1024;

/** How filter files are read. */
export interface FilterReading {
  /** Of the spec: relative paths are relative to it. */
  folder: string;
  /** Who may own one besides this user and root: the owner of a spec that was named. */
  owners: readonly number[];
  /** Whether those outside of `folder` are read too. */
  outside: boolean;
  /** Whether one that others can write to is used nevertheless, since nothing is run. */
  anyOwner: boolean;
}

/** What facts say of filter files. */
export type FilterFacts = Pick<Facts, 'filterFiles' | 'filterProblems'>;

type FilterFile = { lines: string[] | null; problem?: NonNullable<Facts['filterProblems']>[string] };

/**
 * Reads filter files of this machine.
 *
 * @param paths as written in the spec; `~` is this user's home, and a relative path is relative to the folder
 * @returns the lines by path as written; null for a file that is not or cannot be read, or that is not UTF-8 and so cannot
 * be passed on faithfully
 */
export function readFilterFiles(paths: readonly string[], reading: FilterReading): FilterFacts {
  const files = paths.map((path) => [path, readFilterFile(path, reading)] as const);
  const problems = files.flatMap(([path, { problem }]) => (problem === undefined ? [] : [[path, problem] as const]));
  return {
    filterFiles: Object.fromEntries(files.map(([path, { lines }]) => [path, lines])),
    ...(problems.length === 0 ? {} : { filterProblems: Object.fromEntries(problems) }),
  };
}

function readFilterFile(written: string, { folder, owners, outside, anyOwner }: FilterReading): FilterFile {
  const path = resolve(folder, withHome(written));
  try {
    if (!outside && !isInside(path, folder)) return { lines: null, problem: { kind: 'outside' } };
    return withFile(path, (file) => {
      const who = { uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 };
      const why = exposureOf(path, file.stats, who, owners);
      const problem =
        why === null ? {} : { problem: { kind: 'writable' as const, because: why.because, help: why.help(path) } };
      if (why !== null && !anyOwner) return { lines: null, ...problem };
      const bytes = readWhole(file, LARGEST);
      return { lines: typeof bytes === 'string' ? null : linesOf(bytes), ...problem };
    });
  } catch (error) {
    // What the system refused, or bytes that are not UTF-8 (ERR_ENCODING_INVALID_ENCODED_DATA).
    codeOf(error);
    return { lines: null };
  }
}

/** Also through links. What is not there says nothing of what is: outside it counts as outside. */
function isInside(path: string, folder: string): boolean {
  const below = (from: string, to: string): boolean => !/^\.\.(?:\/|$)/.test(relative(from, to));
  return below(resolve(folder), path) && below(realpathSync(folder), realpathSync(path));
}

/**
 * rsync skips empty lines and those that begin with `#` or `;` (rsync(1), FILTER RULES). They stay as empty ones, so that a line
 * can be named by its number.
 */
function linesOf(bytes: Buffer): string[] {
  const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  const lines = text.split(/\r\n|\r|\n/).map((line) => (/^[#;]/.test(line) ? '' : line));
  return lines.at(-1) === '' ? lines.slice(0, -1) : lines;
}
