import type { EndpointFacts } from '../model/facts.ts';
import { failure, success, type Result } from '../model/result.ts';
import { endpointKey, type Sync } from '../model/spec.ts';
import * as destinations from '../model/findings/destinations.ts';
import { bucketsIn } from './calendar.ts';
import { classifySnapshots } from './classify.ts';
import { latestTrouble } from './latest.ts';
import { parseSnapshotName } from './names.ts';

const DAY = /^\d{4}-\d\d-\d\d$/;
const BACK = /^-([1-9]\d{0,8})$/;
const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * The snapshot that `SYNC@SNAPSHOT` means, the same for every command:
 *
 * - nothing, `latest` or `-1`: the one that `latest` names; `-2` the one before it
 * - `YYYY-MM-DD` or `yesterday`: the newest of that day, as clocks in `keep.timezone` show it
 * - else the beginning of one name, of which there has to be no other. An unverified one may be the very one that is wanted
 *
 * @param there the destination of the sync
 * @param wanted what follows the `@`; null for nothing
 * @param now milliseconds since 1970 UTC
 * @returns its name; null for the copy itself of a sync that makes no snapshots. A failure without an error says that
 *   there is none yet
 */
export function chooseSnapshot(
  sync: Sync,
  there: EndpointFacts,
  wanted: string | null,
  now: number,
): Result<string | null> {
  if (sync.snapshots.mode === 'none') {
    return wanted === null ? success(null) : failure(destinations.noSnapshotsToName(sync.name, wanted));
  }
  if (wanted === null || wanted === 'latest') return counted(sync, there, 1, now);
  const [, back] = BACK.exec(wanted) ?? [];
  if (back !== undefined) return counted(sync, there, Number(back), now);
  const { snapshots, unverified } = classifySnapshots(there);
  const complete = snapshots.map(({ name }) => name);
  const dayOf = daysIn(timezoneOf(sync));
  if (wanted === 'yesterday') return ofDay(sync, complete, unverified, dayBefore(dayOf(now)));
  if (DAY.test(wanted)) return ofDay(sync, complete, unverified, wanted);
  return beginningWith(sync, [...complete, ...unverified], wanted);
}

/** So many back, counted from the one that `latest` names, which is 1. */
function counted(sync: Sync, there: EndpointFacts, back: number, now: number): Result<string> {
  const { snapshots, latest } = classifySnapshots(there);
  if (latest === null) {
    return failure(latestTrouble(there, now) ?? destinations.noSnapshotYet(endpointKey(sync.destination)));
  }
  const found = snapshots[snapshots.indexOf(latest) + 1 - back];
  if (found !== undefined) return success(found.name);
  return failure(destinations.snapshotTooFarBack(sync.name, back, snapshots.length, snapshots[0]?.name ?? latest.name));
}

function ofDay(sync: Sync, complete: readonly string[], unverified: readonly string[], day: string): Result<string> {
  const timezone = timezoneOf(sync);
  const dayOf = daysIn(timezone);
  const dayNamed = (name: string): string => dayOf(parseSnapshotName(name) ?? 0);
  const found = [complete, unverified].map((names) => names.findLast((name) => dayNamed(name) === day));
  const name = found.find((each) => each !== undefined);
  if (name !== undefined) return success(name);
  const neighbours = around([...complete, ...unverified], (each) => dayNamed(each) < day);
  return failure(destinations.snapshotUnknown(sync.name, `of ${day} (${timezone})`, neighbours));
}

function beginningWith(sync: Sync, names: readonly string[], wanted: string): Result<string> {
  if (names.includes(wanted)) return success(wanted);
  const beginning = withColons(wanted);
  const found = wanted === '' ? [] : names.filter((name) => withColons(name).startsWith(beginning));
  const [only, ...others] = found;
  if (only !== undefined && others.length === 0) return success(only);
  if (only !== undefined) return failure(destinations.snapshotAmbiguous(sync.name, wanted, found));
  const neighbours = /^\d/.test(wanted) ? around(names, (name) => withColons(name) < beginning) : [];
  return failure(destinations.snapshotUnknown(sync.name, `"${wanted}"`, neighbours));
}

/** The last name before what is sought, and the first after it. */
function around(names: readonly string[], isBefore: (name: string) => boolean): string[] {
  const sorted = names.toSorted((a, b) => (parseSnapshotName(a) ?? 0) - (parseSnapshotName(b) ?? 0));
  const neighbours = [sorted.findLast(isBefore), sorted.find((name) => !isBefore(name))];
  return neighbours.filter((name) => name !== undefined);
}

/** Names with dashes are of the same times: on macOS a colon in a name is shown as a slash. */
function withColons(name: string): string {
  return name.slice(0, 10) + name.slice(10).replaceAll('-', ':');
}

function timezoneOf({ snapshots }: Sync): string {
  return snapshots.keep?.timezone ?? 'UTC';
}

function daysIn(timezone: string): (time: number) => string {
  const bucketOf = bucketsIn(timezone);
  return (time) => bucketOf(time, 'day');
}

/** By the calendar: days of 23 and of 25 hours count as one. */
function dayBefore(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00.000Z`) - DAY_MS).toISOString().slice(0, 10);
}
