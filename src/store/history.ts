import { createHash } from 'node:crypto';
import { realpathSync } from 'node:fs';
import { isAbsolute, join, resolve } from 'node:path';
import type { SyncHistory } from '../planner/model/facts.ts';
import type { Finding } from '../planner/model/finding.ts';
import type { Plan } from '../planner/model/plan.ts';
import type { RunRecord, StepRecord, SyncRecord } from '../planner/model/run.ts';
import { makeDirectory, namesIn as namesThere, readIfPresent, writeAllAtomically } from './files.ts';
import type { RunHeader } from '../planner/model/stored.ts';
import { isExact } from '../planner/kinds/rsync/times.ts';
import { readStored } from './stored.ts';
import { stepsBySync, type SettledStep } from './record.ts';
import { systemError } from '../planner/model/system-error.ts';
import { recordUnreadable } from '../planner/model/findings/records.ts';

/** What a spec's runs are filed under: its real path, so that a link to a spec shares its history. */
export function specKey(specPath: string): string {
  return createHash('sha256').update(realPath(specPath)).digest('hex').slice(0, 16);
}

/** Whether a run was one of the spec with that key. A relative path, as older records have it, is nobody's. */
export function isOfSpec({ spec }: Pick<RunRecord, 'spec'>, key: string): boolean {
  return isAbsolute(spec.path) && specKey(spec.path) === key;
}

/**
 * The last run and the last success of each sync of a spec. What cannot be read is left out, with a warning.
 *
 * @param ends by sync, where it leads: what is recorded of the same ends under another spec or name counts as well, and
 * what is recorded of other ends is not this sync's
 */
export function readLastRuns(
  state: string,
  key: string,
  ends: Readonly<Record<string, string>> = {},
): { history: Record<string, SyncHistory>; findings: Finding[] } {
  const directory = specDirectory(state, key);
  const history: Record<string, SyncHistory> = {};
  const findings: Finding[] = [];
  const own = entriesIn(directory, findings);
  for (const [name, entry] of own) {
    const sync = name.slice(0, -SUFFIX.length);
    if (OWN.test(name) && !leadsElsewhere(entry, ends[sync])) history[sync] = entry;
  }
  const others = Object.keys(ends).length === 0 ? [] : [...own.values(), ...recordedElsewhere(state, key)];
  for (const [sync, end] of Object.entries(ends)) {
    for (const other of others) if (other.ends === end) history[sync] = newest(history[sync], other);
  }
  return { history, findings };
}

/** Older records do not say where their sync led: they are of the sync whose name they have. */
export function leadsElsewhere(entry: SyncHistory, end: string | undefined): boolean {
  return entry.ends !== undefined && end !== undefined && entry.ends !== end;
}

/** What is recorded under the name of a sync; null where nothing can be read. */
export function recordedOf(state: string, key: string, sync: string): SyncHistory | null {
  return readEntry(join(specDirectory(state, key), `${sync}${SUFFIX}`), []);
}

/** Of all other specs, those that were put aside included. What cannot be read is its own spec's concern. */
function recordedElsewhere(state: string, own: string): SyncHistory[] {
  const specs = namesIn(join(state, 'specs'), []).filter((key) => key !== own);
  return specs.flatMap((key) => [...entriesIn(specDirectory(state, key), []).values()]);
}

/** By the name of their file. */
function entriesIn(directory: string, findings: Finding[]): Map<string, SyncHistory> {
  const names = namesIn(directory, findings).filter((name) => OWN.test(name) || ASIDE.test(name));
  const read = (name: string): SyncHistory | null => readEntry(join(directory, name), OWN.test(name) ? findings : []);
  return new Map(names.flatMap((name) => [[name, read(name)] as const]).filter(hasEntry));
}

function hasEntry(pair: readonly [string, SyncHistory | null]): pair is [string, SyncHistory] {
  return pair[1] !== null;
}

function newest(known: SyncHistory | undefined, other: SyncHistory): SyncHistory {
  if (known === undefined) return other;
  const later = <T extends { at: string }>(own: T | null, its: T | null): T | null =>
    its !== null && Date.parse(its.at) > Date.parse(own?.at ?? '1970-01-01T00:00:00Z') ? its : own;
  return {
    ...known,
    lastRun: later(known.lastRun, other.lastRun),
    lastSuccess: later(known.lastSuccess, other.lastSuccess),
  };
}

function readEntry(path: string, findings: Finding[]): SyncHistory | null {
  try {
    const entry = readStored('history', readIfPresent(path));
    if (entry === null) findings.push(recordUnreadable(path, 'it is damaged'));
    return entry;
  } catch (error) {
    findings.push(recordUnreadable(path, systemError(error).text));
    return null;
  }
}

/**
 * Puts entries in the place of those that the syncs had. One of other ends is put aside first: a sync that leads there, now or
 * later, finds it by its ends. Throws what the system reports.
 */
export function writeLastRuns(state: string, key: string, entries: Readonly<Record<string, SyncHistory>>): void {
  const directory = specDirectory(state, key);
  const files = Object.entries(entries).map(([sync, entry]) => [`${sync}${SUFFIX}`, entry] as const);
  if (files.length === 0) return;
  makeDirectory(directory);
  const aside = files.flatMap(([name, entry]) => {
    const before = readEntry(join(directory, name), []);
    return before !== null && leadsElsewhere(before, entry.ends) ? [[asideName(name, before), before] as const] : [];
  });
  const texts = [...aside, ...files].map(([name, entry]) => [name, `${JSON.stringify(entry)}\n`] as const);
  writeAllAtomically(directory, new Map(texts));
}

/**
 * The entries that a run changes. Only backups count, and what a spec has when something of it is prepared is known from then on. A sync of which no step began keeps what is known of it, unless its plan
 * was refused because of what would be lost; one of which nothing is known is known from now on.
 */
export function afterRun(
  history: Readonly<Record<string, SyncHistory>>,
  header: RunHeader,
  plan: Plan,
  record: RunRecord,
): Record<string, SyncHistory> {
  if (record.purpose === 'prepare') return knownFromNowOn(history, header);
  if (record.purpose !== 'backup') return {};
  const changed: Record<string, SyncHistory> = {};
  const steps = stepsBySync(settledSteps(plan, record));
  for (const sync of record.syncs) {
    const known = history[sync.name] ?? null;
    const since = known?.since ?? header.startedAt;
    const began = lastMoment(steps.get(sync.name) ?? []);
    const refusedByPlan = began === null && refusedForLoss(record, sync.name);
    const led = header.ends?.[sync.name];
    const ends = led === undefined ? {} : { ends: led };
    const at = refusedByPlan ? record.startedAt : began;
    if (at === null) {
      if (known === null) changed[sync.name] = { since, ...ends, lastRun: null, lastSuccess: null };
      continue;
    }
    const previous = known?.lastSuccess ?? null;
    changed[sync.name] = {
      since,
      ...ends,
      lastRun: { run: record.run, outcome: refusedByPlan ? 'refused' : sync.outcome, at },
      lastSuccess: sync.outcome === 'succeeded' ? success(record.run, at, { sync, plan, header, previous }) : previous,
    };
  }
  return changed;
}

/** Whoever prepares wants backups: one that is never run is not well either some day. */
function knownFromNowOn(
  history: Readonly<Record<string, SyncHistory>>,
  { ends = {}, startedAt }: RunHeader,
): Record<string, SyncHistory> {
  const unknown = Object.entries(ends).filter(([sync]) => history[sync] === undefined);
  return Object.fromEntries(
    unknown.map(([sync, led]) => [sync, { since: startedAt, ends: led, lastRun: null, lastSuccess: null }]),
  );
}

/** For these it matters that nothing of the sync is pruned; a full drive is just what pruning is for. */
const LOSS: readonly string[] = ['source-empty', 'max-delete-exceeded', 'max-change-exceeded'];

function refusedForLoss({ findings }: RunRecord, name: string): boolean {
  return findings.some(({ sync, guard, code }) => sync === name && guard === true && LOSS.includes(code));
}

/** A run that made no snapshot because nothing had changed leaves the last one as it was. */
function success(
  run: string,
  at: string,
  of: { sync: SyncRecord; plan: Plan; header: RunHeader; previous: SyncHistory['lastSuccess'] },
): SyncHistory['lastSuccess'] {
  const { sync, plan, header, previous } = of;
  return {
    run,
    at,
    snapshot: sync.snapshot ?? previous?.snapshot ?? null,
    entries: sync.entries ?? previous?.entries ?? null,
    mountTarget: header.mountTargets[sync.name] ?? null,
    ...(header.sourceMountTargets === undefined
      ? {}
      : { sourceMountTarget: header.sourceMountTargets[sync.name] ?? null }),
    files: sync.files,
    bytes: sync.bytes,
    ...(copiedExactTimes(plan, sync.name) ? { exactTimes: true } : {}),
  };
}

function copiedExactTimes({ steps }: Plan, name: string): boolean {
  const transfer = steps.find(({ kind, sync }) => kind === 'transfer' && sync === name);
  return transfer?.commands.some(isExact) === true;
}

function settledSteps(plan: Plan, record: RunRecord): SettledStep[] {
  const records = new Map(record.steps.map((step) => [step.id, step]));
  return plan.steps.flatMap((step) => {
    const known = records.get(step.id);
    return known === undefined ? [] : [{ step, record: known }];
  });
}

/** When the last of the steps that began ended, or began if it did not end; null when none began. */
function lastMoment(steps: readonly SettledStep[]): string | null {
  const moments = steps.flatMap(({ record }) => momentOf(record) ?? []);
  return moments.length === 0 ? null : new Date(Math.max(...moments)).toISOString();
}

function momentOf(record: StepRecord): number | null {
  return record.startedAt === null ? null : Date.parse(record.startedAt) + (record.durationMs ?? 0);
}

const SUFFIX = '.json';

/** Names of files: of a sync's entry, and of one of other ends that its name had before. */
const OWN = /^[a-z0-9-]+\.json$/;
const ASIDE = /^~[0-9a-f]{32}\.json$/;

function asideName(name: string, { ends = '' }: SyncHistory): string {
  return `~${createHash('sha256').update(`${name}\n${ends}`).digest('hex').slice(0, 32)}${SUFFIX}`;
}

/** Where what is known of a spec's syncs is kept. */
export function specDirectory(state: string, key: string): string {
  return join(state, 'specs', key);
}

/** The path itself, absolute, where nothing is there. */
export function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch (error) {
    systemError(error);
    return resolve(path);
  }
}

function namesIn(directory: string, findings: Finding[]): string[] {
  try {
    return namesThere(directory);
  } catch (error) {
    findings.push(recordUnreadable(directory, systemError(error).text));
    return [];
  }
}
