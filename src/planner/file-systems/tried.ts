import type { CanHold } from '../model/mount-facts.ts';
import { ANYTHING, FAT_TIME, FOUR_GIB, type FileSystem } from './table.ts';

const FORBIDDEN = [
  ['name-quote', '"'],
  ['name-star', '*'],
  ['name-colon', ':'],
  ['name-less', '<'],
  ['name-greater', '>'],
  ['name-question', '?'],
  ['name-backslash', '\\'],
  ['name-pipe', '|'],
] as const;

const LENGTHS = [255, 240, 220, 200, 180, 160, 143, 128, 100] as const;
const STEPS = [1, 100, 1000, 1_000_000, 10_000_000, 1_000_000_000] as const;
const TWO_SECONDS = 2_000_000_000;

/** Every thing that is tried, as it is recorded. */
export const CAN_HOLD: readonly CanHold[] = [
  ...(['owners', 'modes', 'links', 'link-times-follow', 'hard-links', 'hidden-hard-links', 'specials'] as const),
  ...STEPS.map((step) => `step-${step}` as const),
  ...(['year-1950', 'year-1975', 'year-2045', 'year-2115'] as const),
  ...FORBIDDEN.map(([token]) => token),
  ...(['name-control', 'name-dot', 'name-blank', 'name-bytes', 'name-text-255'] as const),
  ...LENGTHS.map((length) => `name-${length}` as const),
  ...(['case', 'accents', 'xattrs', 'user-xattrs', 'xattrs-untried', 'acls', 'acls-untried'] as const),
  ...(['holes', 'holes-untried', 'large', 'large-untried', 'reflinks'] as const),
];

const TITLES: Readonly<Record<string, string>> = { nfs: 'NFS', nfs4: 'NFS', cifs: 'CIFS', smb3: 'CIFS' };

/**
 * What a file system holds that was tried: of what its driver is known to hold, as others may have the drive tomorrow, just
 * what was there. What could not be tried is as it is known, else not there.
 *
 * @param known null where the table does not have the driver
 */
export function triedFileSystem(fsType: string, tried: readonly CanHold[], known: FileSystem | null): FileSystem {
  const can = (thing: CanHold): boolean => tried.includes(thing);
  const could = (thing: 'xattrs' | 'acls' | 'holes'): boolean =>
    can(thing) || (known !== null && can(`${thing}-untried`));
  const from = known ?? { ...ANYTHING, title: TITLES[fsType] ?? fsType.replace(/^fuse\./, '') };
  const userXattrs = can('user-xattrs');
  return {
    ...from,
    foldsCase: from.foldsCase || !can('case'),
    ...(can('accents') ? {} : { foldsAccents: true }),
    owners: from.owners && can('owners'),
    modes: from.modes && can('modes'),
    links: from.links && can('links'),
    ...(can('link-times-follow') ? { followsLinks: true } : {}),
    specials: from.specials && can('specials'),
    hardLinks: can('hard-links') ? from.hardLinks : 1,
    ...(can('hidden-hard-links') ? { hidesHardLinks: true } : {}),
    xattrs: from.xattrs && (could('xattrs') || userXattrs),
    ...(userXattrs ? { onlyUserXattrs: true } : {}),
    acls: from.acls && could('acls'),
    holes: from.holes && could('holes'),
    reflinks: from.reflinks && can('reflinks'),
    times: timesOf(from, can),
    names: namesOf(from, can),
    largestFile: largestOf(from, can),
  };
}

function timesOf({ times }: FileSystem, can: (thing: CanHold) => boolean): FileSystem['times'] {
  const step = STEPS.find((size) => can(`step-${size}`)) ?? TWO_SECONDS;
  return {
    ...times,
    step: Math.max(times.step, step),
    from: Math.max(times.from, can('year-1950') ? -Infinity : can('year-1975') ? 0 : FAT_TIME.from),
    to: Math.min(times.to, can('year-2115') ? Infinity : can('year-2045') ? 2 ** 32 - 1 : 2 ** 31 - 1),
    window: step === TWO_SECONDS ? 2 : times.window,
  };
}

function namesOf({ names }: FileSystem, can: (thing: CanHold) => boolean): FileSystem['names'] {
  const refused = FORBIDDEN.filter(([token, one]) => !can(token) && !names.forbidden.includes(one));
  const bytes = LENGTHS.find((length) => can(`name-${length}`)) ?? 0;
  return {
    forbidden: names.forbidden + refused.map(([, one]) => one).join(''),
    control: names.control || !can('name-control'),
    trailing: (['.', ' '] as const)
      .filter((one) => names.trailing.includes(one) || !can(one === '.' ? 'name-dot' : 'name-blank'))
      .join(''),
    text: names.text || !can('name-bytes'),
    ...(names.unit === 'bytes' && can('name-text-255')
      ? { length: 255, unit: 'UTF-16' }
      : bytes < 255
        ? { length: bytes, unit: 'bytes' }
        : { length: names.length, unit: names.unit }),
  };
}

/** A file system with steps of two seconds is FAT's, whatever its driver is called. */
function largestOf({ largestFile }: FileSystem, can: (thing: CanHold) => boolean): number | null {
  if (can('large')) return largestFile;
  const isFat = STEPS.every((size) => !can(`step-${size}`));
  return can('large-untried') && !isFat ? largestFile : FOUR_GIB - 1;
}
