import { existsSync, readdirSync, unlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { failure, success, type Result } from '../planner/model/result.ts';
import type { ScheduleFile } from '../planner/schedule/request.ts';
import { makeDirectory, readIfPresent, syncDirectory, writeAtomically } from './files.ts';
import { systemError } from '../planner/model/system-error.ts';

/** Whether systemd is at work here (sd_booted(3)). */
export function hasSystemd(): boolean {
  return existsSync('/run/systemd/system');
}

/** Whether the user's manager runs without a login (loginctl(1), enable-linger). */
export function lingers(user: string): boolean {
  return existsSync(join('/var/lib/systemd/linger', user));
}

/**
 * The files of schedules of that name which are there, whoever made them.
 *
 * @param folders where units and rules of udev are
 */
export function presentFiles(name: string, folders: readonly string[]): Result<ScheduleFile[]> {
  const paths = folders
    .filter((folder) => existsSync(folder))
    .flatMap((folder) => readdirSync(folder).map((file) => join(folder, file)))
    .filter((path) => belongs(path.slice(dirname(path).length + 1), name));
  try {
    return success(paths.flatMap((path) => ({ path, text: readIfPresent(path) ?? '' })));
  } catch (error) {
    return failure(unwritable(paths[0] ?? '', systemError(error).text));
  }
}

function belongs(file: string, name: string): boolean {
  if ([`${name}.timer`, `${name}.service`, `90-${name}.rules`].includes(file)) return true;
  return file.startsWith(`${name}-plugged-`) && file.endsWith('.service');
}

/** Writes each file whole or not at all; the timer, which starts the others, comes last. */
export function writeFiles(files: readonly ScheduleFile[]): Result<null> {
  const ordered = [...files].sort((a, b) => Number(a.path.endsWith('.timer')) - Number(b.path.endsWith('.timer')));
  return each(ordered, ({ path, text }) => {
    makeDirectory(dirname(path));
    writeAtomically(path, text);
  });
}

export function removeFiles(files: readonly ScheduleFile[]): Result<null> {
  return each(files, ({ path }) => {
    unlinkSync(path);
    syncDirectory(dirname(path));
  });
}

function each(files: readonly ScheduleFile[], act: (file: ScheduleFile) => void): Result<null> {
  for (const file of files) {
    try {
      act(file);
    } catch (error) {
      return failure(unwritable(file.path, systemError(error).text));
    }
  }
  return success(null);
}

function unwritable(path: string, cause: string) {
  return {
    severity: 'error' as const,
    code: 'file-unwritable',
    message: `${path} cannot be written: ${cause}.`,
    help: 'Units of the system belong to root: with --system, run it by sudo.',
  };
}
