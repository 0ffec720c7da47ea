import { closeSync, constants, fstatSync, openSync, readSync, writeSync } from 'node:fs';
import { systemError } from '../planner/model/system-error.ts';

/** For reading too, since its first line is looked at. A named pipe does not keep it waiting (open(2)). */
const FLAGS = constants.O_RDWR | constants.O_APPEND | constants.O_CREAT | constants.O_NOFOLLOW | constants.O_NONBLOCK;

/** The first line of what nbkp appends to is far shorter. In bytes. */
const FIRST_LINE = 64 * 1024;

/**
 * Opens a file that lines are appended to, or makes a new one, mode 0600. Nothing else is ever written to: no link, no
 * device, no pipe, and no file that was named by mistake.
 *
 * @param isOurs whether the first line of a file that is there is one of those that are appended
 * @returns its descriptor, or in words what stands against it
 */
export function openForAppending(path: string, isOurs: (firstLine: string) => boolean): number | string {
  let descriptor: number;
  try {
    descriptor = openSync(path, FLAGS, 0o600);
  } catch (error) {
    const { code, text } = systemError(error);
    return code === 'ELOOP' ? 'it is a symbolic link' : text;
  }
  const stats = fstatSync(descriptor);
  if (stats.isFile() && (stats.size === 0 || isOurs(firstLineOf(descriptor)))) return descriptor;
  closeSync(descriptor);
  return stats.isFile() ? 'there is a file that holds something else' : 'it is there and is not a file';
}

/** Writes all of it. Throws what the system reports. */
export function append(descriptor: number, text: string): void {
  const bytes = Buffer.from(text);
  for (let written = 0; written < bytes.length;) written += writeSync(descriptor, bytes, written);
}

function firstLineOf(descriptor: number): string {
  const bytes = Buffer.alloc(FIRST_LINE);
  const length = readSync(descriptor, bytes, 0, FIRST_LINE, 0);
  return bytes.toString('utf8', 0, length).split('\n')[0] ?? '';
}
