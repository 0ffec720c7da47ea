import { lookUp } from '../hosts/browse/list-at.ts';
import { readAt } from '../hosts/browse/read-at.ts';
import { escapeName } from '../hosts/rsync/names.ts';
import { copyName } from '../planner/model/copy-name.ts';
import { success, type Result } from '../planner/model/result.ts';
import type { Sync } from '../planner/model/spec.ts';
import { locatedIn, type Wanted } from './list.ts';
import { UsageError } from './usage-error.ts';
import type { FileInSnapshot } from './values.ts';
import { folderOf, type Workspace } from './workspace.ts';

/** Opens a file of a snapshot. @throws UsageError for what is no file */
export async function fileIn(
  workspace: Workspace,
  sync: Sync,
  wanted: Wanted & { path: string },
  signal: AbortSignal,
): Promise<Result<FileInSnapshot>> {
  const located = await locatedIn(workspace, sync, wanted);
  if (!located.ok) return located;
  const { copy, bytes } = located.value;
  const place = folderOf(workspace, copy);
  const seen = await lookUp(place, copyName(copy), bytes);
  if (!seen.ok) return seen;
  const { isFolder, entries } = seen.value;
  const [file] = entries;
  if (isFolder || file?.type !== 'file') {
    throw new UsageError(`${escapeName(bytes) || '.'} is no file in ${copyName(copy)}.`, 'Links are not followed.');
  }
  const content = await readAt(place, copyName(copy), bytes, signal);
  return content.ok ? success({ snapshot: copy.snapshot, file, content: content.value }) : content;
}
