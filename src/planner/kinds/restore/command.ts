import type { ExecutorPlanning } from '../../model/executor.ts';
import type { RestorePart } from '../../model/at-target.ts';
import type { Json } from '../../model/json.ts';
import type { Overwrite } from '../../model/plan.ts';
import { areParams } from '../../params/valid.ts';
import { sshPlaceholder } from '../../model/step.ts';

export const RESTORE_VERSION = '2.0.0';

/** What a restore step was asked to do. */
export interface RestoreParams {
  sync: string;
  /** Absolute directory to copy out of. */
  from: string;
  /** Its name; null for a sync that makes none. */
  snapshot: string | null;
  /** The volume by which the server is reached that `from` is on; null when it is here. */
  remote: string | null;
  /** The first is what was asked for, the others are folders that its target reaches through links. */
  parts: RestorePart[];
  overwrite: Overwrite;
  /** What is there of another kind than in the snapshot gives way. */
  replaceKinds: boolean;
  /** Flags of the sync for what `-a` leaves out: ACLs, extended attributes, sparse files. */
  extraFlags: string[];
  /** The target does not exist yet. */
  create: boolean;
  /** Where a link at the target may lead to, and what is never written to. */
  links: LinkRule;
}

/** Real paths: the folder that a link leads to is below one of `within`, and neither a destination of a sync nor in one. */
export interface LinkRule {
  within: string[];
  destinations: string[];
}

export const restorePlanning: ExecutorPlanning<'restore'> = {
  name: 'restore',
  version: RESTORE_VERSION,
  kinds: ['restore'],
  commands: (params) => restoreCommands(restoreParams(params)),
};

export function restoreParams(params: Json): RestoreParams {
  if (isRestoreParams(params)) return params;
  throw new Error('the params are not those of a restore step');
}

function isRestoreParams(params: unknown): params is RestoreParams {
  return areParams('restore', params);
}

/** Those that look first, then those that write, for each part. Which names they are about they read from their input. */
export function restoreCommands(params: RestoreParams): string[][] {
  const looks = params.create ? mkdirCommands(params) : params.parts.map((part) => scanCommand(params, part));
  const writes = params.parts.flatMap((part) => {
    const { makeFolders, copy, setFolders, setRoot } = partCommands(params, part);
    return [makeFolders, copy, setFolders, ...(setsRoot(params, part) ? [setRoot] : [])];
  });
  return [...looks, ...writes];
}

/** The folder to restore to, when it does not exist yet. */
export function mkdirCommands({ create, parts: [target] }: RestoreParams): string[][] {
  return create && target !== undefined ? [['mkdir', '-p', target.to]] : [];
}

/** The dry run that finds what differs: code, size, time and name of each entry. */
export function scanCommand(params: RestoreParams, part: RestorePart): string[] {
  const listed = part.paths.length === 0 ? [] : LISTED;
  const options = ['-aH', '-r', ...listed, '--dry-run', '--out-format=%i %l %M %n'];
  return rsync(params, part, options);
}

/** Whether the folder itself was asked for, and it has to become as it was though it is there. */
export function setsRoot({ overwrite, create }: RestoreParams, { paths }: RestorePart): boolean {
  return overwrite === 'always' && !create && paths.length === 0;
}

/** Each name comes from standard input, without the folders above it: they stay as they are. */
const LISTED = ['--no-implied-dirs', '--from0', '--files-from=-'];
/** Folders alone, without what is in them. */
const ALONE = ['-a', '--no-r', '--dirs'];

/** What backs a decision about an entry that appears after it was looked for. */
const UNLESS_THERE: Readonly<Record<Overwrite, string[]>> = {
  never: ['--ignore-existing'],
  'if-older': ['--update'],
  always: [],
};

/** The commands that write to one part. */
export interface PartCommands {
  /** Makes folders, such that this user can write into them. */
  makeFolders: string[];
  /** Copies entries, folders with all that is in them. `-H`: files that are linked to one another come back so. */
  copy: string[];
  /** Gives folders what they have in the snapshot. */
  setFolders: string[];
  /** The same for the folder itself. */
  setRoot: string[];
}

export function partCommands(params: RestoreParams, part: RestorePart): PartCommands {
  const { overwrite } = params;
  return {
    makeFolders: rsync(params, part, [...ALONE, '--chmod=Du+rwx', ...LISTED]),
    copy: rsync(params, part, ['-aH', '-r', ...UNLESS_THERE[overwrite], ...LISTED, '--info=progress2']),
    setFolders: rsync(params, part, [...ALONE, ...LISTED]),
    setRoot: rsync(params, part, [...ALONE, '--exclude=/*']),
  };
}

function rsync({ from, remote, extraFlags }: RestoreParams, { below, to }: RestorePart, options: string[]): string[] {
  const folder = below === '' ? from : `${from}/${below}`;
  return [
    'rsync',
    ...options,
    ...extraFlags,
    ...(below === '' ? ['--filter=- /.nbkp-*'] : []),
    '--filter=- .rsync-partial/',
    '-s',
    ...(remote === null ? [] : [`--rsh=${sshPlaceholder(remote)}`]),
    '--stats',
    '--no-human-readable',
    '--',
    `${remote === null ? folder : `${remote}:${folder}`}/`,
    `${to}/`,
  ];
}
