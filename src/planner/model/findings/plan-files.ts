/*
 * # Plan files and facts files
 */
import { error, info, warning } from './entry.ts';

/** What messages call a document, and how to make it again. */
interface Document {
  noun: string;
  again: string;
}

const PLAN: Document = { noun: 'a plan', again: 'Make it again: nbkp plan --out FILE' };
const FACTS: Document = { noun: 'a facts file', again: 'Make it again: nbkp facts export --out FILE' };

const truncated =
  ({ noun, again }: Document) =>
  (file: string, empty: boolean) => ({
    message: `${file} ends in the middle of ${noun}${empty ? ': it is empty' : ''}.`,
    help: `It may not have been written or copied completely. ${again}`,
  });
/** The file of a plan is not whole. Fix: make it again. */
export const planTruncated = error('plan-truncated', truncated(PLAN));
/** The file of facts is not whole. Fix: make it again. */
export const factsTruncated = error('facts-truncated', truncated(FACTS));

const notJson =
  ({ noun, again }: Document) =>
  (file: string) => ({ message: `${file} is not JSON, so not ${noun}.`, help: again });
/** What should be a plan is no JSON. Fix: make it again. */
export const planUnreadable = error('plan-unreadable', notJson(PLAN));
/** What should be facts is no JSON. Fix: make it again. */
export const factsUnreadable = error('facts-unreadable', notJson(FACTS));

interface Formats {
  file: string;
  found: string;
  /** The major version that this nbkp reads. */
  wanted: number;
}

const obsolete =
  ({ noun, again }: Document) =>
  ({ file, found, wanted }: Formats) => ({
    message: `${file} is ${noun} of format ${found}, which this nbkp reads no more; it reads format ${wanted}.`,
    help: again,
  });
/** An older nbkp made the plan. Fix: make it again. */
export const planFormatObsolete = error('plan-format-obsolete', obsolete(PLAN));
/** An older nbkp made the facts. Fix: make them again. */
export const factsFormatObsolete = error('facts-format-obsolete', obsolete(FACTS));

const newer =
  ({ noun, again }: Document) =>
  ({ file, found, wanted }: Formats) => ({
    message: `${file} is ${noun} of format ${found}, and this nbkp reads format ${wanted}.`,
    help: `Use the nbkp that made it. ${again}`,
  });
/** A newer nbkp made the plan. Fix: use that one, or make it again. */
export const planFormatUnknown = error('plan-format-unknown', newer(PLAN));
/** A newer nbkp made the facts. Fix: use that one, or make them again. */
export const factsFormatUnknown = error('facts-format-unknown', newer(FACTS));

const foreign =
  ({ noun, again }: Document) =>
  (file: string) => ({ message: `${file} is a document of another kind, not ${noun} of nbkp.`, help: again });
/** A document of another kind in place of a plan. Fix: the right file. */
export const planForeign = error('plan-foreign', foreign(PLAN));
/** A document of another kind in place of facts. Fix: the right file. */
export const factsForeign = error('facts-foreign', foreign(FACTS));

const invalid =
  ({ noun, again }: Document) =>
  (file: string, cause: string) => ({ message: `${file} is not ${noun}: ${cause}.`, help: again });
/** It does not fit the schema of plans. Fix: make it again. */
export const planInvalid = error('plan-invalid', invalid(PLAN));
/** It does not fit the schema of facts. Fix: make them again. */
export const factsInvalid = error('facts-invalid', invalid(FACTS));

/** The plan was changed after it was made: nothing of it is run. Fix: make it again. */
export const planTampered = error('plan-tampered', (file: string) => ({
  message: `${file} was changed after it was made: its content does not have the digest that its id says.`,
  help: `Nothing of it is run. ${PLAN.again}`,
}));
/** The file of a plan cannot be opened. Fix: check path and permissions. */
export const planFileUnreadable = error('plan-file-unreadable', (path: string, cause: string) => ({
  message: `The plan file ${path} cannot be read: ${cause}.`,
  help: 'nbkp plan --out FILE writes one. A sync is named with --only.',
}));
/** The file of facts cannot be opened. Fix: check path and permissions. */
export const factsFileUnreadable = error('facts-file-unreadable', (path: string, cause: string) => ({
  message: `The facts file ${path} cannot be read: ${cause}.`,
  help: 'nbkp facts export --out FILE writes one.',
}));
const notWritten = (name: string) => (path: string, cause: string) => ({
  message: `The ${name} cannot be written to ${path}: ${cause}.`,
  help: 'Choose another place for --out.',
});
/** The plan cannot be written there. Fix: another place; only a plan or an empty file is replaced. */
export const planFileUnwritable = error('plan-file-unwritable', notWritten('plan'));
/** The facts cannot be written there. Fix: another place; only facts or an empty file is replaced. */
export const factsFileUnwritable = error('facts-file-unwritable', notWritten('facts'));
/** The report cannot be written there. Fix: another place; only a report or an empty file is replaced. */
export const reportFileUnwritable = error('report-file-unwritable', notWritten('report'));
/** The script cannot be written there. Fix: another place; only a script of nbkp or an empty file is replaced. */
export const scriptFileUnwritable = error('script-file-unwritable', notWritten('script'));
/** Others can write to the plan file, and so decide what is run. Fix: make one of your own, or `chmod`, `chown`. */
export const planFileExposed = error('plan-file-exposed', (path: string, because: string, help: string) => ({
  message: `The plan file ${path} ${because}, and decides what nbkp runs.`,
  help: `Make one of your own: nbkp plan --out FILE. Or: ${help}`,
}));
/** A plan is applied once. Fix: a new plan. */
export const planConsumed = error('plan-consumed', (appliedAt: string | null) => ({
  message: `This plan was applied before${appliedAt === null ? '' : ` at ${appliedAt}`}, and a plan is applied once.`,
  help: 'What is left to do is in a new plan: nbkp plan --out FILE. nbkp history shows what the run did.',
}));
/** So old that nobody knows any more whether it was applied. Fix: a new plan. */
export const planTooOld = error('plan-too-old', (createdAt: string, knownAfter: string) => ({
  message: `This plan was made at ${createdAt}. Which plans were applied is known for those made after ${knownAfter}, so that it may have been applied before.`,
  help: 'Make a new one and look at it: nbkp plan --out FILE',
}));
/** What the plan relies on has changed, and it would be planned otherwise now. Fix: make a new plan and look at it. */
export const planStale = error('plan-stale', (message: string) => ({
  message,
  help: 'Make a new plan and look at it: nbkp plan --out FILE',
}));
/** What a step relies on has changed since the plan was made. Fix: look at a new plan. */
export const stepStale = error('plan-stale', (step: string, change: string) => ({
  message: `${step} is not run, because ${change}.`,
  help: 'Look at a new plan: nbkp plan',
}));
/** Once the drive was open, its sync would have done what the plan did not show. Fix: mount the drive, look at a new plan. */
export const planExceeded = error('plan-exceeded', (step: string, difference: string) => ({
  message: `Now that its drive is open, ${step} would do what was not agreed to: ${difference}.`,
  help: 'Mount the drive (nbkp volumes mount), and look at a plan that knows it: nbkp plan',
}));
/** Once the drive was open, its sync was not in the plan any more. Fix: look at a new plan. */
export const syncExceeded = warning('plan-exceeded', () => ({ message: 'It is no longer in the plan.' }));
/**
 * Once the drive was open, more snapshots were to go than the plan had allowed; all were kept. Fix: mount the drive,
 * `nbkp snapshots prune`.
 */
export const prunePostponed = warning('prune-postponed', (sync: string, count: number, allowed: number) => ({
  message: `${count} snapshots of ${sync} are to go, and the plan, made while its drive was closed, allowed ${allowed}: none was deleted.`,
  help: `Mount the drive (nbkp volumes mount) and look at them: nbkp snapshots prune --only ${sync}`,
}));

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
