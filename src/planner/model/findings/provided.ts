/*
 * # Volumes that executors provide
 *
 * A volume with a table of an executor: the executor keeps the histories of syncs in it in its own way.
 */
import { error, info } from './entry.ts';

/**
 * A volume has a table of an executor and does not say plainly where it lies, or has `on` without such a table. Fix: one table, and
 * `on = "VOLUME:DIR"` in place of `path`, `ssh` and `mount`.
 */
export const providedUnclear = error('provided-volume-unclear', (volume: string, problem: string) => ({
  message: `The volume ${volume} ${problem}.`,
  help: 'A volume that an executor provides has one table with the name of the executor, and on = "VOLUME:DIR": the directory of another volume that it lies in. Then it has neither path, ssh nor mount.',
}));

/**
 * A sync uses such a volume as if it were a folder. Fix: `destination = "VOLUME:NAME"`, without `transfer` and `snapshots.mode`, which
 * its executor decides. It is read by `nbkp restore`.
 */
export const providedMisused = error('provided-volume-misused', (sync: string, problem: string) => ({
  message: `The sync ${sync} ${problem}.`,
  help: 'In a volume that an executor provides each sync has a history of its own: destination = "VOLUME:NAME". Its executor copies, and makes the snapshots; snapshots.keep says which stay.',
}));

/** A volume has no `on`, and its executor keeps things only in a directory of another volume. Fix: `on = "VOLUME:DIR"`. */
export const providedNowhere = error('provided-volume-unclear', (volume: string, executor: string) => ({
  message: `The volume ${volume} does not say where it lies, which ${executor} has to know.`,
  help: 'Add on = "VOLUME:DIR": the directory of another volume that it lies in.',
}));

/** What the executor keeps cannot be had now, such as a server that does not answer. Fix: none; the sync is skipped. */
export const storeAbsent = info('store-absent', (volume: string, why: string) => ({
  message: `${volume} is not there now: ${why}.`,
}));

/** What the executor keeps cannot be read: a wrong passphrase, damage. Fix: as the message says; `nbkp check`. */
export const storeUnusable = error('store-unusable', (volume: string, why: string) => ({
  message: `What is kept in ${volume} cannot be read: ${why}.`,
  help: 'Nothing is copied there, and nothing of it is deleted, until it can be read.',
}));

/** The facts do not say what an executor keeps: nobody asked, as in recorded facts. Fix: plan where the volume is. */
export const storeUnknown = info('store-unknown', (volume: string) => ({
  message: `What is kept in ${volume} is not in the facts.`,
}));

/** `restore` of what an executor keeps writes into a folder that it makes. Fix: `--to` with a folder that is not there yet. */
export const storeToNewFolder = error('restore-folder-exists', (to: string) => ({
  message: `${to} exists, and what an executor keeps is brought back into a folder of its own.`,
  help: 'Name one with --to that is not there yet.',
}));

/** The volume lies on a server, and its executor works there. Fix: restore on the server itself. */
export const storeElsewhere = error('store-opaque', (sync: string) => ({
  message: `The copies of ${sync} are kept on a server, and are brought back only there.`,
  help: 'Run nbkp restore on the server, with a spec in which the volume is one of that machine.',
}));

/** What an executor keeps is no folder that could be read here. Fix: `nbkp restore`. */
export const storeOpaque = error('store-opaque', (sync: string, executor: string) => ({
  message: `The copies of ${sync} are kept by ${executor}, and only that can read them.`,
  help: `nbkp restore ${sync} --to DIR brings them back.`,
}));

/**
 * `nbkp verify`: the executor that keeps a copy did not find it whole. It may be damaged, or could not be read. Fix: as its own words say; an
 * older snapshot may be whole, and the next run makes a new one.
 */
export const storeNotWhole = error('store-not-whole', (copy: string, executor: string, why: string) => ({
  message: `${executor}, which keeps ${copy}, did not find it whole: ${why}.`,
  help: 'An older snapshot may be whole: nbkp verify SYNC@SNAPSHOT. The next run makes a new one.',
}));

/** The executor that keeps the copies has no way to verify them. Fix: bring one back with `nbkp restore`, and look at it. */
export const storeUnverifiable = error('store-opaque', (sync: string, executor: string) => ({
  message: `The copies of ${sync} are kept by ${executor}, which has no way to verify them.`,
  help: `nbkp restore ${sync} --to DIR brings one back, to be looked at.`,
}));
