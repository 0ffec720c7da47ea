import { join } from 'node:path';
import type { Finding } from '../planner/model/finding.ts';
import { stateNewer } from '../planner/model/findings/records.ts';
import { readIfPresent, writeAtomically } from './files.ts';
import { isRecord, parseJson } from '../planner/model/json.ts';
import { systemError } from '../planner/model/system-error.ts';

/** What this nbkp writes into a state directory, as a whole. A new field counts too: what reads it refuses fields it does not know. */
const FORMAT = [1, 0] as const;
const FILE = 'format.json';

/**
 * Why this nbkp must not use a state directory: a newer one has written to it, and what this one does not understand it
 * would set aside as damaged. Null when it may, also where nothing is there.
 */
export function newerState(state: string): Finding | null {
  const there = formatOf(state);
  if (there === null) return null;
  const [major, minor] = there;
  const newer = major > FORMAT[0] || (major === FORMAT[0] && minor > FORMAT[1]);
  return newer ? stateNewer(state, there.join('.'), FORMAT.join('.')) : null;
}

/** Notes the format before the first run writes anything. Throws what the system reports. */
export function noteFormat(state: string): void {
  if (formatOf(state)?.join('.') === FORMAT.join('.')) return;
  writeAtomically(join(state, FILE), `${JSON.stringify({ formatVersion: FORMAT.join('.') })}\n`);
}

/** Null where nothing is noted, or nothing that can be read: the records tell of themselves what is wrong with them. */
function formatOf(state: string): [number, number] | null {
  try {
    const noted = parseJson(readIfPresent(join(state, FILE)) ?? '');
    const version = isRecord(noted) ? String(noted['formatVersion']) : '';
    const [, major, minor] = /^(\d{1,4})\.(\d{1,4})$/.exec(version) ?? [];
    return major === undefined || minor === undefined ? null : [Number(major), Number(minor)];
  } catch (error) {
    systemError(error);
    return null;
  }
}
