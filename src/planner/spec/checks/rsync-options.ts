import type { Finding } from '../../model/finding.ts';
import type { Sync } from '../../model/spec.ts';
import type { Remark } from '../document.ts';
import { remarkAt, type Check, type CheckInput } from './check.ts';
import { forbiddenOption, type OptionUse } from './rsync-forbidden.ts';
import { optionMistake, optionsIn, optionsLike, valueIn } from './rsync-known.ts';
import {
  notAnOption,
  optionNeedsValue,
  optionTakesNone,
  rsyncOptionNotAllowed,
  unknownRsyncOption,
} from '../../model/findings/spec-options.ts';

/** Options of rsync that are nbkp's own business or would break what a mode promises. */
export const rsyncOptions: Check = (input) =>
  Object.values(input.spec.syncs).flatMap((sync) => [
    ...(sync.rsync.options ?? []).flatMap((word, index) => wordAt(input, sync, 'options', index, word)),
    ...sync.rsync.extraOptions.flatMap((word, index) => wordAt(input, sync, 'extra-options', index, word)),
  ]);

function wordAt(input: CheckInput, sync: Sync, list: string, index: number, word: string): Finding[] {
  const place = ['syncs', sync.name, 'rsync', list, index];
  if (!/^-[^-]|^--[^=]/.test(word)) {
    return [remarkAt(input, place, notAnOption(word))];
  }
  const use: OptionUse = { mode: sync.snapshots.mode, deletes: sync.rsync.delete };
  for (const option of optionsIn(word)) {
    const refusal = forbiddenOption(option, use);
    if (refusal === null) continue;
    const shown = word === option || word.startsWith('--') ? option : `${option} (in ${word})`;
    return [remarkAt(input, place, rsyncOptionNotAllowed(shown, refusal))];
  }
  const mistake = mistakeIn(word);
  return mistake === null ? [] : [remarkAt(input, place, mistake)];
}

/** What rsync itself refuses, in every run. */
function mistakeIn(word: string): Remark | null {
  const options = optionsIn(word);
  const last = options.at(-1);
  for (const option of options) {
    const mistake = optionMistake(option, option === last ? valueIn(word) : null);
    if (mistake === 'unknown') return unknownRsyncOption(option, word, optionsLike(option));
    if (mistake === 'needs-value') return optionNeedsValue(option);
    if (mistake === 'takes-none') return optionTakesNone(option);
  }
  return null;
}
