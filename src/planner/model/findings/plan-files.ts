/*
 * # Plans that are applied
 */
import { error, info } from './entry.ts';

const elsewhere = (made: string, here: string) => ({
  message: `The plan was made ${made}, and this is ${here}.`,
  help: 'A plan is applied where it was made. Make one here: nbkp plan --out FILE',
});
/** The plan was made on another machine. Fix: plan anew here. */
export const planOtherMachine = error('plan-other-machine', elsewhere);
/** The plan was made by somebody else. Fix: plan anew here. */
export const planOtherUser = error('plan-other-user', elsewhere);
/** The plan was made by another version of nbkp. Fix: plan anew here. */
export const planOtherTool = error('plan-other-tool', elsewhere);
/** The plan was made from another spec. Fix: plan anew here. */
export const planOtherSpec = error('plan-other-spec', (path: string) => ({
  message: `The spec ${path} is not the one that the plan was made from.`,
  help: 'Make a new plan of it and look at what changed: nbkp plan --out FILE',
}));
/** The plan was made with another major version of an executor. Fix: plan anew here. */
export const planOtherExecutor = error('plan-other-executor', (name: string, was: string, is: string) => ({
  message: `The plan was made with version ${was} of the executor ${name}, and installed is ${is}.`,
  help: 'Another major version may do something else. Make a new plan: nbkp plan --out FILE',
}));
/**
 * Another run changed the destination after the plan of this one was made, so the sync was planned again once its lock was
 * held. Fix: nothing. What has to be pruned beyond what was shown goes with the next run.
 */
export const planRenewed = info('plan-renewed', (sync: string) => ({
  message: `Another run had changed the destination of ${sync} meanwhile, so ${sync} was planned again.`,
}));
/** It was made more than ten minutes ahead of this clock. Fix: set the clock that is wrong, plan anew. */
export const planFromFuture = error('plan-from-future', (createdAt: string, now: string) => ({
  message: `The plan says that it was made at ${createdAt}, and it is ${now} here.`,
  help: 'If this clock is wrong, set it. Then make a new plan: nbkp plan --out FILE',
}));
/** Made from recorded facts or none. Fix: plan where the drives are. */
export const planNotApplyable = error('plan-not-applyable', (from: string) => ({
  message: `The plan was made ${from} and cannot be applied.`,
  help: 'Make one from what is there now, without --facts and --offline: nbkp plan --out FILE',
}));
/** Names that nbkp does not give: somebody made this file. Fix: find out where it comes from. */
export const planNamesUnsafe = error('plan-names-unsafe', (what: string) => ({
  message: `The plan has ${what} with a name that nbkp does not give, and that may be meant for a terminal.`,
  help: 'nbkp did not make this plan. nbkp show shows it safely.',
}));
/** Paths outside of the plan's volumes: somebody made this file. Fix: find out where it comes from. */
export const planPathOutside = error('plan-path-outside', (step: string, path: string) => ({
  message: `${step} would touch ${path}, which is in none of the plan's volumes.`,
  help: 'nbkp did not make this plan for this spec. Find out where the file comes from.',
}));
/** A step of the plan needs an executor that is not installed. Fix: `nbkp executors`. */
export const executorMissing = error('executor-missing', (step: string, executor: string) => ({
  message: `${step} needs the executor ${executor}, which is not installed here.`,
  help: 'Install the package that it comes from, or plan anew without it. nbkp executors lists what is there.',
}));
/** A command in it that its executor would not run. Fix: plan anew. */
export const planCommandsDiffer = error('plan-commands-differ', (step: string, executor: string) => ({
  message: `The commands that the plan shows for ${step} are not those that the executor ${executor} would run.`,
  help: 'The plan was changed, or made by another version. Plan anew.',
}));
/** The sync could not be planned when the file was made, and can be now. Fix: plan anew to run it. */
export const syncNotInPlan = info('sync-not-in-plan', (sync: string) => ({
  message: `${sync} was not to be run when the plan was made.`,
  help: 'Make a new plan to run it: nbkp plan --out FILE',
}));
