import type { Step } from './step.ts';

/** It only writes down that a sync has succeeded. */
export function isNote({ kind }: Pick<Step, 'kind'>): boolean {
  return kind === 'record';
}

/**
 * Steps that change nothing by all that is known: transfers of which a dry run found that there is nothing to copy or delete, the
 * snapshots that are made only if there is, and the notes of a success. What runs only after a failure is not what is planned.
 */
export function isUnchanged(steps: readonly Step[]): boolean {
  return somethingIn(steps).length === 0;
}

/** The same where drives that are only opened and closed count as nothing. */
export function changesData(steps: readonly Step[]): boolean {
  return somethingIn(steps).some(({ action }) => action !== 'acquire' && action !== 'release');
}

function somethingIn(steps: readonly Step[]): Step[] {
  const idle = new Set(steps.filter(isIdle).map(({ sync }) => sync));
  return steps.filter((step) => {
    const isAwaiting = step.kind === 'snapshot' && step.deferred !== undefined && idle.has(step.sync);
    return step.runsOn !== 'failure' && !isNote(step) && !isIdle(step) && !isAwaiting;
  });
}

function isIdle({ estimate }: Step): boolean {
  if (estimate?.basis !== 'dry-run') return false;
  return estimate.creates + estimate.updates + estimate.deletes + estimate.files === 0;
}
