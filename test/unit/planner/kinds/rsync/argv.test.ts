import { describe, expect, it, test } from 'vitest';
import {
  contentsCommand,
  judgeCommands,
  newsCommand,
  previewCommand,
  renamesCommand,
  transferCommands,
  writesInPlace,
  type TransferCommands,
} from '../../../../../src/planner/kinds/rsync/argv.ts';
import { leftOutCommand, lostCommand } from '../../../../../src/planner/kinds/rsync/presence.ts';
import type { TransferParams } from '../../../../../src/planner/kinds/rsync/params.ts';
import { entriesRecorded, transferParams } from '../../../../../src/planner/kinds/rsync/params.ts';
import type { SyncHistory } from '../../../../../src/planner/model/facts.ts';
import { HARD_LINK, NAME, planned } from '../../../../support/planned-transfer.ts';

const LAST = `/mnt/usb/photos/snapshots/${NAME}`;
const NOWHERE = '/.nbkp-nowhere/';
const { path: target = '', ...others } = HARD_LINK;
const LINKED: Partial<TransferParams> = { ...(others as object), target, makesSnapshot: true };

function params(more: Partial<TransferParams> = {}): TransferParams {
  return {
    ...transferParams(planned().step.params),
    renames: undefined,
    movesInPlace: undefined,
    ...more,
  } as TransferParams;
}

const plain = (more: Partial<TransferParams> = {}): TransferCommands => transferCommands(params(more));
const onto = (argv: readonly string[] | null): string[] | undefined => argv?.slice(-2);
const unholdable = (folds: 'case' | null = null): Partial<TransferParams> => ({
  unholdable: {
    ...{ outcome: 'fail', title: 'FAT' },
    limits: { folds, forbidden: '', control: false, trailing: '', text: false, length: 255, largestFile: null },
  },
});

describe('a copy without snapshots', () => {
  test('is judged by a dry run and made by two passes: the first deletes nothing, the second what it reads', () => {
    const commands = plain();
    expect(commands).toMatchObject({
      ...{ changeCheck: null, listing: null, there: null, prepare: [], contents: null, listGone: null },
      ...{ cleanUp: [], unlink: [], lastPass: null, sinceWhole: null, apart: null },
    });
    expect(onto(commands.comparison)).toEqual(['/home/ada/Pictures/', '/mnt/usb/photos/.']);
    expect(commands.comparison).toContain('--dry-run');
    expect(commands.firstPass).toContain('--max-delete=0');
    expect(commands.firstPass).not.toContain('--dry-run');
    expect(commands.secondPass).not.toContain('--max-delete=0');
    expect(commands.secondPass).toContain('--filter=merge -');
    expect(commands.firstPass).not.toContain('--filter=merge -');
    // Into nothing that rsync would make where a drive has just been pulled.
    for (const pass of [commands.firstPass, commands.secondPass]) expect(pass?.at(-1)).toBe('/mnt/usb/photos/.');
  });

  test('tells what replaces something of another kind by what is there alone', () => {
    const { kinds } = plain();
    expect(kinds).toEqual(expect.arrayContaining(['--dry-run', '--existing', '--stats']));
    expect(onto(kinds)).toEqual(['/home/ada/Pictures/', '/mnt/usb/photos/']);
    expect(kinds?.some((word) => word.startsWith('--out-format'))).toBe(false);
  });

  test('that deletes nothing has one pass and nothing that is named to go', () => {
    expect(plain({ deletes: false, options: ['-a'] })).toMatchObject({ secondPass: null, listGone: null });
  });

  test('protects sentinels and partial files before all rules and flags of the user', () => {
    for (const argv of [plain().firstPass, plain().secondPass, previewCommand(params())]) {
      expect(argv?.slice(1, 4)).toEqual(
        ['H .nbkp-*', 'P .nbkp-*', 'Pp .rsync-partial/'].map((rule) => `--filter=${rule}`),
      );
    }
  });

  test('looks for pieces of files where it copies, and not in a dry run, which hides their folders all the same', () => {
    const [option, rule] = ['--partial-dir=.rsync-partial', '--filter=-p .rsync-partial/'];
    const filters = ['- *.tmp'];
    const { firstPass } = plain({ filters });
    expect(firstPass).toContain(option);
    expect(firstPass).not.toContain(rule);
    const look = previewCommand(params({ filters }));
    expect(look).not.toContain(option);
    expect(look.indexOf(rule)).toBe(look.indexOf('--filter=- *.tmp') + 1);
    // There that folder is called something else, or the option means more.
    for (const word of ['--partial-dir=.pieces', '--delay-updates']) {
      expect(previewCommand(params({ extraOptions: [word] }))).toContain(option);
    }
    expect(previewCommand(params({ options: ['-a'] }))).not.toContain(rule);
  });

  test('has the rules of the user behind all flags of the user', () => {
    const { firstPass } = plain({ options: ['-a'], extraOptions: ['--delete-excluded'], filters: ['- *.tmp'] });
    const words = ['-a', '--delete-excluded', '--filter=- *.tmp', '-s'].map((word) => firstPass.indexOf(word));
    expect(words).toEqual(words.toSorted((a, b) => a - b));
    expect(words).not.toContain(-1);
  });

  test('that goes on after an interruption uses the pieces that are there', () => {
    expect(plain().firstPass).not.toContain('--no-whole-file');
    expect(plain({ resumes: true }).firstPass).toContain('--no-whole-file');
  });

  test('that is cleared up gets its folders set right by a pass that copies and deletes nothing', () => {
    const cleanUp = [['find', '/mnt/usb/photos']];
    const { lastPass, unlink } = plain({ cleanUp });
    expect(unlink).toEqual([]);
    expect(lastPass).toEqual(expect.arrayContaining(['--existing', '--filter=-! */']));
    expect(lastPass?.some((word) => word.startsWith('--delete'))).toBe(false);
    expect(onto(lastPass)).toEqual(['/home/ada/Pictures/', '/mnt/usb/photos/.']);
  });

  test('of names that are one file has passes for those that cannot be, where that was asked for', () => {
    expect(plain({ extraOptions: ['-H'] }).apart?.firstPass).toContain('--no-hard-links');
    expect(plain({ extraOptions: ['--hard-links'] }).apart?.secondPass).toContain('--no-hard-links');
  });
});

describe('a new snapshot', () => {
  const linked = (more: Partial<TransferParams> = {}): TransferCommands => plain({ ...LINKED, ...more });

  test('is linked to the last one, which nothing is compared with that the first pass tells itself', () => {
    const commands = linked();
    expect(commands.firstPass).toContain(`--link-dest=${LAST}`);
    expect(commands.firstPass).not.toContain('--max-delete=0');
    expect(commands).toMatchObject({ comparison: null, kinds: null, secondPass: null, listGone: null, contents: null });
  });

  test('is compared with the last one where an interrupted run may have begun it, or a change is bounded', () => {
    for (const more of [{ resumes: true }, { maxChange: 10 }]) expect(linked(more).comparison?.at(-1)).toBe(`${LAST}/`);
    expect(linked({ resumes: true, compareWith: null, linkDest: null }).comparison).toBeNull();
  });

  test('that goes on is cleared of what an interrupted run has left, whatever the user wants to be kept', () => {
    expect(linked({ resumes: true, deletes: false, options: ['-a'] }).firstPass).toContain('--delete');
    expect(linked({ deletes: false, options: ['-a'] }).firstPass).not.toContain('--delete');
  });

  test('is cleared of what older ones have too before another pass goes into it', () => {
    expect(linked().unlink).toEqual([]);
    expect(linked({ cleanUp: [['find', 'x']] }).unlink).not.toEqual([]);
    expect(linked({ cleanUp: [['find', 'x']], linkDest: null }).unlink).toEqual([]);
    expect(linked({ extraOptions: ['-H'] }).apart?.unlink).not.toEqual([]);
  });

  test('only when something has changed asks that of the last one first', () => {
    expect(linked({ whenChanged: true }).changeCheck).toEqual(
      expect.arrayContaining(['--dry-run', '--delete', `${LAST}/`]),
    );
    expect(linked({ whenChanged: true, compareWith: null }).changeCheck).toBeNull();
    expect(linked().changeCheck).toBeNull();
  });

  test('behind one that is not whole is compared with the last whole one too', () => {
    expect(linked({ lastWhole: '/whole' }).sinceWhole?.at(-1)).toBe('/whole/');
  });

  test('of btrfs, in one folder again and again, is judged by names', () => {
    const staging = { target: '/mnt/usb/photos/staging', compareWith: LAST, makesSnapshot: true };
    const commands = plain(staging);
    expect(commands.comparison?.at(-1)).toBe(`${LAST}/`);
    expect(commands.listGone?.at(-1)).toBe('/mnt/usb/photos/staging/.');
    expect(commands.kinds).toBeNull();
    expect(writesInPlace(params(staging))).toBe(false);
    expect(writesInPlace(params({ ...staging, deletes: false }))).toBe(true);
    expect(writesInPlace(params({ scratch: true }))).toBe(false);
    expect(writesInPlace(params())).toBe(true);
  });
});

describe('files whose content changes', () => {
  it('are read at both ends, without a word about deleting, where somebody bounds them', () => {
    expect(contentsCommand(params())).toBeNull();
    const argv = contentsCommand(params({ maxChange: 10, extraOptions: ['--delete-after'] }));
    expect(argv).toEqual(
      expect.arrayContaining(['--dry-run', '--existing', '--checksum', '--out-format=%i %l %n', '--filter=merge -']),
    );
    expect(argv?.some((word) => word.startsWith('--delete'))).toBe(false);
    expect(argv?.at(-1)).toBe('/mnt/usb/photos/');
    expect(contentsCommand(params({ maxChange: 10, compareWith: LAST }))?.at(-1)).toBe(`${LAST}/`);
    expect(plain({ maxChange: 10 }).contents).not.toBeNull();
  });
});

describe('what a destination cannot hold', () => {
  it('is told by a list of the source alone, and every pass reads rules of it', () => {
    const { listing, there, firstPass, comparison } = plain(unholdable());
    expect(listing).toEqual(expect.arrayContaining(['--dry-run', '--out-format=%i %l %M %n', NOWHERE]));
    expect(listing).not.toContain('--filter=merge -');
    expect(there).toBeNull();
    for (const argv of [firstPass, comparison]) expect(argv).toContain('--filter=merge -');
  });

  it('needs a list of the copy too where two names are one there', () => {
    const { there } = plain(unholdable('case'));
    expect(there?.slice(0, 4)).toEqual(['rsync', '-rlD', '-s', '--dry-run']);
    expect(onto(there)).toEqual(['/mnt/usb/photos/', NOWHERE]);
    expect(onto(plain({ ...unholdable('case'), compareWith: LAST }).there)).toEqual([`${LAST}/`, NOWHERE]);
    expect(transferCommands(params({ ...LINKED, ...unholdable('case'), compareWith: null })).there).toBeNull();
  });
});

describe('files whose times a destination cannot hold', () => {
  const names = { folds: null, forbidden: '', control: false, trailing: '', text: false, length: 255 };
  const limits = { ...names, largestFile: null, times: { from: 0, to: 1 } };
  const undated = { unholdable: { outcome: 'fail', title: 'FAT', limits } } as const;

  it('are read at both ends where the copy is made over the one before it', () => {
    const { undated: argv } = plain(undated);
    expect(argv).toEqual(expect.arrayContaining(['--dry-run', '--existing', '--checksum', '--filter=merge -']));
    expect(onto(argv)).toEqual(['/home/ada/Pictures/', '/mnt/usb/photos/']);
  });

  it('are not where all can be held, where a snapshot needs its own, or where all contents are compared', () => {
    expect(plain(unholdable()).undated).toBeNull();
    expect(transferCommands(params({ ...LINKED, ...undated })).undated).toBeNull();
    for (const reads of ['-c', '--checksum']) {
      expect(plain({ ...undated, extraOptions: [reads] }).undated).toBeNull();
    }
  });
});

describe('between two machines', () => {
  const remote = { side: 'target', volume: 'hub' } as const;

  it('the path on the server has its volume in front, and rsync gets there by its connection', () => {
    expect(plain({ remote }).firstPass).toContain('--rsh={ssh:hub}');
    expect(onto(plain({ remote }).firstPass)).toEqual(['/home/ada/Pictures/', 'hub:/mnt/usb/photos/.']);
    const pulled = plain({ remote: { side: 'source', volume: 'hub' } }).firstPass;
    expect(onto(pulled)).toEqual(['hub:/home/ada/Pictures/', '/mnt/usb/photos/.']);
    expect(plain().firstPass.some((word) => word.startsWith('--rsh'))).toBe(false);
  });

  it('it is root there only where the spec says so', () => {
    expect(plain({ remote, sudo: true }).firstPass).toContain('--rsync-path=sudo -n rsync');
    expect(plain({ remote }).firstPass.join()).not.toContain('--rsync-path');
    expect(plain({ sudo: true }).firstPass.join()).not.toContain('--rsync-path');
  });

  it('what is about one side alone goes there only if that is the server', () => {
    const at = (argv: readonly string[] | null): unknown => [argv?.includes('--rsh={ssh:hub}'), argv?.at(-2)];
    expect(at(lostCommand(params({ remote })))).toEqual([true, 'hub:/mnt/usb/photos/']);
    expect(at(leftOutCommand(params({ remote })))).toEqual([false, '/home/ada/Pictures/']);
    const from = { side: 'source', volume: 'hub' } as const;
    expect(at(lostCommand(params({ remote: from })))).toEqual([false, '/mnt/usb/photos/']);
    expect(at(leftOutCommand(params({ remote: from })))).toEqual([true, 'hub:/home/ada/Pictures/']);
    expect(at(plain({ remote, ...unholdable('case') }).there)).toEqual([true, 'hub:/mnt/usb/photos/']);
    expect(at(plain({ remote: from, ...unholdable('case') }).there)).toEqual([false, '/mnt/usb/photos/']);
  });
});

describe('what is only asked', () => {
  it('reads the source as it is before a snapshot of it is made', () => {
    const live = { live: '/live' };
    expect(onto(previewCommand(params(live)))).toEqual(['/live/', '/mnt/usb/photos/']);
    expect(onto(previewCommand(params({ compareWith: LAST })))).toEqual(['/home/ada/Pictures/', `${LAST}/`]);
    expect(leftOutCommand(params(live)).at(-2)).toBe('/live/');
    expect(onto(transferCommands(params(live)).firstPass)?.[0]).toBe('/home/ada/Pictures/');
  });

  it('has just what tells what it is about', () => {
    expect(previewCommand(params())).toContain('--out-format=%i %l %n');
    expect(renamesCommand(params())).toContain('--out-format=%i %l %M %n//%L');
    expect(newsCommand(params())).toContain('--out-format=%i %l %M %n');
    expect(newsCommand(params({ compareWith: LAST })).at(-1)).toBe(`${LAST}/`);
    expect(transferCommands(params({ renames: true })).comparison).toContain('--out-format=%i %l %M %n//%L');
    expect(lostCommand(params())).toEqual(expect.arrayContaining(['--files-from=-', '--from0', '--dry-run']));
    expect(lostCommand(params({ compareWith: LAST })).at(-2)).toBe(`${LAST}/`);
  });

  it('by the guard is a comparison in any case, and what is read where a change is bounded', () => {
    const linked = params(LINKED);
    expect(judgeCommands(linked).comparison?.at(-1)).toBe(`${LAST}/`);
    expect(judgeCommands(params()).comparison?.at(-1)).toBe('/mnt/usb/photos/.');
    expect(judgeCommands({ ...linked, compareWith: null }).comparison?.at(-1)).toBe(`${target}/`);
    expect(judgeCommands({ ...linked, maxChange: 10 }).contents).not.toBeNull();
  });
});

it('the entries of the last snapshot are those that a record has of it, and of no other', () => {
  const success = { run: 'r', at: 'x', snapshot: NAME, entries: 7, mountTarget: null };
  const known = (last: SyncHistory['lastSuccess']): SyncHistory => ({ lastRun: null, lastSuccess: last });
  const own = params(LINKED);
  expect(entriesRecorded(own, known(success))).toBe(7);
  expect(entriesRecorded(own, known({ ...success, snapshot: 'other' }))).toBeNull();
  expect(entriesRecorded(own, known(null))).toBeNull();
  expect(entriesRecorded(own, null)).toBeNull();
  expect(() => transferParams({ sync: 'x' })).toThrow('are not those of an rsync transfer');
});
