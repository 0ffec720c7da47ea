import type { Finding } from '../../model/finding.ts';
import type { Sync } from '../../model/spec.ts';
import { remarkAt, type Check, type CheckInput } from './check.ts';
import { forbiddenOption, type OptionUse } from './rsync-forbidden.ts';
import { notAnOption, rsyncOptionNotAllowed } from '../../model/findings/spec.ts';

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
  return [];
}

/** Short options that take a value: what follows them in a word is the value. */
const WITH_VALUE = 'efBTM@';

/** `--name=value` is `--name`; `-an` is `-a` and `-n`. rsync does not know abbreviations of long options. */
export function optionsIn(word: string): string[] {
  if (word.startsWith('--')) return [word.replace(/=.*$/s, '')];
  const letters: string[] = [];
  for (const letter of word.slice(1)) {
    letters.push(`-${letter}`);
    if (WITH_VALUE.includes(letter)) break;
  }
  return letters;
}
