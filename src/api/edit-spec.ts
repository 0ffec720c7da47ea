import { resolve } from 'node:path';
import { withEntry, type Entry } from '../planner/add/entry.ts';
import { success, type Result } from '../planner/model/result.ts';
import { replaceSpec } from '../store/replaced-spec.ts';
import { locateSpec, readSpecFile, searchOrder } from '../store/spec-file.ts';
import type { Surroundings } from './surroundings.ts';
import { UsageError } from './usage-error.ts';
import { readSpecAndPlugins, type Workspace } from './workspace.ts';

/** A spec that something is put into: its text as it was read, and what it means. */
export interface EditedSpec extends Pick<Workspace, 'spec' | 'executors'> {
  path: string;
  text: string;
}

/** Reads the spec. One with mistakes is none that can be added to. */
export async function openForEdit(around: Surroundings, named: string | undefined): Promise<Result<EditedSpec>> {
  const located = locateSpec(named, around.env);
  if (!located.ok) return located;
  const file = readSpecFile(located.value, { ...around.user, runs: false });
  if (!file.ok) return file;
  const { path, text } = file.value;
  const read = await readSpecAndPlugins(around, text, path, 'read');
  return read.ok ? success({ ...read.value, path, text }, file.findings) : read;
}

/** The spec with more entries, read as it would be from its file. */
export async function edited(
  around: Surroundings,
  { path, text }: EditedSpec,
  entries: readonly Entry[],
): Promise<Result<EditedSpec>> {
  let more = text;
  for (const entry of entries) {
    const put = withEntry(more, path, entry);
    if (!put.ok) return put;
    more = put.value;
  }
  const read = await readSpecAndPlugins(around, more, path, 'read');
  return read.ok ? success({ ...read.value, path, text: more }) : read;
}

/** Puts an edited spec in the place of the one that was read, unless that was changed meanwhile. */
export function writeEdited(before: EditedSpec, after: EditedSpec): Result<null> {
  return replaceSpec(after.path, before.text, after.text);
}

/** Whether a spec is found without being named. */
export function isFound(path: string, { env }: Pick<Surroundings, 'env'>): boolean {
  return searchOrder(env).some((place) => resolve(place) === resolve(path));
}

/**
 * A name for something new in a spec.
 *
 * @throws UsageError where it was typed and is taken, or is none
 */
export function refuseTaken(name: string | undefined, kind: 'volume' | 'sync', taken: readonly string[]): void {
  if (name === undefined) return;
  if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(name)) {
    throw new UsageError(
      `${JSON.stringify(name)} is no name for a ${kind}.`,
      'A name has lower-case letters and digits, with single hyphens between them.',
    );
  }
  if (!taken.includes(name)) return;
  throw new UsageError(`The spec has a ${kind} ${name} already.`, `Another name than these: ${taken.join(', ')}`);
}
