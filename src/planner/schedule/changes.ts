import type { PlannedFile } from '../model/documents.ts';
import type { Finding } from '../model/finding.ts';
import { failure, success, type Result } from '../model/result.ts';
import { ownerOf, type ScheduleFile } from './request.ts';
import { scheduleExists, scheduleForeignFile } from '../model/findings/schedules.ts';

/**
 * What installing changes.
 *
 * @param wanted the files of the schedule
 * @param present those of that name that are there
 * @returns errors `schedule-foreign-file`, `schedule-exists`: nothing of these is touched
 */
export function plannedFiles(
  wanted: readonly ScheduleFile[],
  present: readonly ScheduleFile[],
  spec: string,
): Result<PlannedFile[]> {
  const known = new Map(present.map(({ path, text }) => [path, text]));
  const problems = wanted.flatMap(({ path }) => problemOf(path, known.get(path) ?? null, spec));
  if (problems.length > 0) return failure(...problems);
  const names = new Set(wanted.map(({ path }) => path));
  const stale = present.filter(({ path, text }) => !names.has(path) && ownerOf(text, spec) === 'this');
  return success([
    ...wanted.map((file): PlannedFile => {
      const there = known.get(file.path);
      return { ...file, change: there === undefined ? 'create' : there === file.text ? 'keep' : 'update' };
    }),
    ...stale.map((file): PlannedFile => ({ ...file, change: 'remove' })),
  ]);
}

function problemOf(path: string, text: string | null, spec: string): Finding[] {
  const owner = ownerOf(text, spec);
  if (owner === 'foreign') return [scheduleForeignFile(path)];
  return owner === 'other-spec' ? [scheduleExists(path, text?.split('\n')[0]?.slice(2) ?? '')] : [];
}
