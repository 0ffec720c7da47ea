import { createHash, randomBytes } from 'node:crypto';
import {
  closeSync,
  fchmodSync,
  fchownSync,
  fstatSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
  type Stats,
} from 'node:fs';
import { hostname } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { isThere } from '../hosts/transport/process-group.ts';
import { systemError } from '../planner/model/system-error.ts';

/** Files that a killed writer may have left begin so. */
export const TEMPORARY = '.nbkp-tmp-';

/**
 * Creates what is missing of a path, readable by this user only, so that it survives a power cut. Throws what the
 * system reports. Not by Node's own `recursive`, which tries for ever where no directory can be made although the one
 * above is there, as in /proc.
 */
export function makeDirectory(path: string): void {
  const above = dirname(path);
  try {
    mkdirSync(path, { mode: 0o700 });
  } catch (error) {
    const { code } = systemError(error);
    if (code === 'EEXIST' && statSync(path).isDirectory()) return;
    if (code !== 'ENOENT' || above === path) throw error;
    makeDirectory(above);
    mkdirSync(path, { mode: 0o700 });
  }
  syncDirectory(above);
}

/**
 * Puts `text` at `path` so that a reader, and a power cut, find either all of it or what was there before. The new
 * file has mode 0600. Throws what the system reports.
 */
export function writeAtomically(path: string, text: string, mode = 0o600): void {
  stage(path, text, mode)();
  syncDirectory(dirname(path));
}

/** Whose a file is, and what may be done with it. */
export type Ownership = Pick<Stats, 'mode' | 'uid' | 'gid'>;

/**
 * As `writeAtomically`, with the owner and the mode that the file has.
 *
 * @param meanwhile asked right before the new file takes the place of the old one, which stays where it returns false
 * @returns whether it was written
 */
export function replaceAtomically(path: string, text: string, owned: Ownership, meanwhile: () => boolean): boolean {
  const temporary = writeTemporary(path, text, { owned });
  try {
    if (!meanwhile()) return false;
    renameSync(temporary, path);
  } finally {
    rmSync(temporary, { force: true });
  }
  syncDirectory(dirname(path));
  return true;
}

/** As `writeAtomically` for many files of one directory, which is flushed once. */
export function writeAllAtomically(directory: string, texts: ReadonlyMap<string, string>): void {
  const publish = [...texts].map(([name, text]) => stage(join(directory, name), text));
  for (const rename of publish) rename();
  syncDirectory(directory);
}

/**
 * As `writeAtomically` for a file that must not be there yet, where it throws EEXIST: link(2) never replaces what has
 * the name, unlike rename(2). A file system without hard links refuses.
 */
export function createAtomically(path: string, text: string): void {
  const temporary = writeTemporary(path, text);
  try {
    linkSync(temporary, path);
  } finally {
    rmSync(temporary, { force: true });
  }
  syncDirectory(dirname(path));
}

/** Writes a temporary file; the function that it returns gives it its name. */
function stage(path: string, text: string, mode = 0o600): () => void {
  const temporary = writeTemporary(path, text, { mode });
  return () => renameSync(temporary, path);
}

/** Writes a file next to `path`, flushes it, and returns its own path. */
function writeTemporary(
  path: string,
  text: string,
  { owned, mode = 0o600 }: { owned?: Ownership; mode?: number } = {},
): string {
  const own = [machineTag(), process.pid, randomBytes(4).toString('hex')].join('-');
  const temporary = join(dirname(path), `${TEMPORARY}${basename(path)}-${own}`);
  try {
    const descriptor = openSync(temporary, 'wx', mode);
    try {
      writeFileSync(descriptor, text);
      if (owned !== undefined) give(descriptor, owned);
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
  return temporary;
}

/** Only root can give a file away, so that nothing is asked for where it is right already. */
function give(descriptor: number, { mode, uid, gid }: Ownership): void {
  const own = fstatSync(descriptor);
  if (own.uid !== uid || own.gid !== gid) fchownSync(descriptor, uid, gid);
  // After that: a change of the owner takes bits away (chown(2)).
  fchmodSync(descriptor, mode & 0o7777);
}

/**
 * Removes temporary files that writers of this machine have left which are gone. Those of another machine that shares the
 * directory are left, since nobody here can tell whether it is alive. Throws what the system reports.
 */
export function sweepTemporary(directory: string): void {
  for (const name of namesIn(directory)) {
    if (!name.startsWith(TEMPORARY)) continue;
    const [, machine, pid] = /-([0-9a-f]{8})-(\d+)-[0-9a-f]{8}$/.exec(name) ?? [];
    if (machine === machineTag() && !isThere(Number(pid))) rmSync(join(directory, name), { force: true });
  }
}

/** The names in a directory; none where there is no such directory. Throws what the system reports besides. */
export function namesIn(directory: string): string[] {
  try {
    return readdirSync(directory);
  } catch (error) {
    if (systemError(error).code === 'ENOENT') return [];
    throw error;
  }
}

function machineTag(): string {
  return createHash('sha256').update(hostname()).digest('hex').slice(0, 8);
}

/** Makes names that were added to a directory survive a power cut (fsync(2), "Calling fsync()"). */
export function syncDirectory(path: string): void {
  const descriptor = openSync(path, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** Null when there is no such file. Throws what else the system reports. */
export function readIfPresent(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (systemError(error).code === 'ENOENT') return null;
    throw error;
  }
}
