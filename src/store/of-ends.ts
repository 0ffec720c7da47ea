import { existsSync, renameSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { systemError } from '../planner/model/system-error.ts';
import { makeDirectory, namesIn } from './files.ts';
import { recordedOf, specDirectory } from './history.ts';

/** Whose records they are: those of the ends of a sync, under whatever name and in whatever spec. */
export interface OfEnds {
  state: string;
  specKey: string;
  sync: string;
  /** `endsOf` of the sync. */
  ends: string;
}

/**
 * Where such records of two ends are kept. What an older nbkp has filed by the name of the sync moves there once, unless that
 * name led elsewhere when it ran last.
 *
 * @param suffix of a file; empty for a folder
 */
export function placeOfEnds({ state, specKey, sync, ends }: OfEnds, kind: string, suffix = ''): string {
  const place = join(state, kind, `${ends.slice(0, 32)}${suffix}`);
  if (existsSync(place)) return place;
  const before = join(specDirectory(state, specKey), kind);
  const names = namesIn(before).map((name) => name.slice(0, name.length - suffix.length));
  const old = names.find((name) => (recordedOf(state, specKey, name)?.ends ?? (name === sync ? ends : null)) === ends);
  if (old === undefined) return place;
  makeDirectory(dirname(place));
  takeOver(join(before, `${old}${suffix}`), place);
  return place;
}

function takeOver(old: string, place: string): void {
  try {
    renameSync(old, place);
  } catch (error) {
    // Another nbkp has just done so.
    if (systemError(error).code !== 'ENOENT' || !existsSync(place)) throw error;
  }
}
