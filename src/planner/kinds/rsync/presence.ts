import { NOWHERE } from '../../model/rsync-flags.ts';
import { DATED, directory } from './argv.ts';
import { reached, remotePath } from './ends.ts';
import type { TransferParams } from './params.ts';

/** Of the names on its standard input, those that are in the last snapshot or the copy. */
export function lostCommand(params: TransferParams): string[] {
  return presenceCommand(params, 'target', params.compareWith ?? params.target);
}

/** Of the names on its standard input, those that are in the source, whatever the filters say. */
export function leftOutCommand({ live, ...params }: TransferParams): string[] {
  return presenceCommand(params, 'source', live ?? params.source);
}

/** The rsync 3.2.7 of Debian 12 takes names for comments, and needs `./` before each. */
export function presenceCommand(
  params: TransferParams,
  side: 'source' | 'target',
  path: string,
  look: readonly string[] = [DATED],
): string[] {
  const flags = ['-lD', '--dirs', '--no-implied-dirs', '--files-from=-', '--from0', '--ignore-missing-args', '-s'];
  return [
    'rsync',
    ...flags,
    ...(params.remote?.side === side ? reached(params) : []),
    ...['--dry-run', ...look, '--', remotePath(params, side, directory(path)), NOWHERE],
  ];
}
