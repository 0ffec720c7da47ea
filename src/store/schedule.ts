import { existsSync, readdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Finding } from '../planner/model/finding.ts';
import { unitsUnreadable } from '../planner/model/findings/records.ts';
import { failure, success, type Result } from '../planner/model/result.ts';
import type { ScheduleFile } from '../planner/schedule/request.ts';
import { makeDirectory, readIfPresent, syncDirectory, writeAtomically } from './files.ts';
import { systemError } from '../planner/model/system-error.ts';
import { unitUnwritable } from '../planner/model/findings/schedules.ts';

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
  const files: ScheduleFile[] = [];
  for (const folder of folders.filter((path) => existsSync(path))) {
    try {
      const own = readdirSync(folder).filter((file) => belongs(file, name));
      files.push(...own.map((file) => ({ path: join(folder, file), text: readIfPresent(join(folder, file)) ?? '' })));
    } catch (error) {
      return failure(unitsUnreadable(folder, systemError(error).text));
    }
  }
  return success(files);
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

/** One that cannot be removed keeps none of the others; one that is gone already is no failure. */
export function removeFiles(files: readonly ScheduleFile[]): Result<null> {
  const failed = files.flatMap(({ path }) => attempt(path, () => removeFile(path)));
  return failed.length === 0 ? success(null) : failure(...failed);
}

function removeFile(path: string): void {
  rmSync(path, { force: true });
  syncDirectory(dirname(path));
}

/** What is written later relies on what is there before. */
function each(files: readonly ScheduleFile[], act: (file: ScheduleFile) => void): Result<null> {
  for (const file of files) {
    const failed = attempt(file.path, () => act(file));
    if (failed.length > 0) return failure(...failed);
  }
  return success(null);
}

function attempt(path: string, act: () => void): Finding[] {
  try {
    act();
    return [];
  } catch (error) {
    return [unitUnwritable(path, systemError(error).text)];
  }
}
