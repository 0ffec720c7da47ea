import type { ExecutorPlanning } from '../../model/executor.ts';
import type { Json } from '../../model/json.ts';
import { sshPlaceholder } from '../../model/step.ts';

export const RESTORE_VERSION = '1.0.0';

/** What a restore step was asked to do. */
export interface RestoreParams {
  sync: string;
  /** Absolute directory to copy out of. */
  from: string;
  /** The volume by which the server is reached that `from` is on; null when it is here. */
  remote: string | null;
  /** Absolute directory to copy to. */
  to: string;
  /** Relative to `from`; empty for everything. */
  paths: string[];
  /** Files that are newer at `to` are replaced too. */
  overwriteNewer: boolean;
  /** Flags of the sync for what `-a` leaves out: ACLs, extended attributes, sparse files. */
  extraFlags: string[];
  /** `to` does not exist yet. */
  create: boolean;
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
  return typeof params === 'object' && params !== null && 'from' in params && 'to' in params && 'extraFlags' in params;
}

export function restoreCommands(params: RestoreParams): string[][] {
  const { to, create } = params;
  return [...(create ? [['mkdir', '-p', to]] : []), rsync(params, ['--info=progress2'])];
}

/** The dry run that a preview reads: code, size and name of each entry. */
export function restorePreviewCommand(params: RestoreParams): string[] {
  return rsync(params, ['--dry-run', '--out-format=%i %l %n']);
}

/**
 * `-H` too, so that files linked to one another come back so. `--update` leaves files alone that are newer where they
 * are restored to. With `--relative` the part after `/./` is kept (rsync(1)).
 */
function rsync(params: RestoreParams, report: string[]): string[] {
  const { from, to, paths, remote, overwriteNewer, extraFlags } = params;
  const there = remote === null ? from : `${remote}:${from}`;
  const sources = paths.length === 0 ? [`${there}/`] : paths.map((path) => `${there}/./${path}`);
  return [
    'rsync',
    '-aH',
    ...extraFlags,
    ...(overwriteNewer ? [] : ['--update']),
    ...(paths.length > 0 ? ['--relative'] : []),
    '--filter=- /.nbkp-*',
    '--filter=- .rsync-partial/',
    '-s',
    ...(remote === null ? [] : [`--rsh=${sshPlaceholder(remote)}`]),
    ...report,
    '--stats',
    '--no-human-readable',
    '--',
    ...sources,
    `${to}/`,
  ];
}
