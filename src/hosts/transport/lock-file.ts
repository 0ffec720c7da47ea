import { close, constants, fstat, ftruncate, open, readFile, writeFile } from 'node:fs';
import { dirname } from 'node:path';
import { promisify } from 'node:util';
import type { LockHolder } from '../../planner/model/event.ts';
import type { LockRequest } from '../../planner/model/step.ts';
import { codeOf } from '../../planner/model/system-error.ts';
import { isRecord, parseJson } from '../../planner/model/json.ts';

const { O_RDWR, O_RDONLY, O_CREAT, O_NOFOLLOW, O_NONBLOCK, O_DIRECTORY } = constants;

/**
 * Files by their bare descriptor: a `FileHandle` closes, and so unlocks, when it is garbage-collected.
 */
const files = {
  open: promisify(open),
  close: promisify(close),
  stat: promisify(fstat),
  truncate: promisify(ftruncate),
  read: promisify(readFile),
  write: promisify(writeFile),
};

export const closeLockFile = files.close;

/**
 * Opens a lock file and makes it when it is missing. Never through a symlink, so that nobody's other file is written
 * to. Others may read it (0644): that is enough for `flock`. Rejects with a system error.
 *
 * @returns the descriptor; for a shared lock where no lock file can be made because all is read-only, the descriptor
 * of the directory: nobody can prune there
 */
export async function openLockFile({ path, mode }: LockRequest): Promise<number> {
  try {
    return await openRegular(path, O_RDWR | O_CREAT);
  } catch (error) {
    if (!['EACCES', 'EROFS'].includes(codeOf(error))) throw error;
    const readOnly = codeOf(error) === 'EROFS' && mode === 'shared';
    return openRegular(path, O_RDONLY).catch((second: unknown) => {
      if (codeOf(second) !== 'ENOENT') throw second;
      if (readOnly) return files.open(dirname(path), O_RDONLY | O_DIRECTORY);
      throw error;
    });
  }
}

async function openRegular(path: string, flags: number): Promise<number> {
  // Without O_NONBLOCK a named pipe would keep us waiting for its other end.
  const descriptor = await files.open(path, flags | O_NOFOLLOW | O_NONBLOCK, 0o644);
  if ((await files.stat(descriptor)).isFile()) return descriptor;
  await files.close(descriptor);
  throw Object.assign(new Error(`ENOTSUP: not a regular file, open '${path}'`), { code: 'ENOTSUP' });
}

/** Says who holds the lock, for people; null wipes it. Call only while the lock is held. */
export async function writeHolder(descriptor: number, holder: LockHolder | null): Promise<void> {
  // A second hard link is a second name, perhaps of a file that is somebody's.
  if ((await files.stat(descriptor)).nlink > 1) return;
  try {
    await files.truncate(descriptor, 0);
    if (holder !== null) await files.write(descriptor, `${JSON.stringify(holder)}\n`);
  } catch (error) {
    // A full disk, or a file that we may only read (a system error): the lock is held all the same.
    codeOf(error);
  }
}

/** What the holder wrote; null when it cannot be understood. */
export async function readHolder(descriptor: number): Promise<LockHolder | null> {
  try {
    return parseHolder(await files.read(descriptor, 'utf8'));
  } catch {
    return null;
  }
}

/** Of the text of a lock file; null when it cannot be understood. */
export function parseHolder(text: string): LockHolder | null {
  const value = parseJson(text);
  if (!isHolder(value)) return null;
  const { pid, host, startedAt, command, run } = value;
  return { pid, host, startedAt, command, run };
}

function isHolder(value: unknown): value is LockHolder {
  if (!isRecord(value)) return false;
  const texts = [value['host'], value['startedAt'], value['command'], value['run']];
  return typeof value['pid'] === 'number' && texts.every((text) => typeof text === 'string');
}
