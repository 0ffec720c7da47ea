import { lstatSync, readdirSync, readFileSync } from 'node:fs';
import { systemError } from '../planner/model/system-error.ts';

/**
 * Every trace that a change below a folder would leave, one line for each entry: the time of the last change of an inode
 * cannot be set back. The lock is left out: it is taken, and its holder written into it, before anything is looked at.
 */
export function traceOf(root: string): string[] {
  return entriesOf(Buffer.from(root)).filter((line) => !/\/\.nbkp-lock\t/.test(line));
}

/** Paths are bytes: not every name is a text. */
function entriesOf(path: Buffer): string[] {
  const about = lstatSync(path, { bigint: true });
  const { mode, uid, gid, ino, nlink, size, mtimeNs, ctimeNs } = about;
  const line = [path.toString('latin1'), mode, uid, gid, ino, nlink, size, mtimeNs, ctimeNs].join('\t');
  if (!about.isDirectory()) return [line];
  return [line, ...namesIn(path).flatMap((name) => entriesOf(Buffer.concat([path, Buffer.from('/'), name])))];
}

/** None for a folder that cannot be read. */
function namesIn(path: Buffer): Buffer[] {
  try {
    return readdirSync(path, { encoding: 'buffer' }).sort((a, b) => a.compare(b));
  } catch (error) {
    if (systemError(error).code === 'EACCES') return [];
    throw error;
  }
}

/** Command lines of the processes that mention a text, with their ids. */
export function processesAbout(text: string): string[] {
  const ids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return ids.map((id) => `${id} ${commandLine(id)}`).filter((line) => line.includes(text));
}

/** Empty for a process that has ended meanwhile. */
function commandLine(id: string): string {
  try {
    return readFileSync(`/proc/${id}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
  } catch (error) {
    if (['ENOENT', 'ESRCH'].includes(systemError(error).code)) return '';
    throw error;
  }
}

/** Paths of the files below a folder that hold a text. */
export function filesWith(text: string, folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => `${entry.parentPath}/${entry.name}`)
    .filter((path) => readFileSync(path, 'latin1').includes(text));
}
