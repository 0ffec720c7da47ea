import { createHash } from 'node:crypto';
import { closeSync, fsyncSync, openSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plan } from '../../planner/model/plan.ts';
import { failure, success, type Result } from '../../planner/model/result.ts';
import { systemError } from '../system-error.ts';
import { makeDirectory, parseJson, readIfPresent, syncDirectory } from './files.ts';
import { stateUnwritable } from './state-directory.ts';

type Saved = Pick<Plan, 'id' | 'createdAt'>;

/** Was this plan applied before, from this file or a copy of it? Two plans with one id are told apart by their times. */
export function appliedBefore(state: string, plan: Saved): Result<null> {
  try {
    const mark = readIfPresent(markOf(state, plan));
    return mark === null ? success(null) : consumed(mark);
  } catch (error) {
    return failure(stateUnwritable(state, systemError(error).text));
  }
}

/**
 * Notes on stable storage that a saved plan is being applied, before its first step: a plan is used once. Of two that
 * try at once one succeeds, since open(2) with O_EXCL makes a name once.
 *
 * @param now milliseconds since 1970
 * @returns errors `plan-consumed` and `state-unwritable`
 */
export function consumePlan(state: string, plan: Saved, now: number): Result<null> {
  const directory = directoryOf(state);
  const path = markOf(state, plan);
  try {
    makeDirectory(directory);
    const descriptor = openSync(path, 'wx', 0o600);
    try {
      writeFileSync(descriptor, `${JSON.stringify({ plan: plan.id, appliedAt: new Date(now).toISOString() })}\n`);
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    syncDirectory(directory);
    return success(null);
  } catch (error) {
    const { code, text } = systemError(error);
    return code === 'EEXIST' ? appliedBefore(state, plan) : failure(stateUnwritable(state, text));
  }
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
  const at =
    typeof content === 'object' && content !== null && 'appliedAt' in content ? ` at ${String(content.appliedAt)}` : '';
  return failure({
    severity: 'error',
    code: 'plan-consumed',
    message: `This plan was applied before${at}, and a plan is applied once.`,
    help: 'What is left to do is in a new plan: nbkp plan --out FILE. nbkp history shows what the run did.',
  });
}
