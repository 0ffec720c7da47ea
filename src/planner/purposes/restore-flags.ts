import type { Reached } from '../compile/draft.ts';
import { attributeRules } from '../file-systems/kept.ts';
import type { FileSystem } from '../file-systems/table.ts';
import { hasFlag } from '../model/rsync-flags.ts';
import { LOCAL_HOST } from '../model/spec.ts';
import { recordedOptions } from '../volumes/copy-options.ts';

const EXTRA_FLAGS = [
  ['A', '--acls', 'acls'],
  ['X', '--xattrs', 'xattrs'],
  ['S', '--sparse', 'holes'],
] as const;

/** What was kept on the way there is kept on the way back, as far as the target can hold it. */
export function extraFlags({ sync, input, host }: Reached, holds: FileSystem | null): string[] {
  const keeps = recordedOptions(input, sync)?.keeps ?? [];
  const flags = EXTRA_FLAGS.flatMap(([letter, long, cargo]) => {
    const isKept = keeps.includes(cargo) && holds?.[cargo] !== false;
    return isKept || hasFlag(sync.rsync, letter, long) ? [long] : [];
  });
  const here = input.facts.hosts[LOCAL_HOST];
  const isRoot = host.uid === 0 && here?.reachable === true && here.uid === 0;
  return [
    ...(flags.includes('--xattrs') && keeps.includes('xattrs')
      ? attributeRules(isRoot && holds?.onlyUserXattrs !== true)
      : []),
    ...flags,
    ...(keeps.includes('numeric-ids') ? ['--numeric-ids'] : []),
  ];
}
