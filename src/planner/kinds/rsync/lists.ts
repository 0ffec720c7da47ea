import { withoutDeleting } from '../../model/rsync-flags.ts';
import type { TransferParams } from './params.ts';

/** What the commands hide themselves: the comparison lists it as gone where the last snapshot has it. */
export const HIDDEN = ['H .nbkp-*'];

/**
 * The names that are listed, their parents and nothing below them. What is there already is not touched, but for folders.
 * A transfer of the whole tree would set the attributes of a linked file that has become a folder in the source.
 */
export const BY_LIST = [
  '--no-recursive',
  '--dirs',
  '--relative',
  '--ignore-existing',
  '--ignore-missing-args',
  '--from0',
  '--files-from=-',
];

/** What a user wants to be deleted is no matter of a list. */
export function plainly(params: TransferParams): TransferParams {
  const { options, extraOptions } = params;
  const kept = { options: withoutDeleting(options), extraOptions: withoutDeleting(extraOptions) };
  return { ...params, ...kept, resumes: false };
}
