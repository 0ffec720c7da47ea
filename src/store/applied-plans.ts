import { createHash } from 'node:crypto';
import { closeSync, fsyncSync, openSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plan } from '../planner/model/plan.ts';
import { failure, success, type Result } from '../planner/model/result.ts';
import { systemError } from '../planner/model/system-error.ts';
import { makeDirectory, readIfPresent, syncDirectory, writeAtomically } from './files.ts';
import { isRecord, parseJson } from '../planner/model/json.ts';
import { stateUnwritable } from '../planner/model/findings/records.ts';
import { planConsumed, planTooOld } from '../planner/model/findings/plan-files.ts';
import { unwritable } from './state-directory.ts';

type Saved = Pick<Plan, 'id' | 'createdAt'>;

/** Marks beyond these are forgotten, and then all plans that are as old as the forgotten ones count as applied. */
const KEPT = 500;

/**
 * Was this plan applied before, from this file or a copy of it? Two plans with one id are told apart by their times.
 *
 * @returns errors `plan-consumed`, `plan-too-old` (nobody knows any more) and `state-unwritable`
 */
export function appliedBefore(state: string, plan: Saved): Result<null> {
  try {
    const mark = readIfPresent(markOf(state, plan));
    return mark === null ? youngEnough(state, plan) : consumed(mark);
  } catch (error) {
    return failure(unwritable(state, error));
  }
}

/**
 * Notes on stable storage that a saved plan is being applied, before its first step: a plan is used once. Of two that
 * try at once one succeeds, since open(2) with O_EXCL makes a name once.
 *
 * @param now milliseconds since 1970
 * @returns errors `plan-consumed`, `plan-too-old` and `state-unwritable`
 */
export function consumePlan(state: string, plan: Saved, now: number): Result<null> {
  const directory = directoryOf(state);
  const path = markOf(state, plan);
  try {
    makeDirectory(directory);
    forgetOldest(state);
    const descriptor = openSync(path, 'wx', 0o600);
    try {
      const mark = { plan: plan.id, createdAt: plan.createdAt, appliedAt: new Date(now).toISOString() };
      writeFileSync(descriptor, `${JSON.stringify(mark)}\n`);
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    syncDirectory(directory);
    // Somebody else may have forgotten this plan's mark just now.
    return youngEnough(state, plan);
  } catch (error) {
    const { code, text } = systemError(error);
    return code === 'EEXIST' ? appliedBefore(state, plan) : failure(stateUnwritable(state, text));
  }
}

/**
 * Forgets the marks of the plans that were made first. Until when plans count as applied from now on is written down
 * before: no clock can then let one of them be applied again. Throws what the system reports.
 */
function forgetOldest(state: string): void {
  const directory = directoryOf(state);
  const names = readdirSync(directory).filter((name) => MARK.test(name));
  if (names.length < KEPT) return;
  const marks = names.flatMap((name) => {
    const made = madeAt(readIfPresent(join(directory, name)) ?? '');
    return made === null ? [] : [{ path: join(directory, name), made }];
  });
  const oldest = marks.toSorted((a, b) => a.made - b.made).slice(0, Math.max(0, names.length - KEPT + 1));
  const last = oldest.at(-1);
  if (last === undefined) return;
  const until = Math.max(last.made, forgottenUntil(state));
  writeAtomically(floorOf(state), `${JSON.stringify({ until: new Date(until).toISOString() })}\n`);
  for (const { path } of oldest) rmSync(path, { force: true });
}

/** When the plan of a mark was made, at the latest. Null for a mark that a crash has left empty: it stays. */
function madeAt(mark: string): number | null {
  const content = parseJson(mark);
  const { createdAt, appliedAt } = isRecord(content) ? content : {};
  const at = Date.parse(String(createdAt ?? appliedAt));
  return Number.isNaN(at) ? null : at;
}

function forgottenUntil(state: string): number {
  const content = parseJson(readIfPresent(floorOf(state)) ?? '');
  return isRecord(content) && 'until' in content ? Date.parse(String(content['until'])) : -Infinity;
}

function youngEnough(state: string, { createdAt }: Saved): Result<null> {
  const until = forgottenUntil(state);
  if (!(Date.parse(createdAt) <= until)) return success(null);
  return failure(planTooOld(createdAt, new Date(until).toISOString()));
}

const MARK = /^[0-9a-f]{32}\.json$/;

function floorOf(state: string): string {
  return join(directoryOf(state), 'forgotten.json');
}

function directoryOf(state: string): string {
  return join(state, 'applied-plans');
}

function markOf(state: string, { id, createdAt }: Saved): string {
  const name = createHash('sha256').update(`${id}\n${createdAt}`).digest('hex').slice(0, 32);
  return join(directoryOf(state), `${name}.json`);
}

/** The mark counts even when a crash has left nothing in it. */
function consumed(mark: string): Result<null> {
  const content = parseJson(mark);
  const isDated = isRecord(content) && 'appliedAt' in content;
  return failure(planConsumed(isDated ? String(content['appliedAt']) : null));
}
