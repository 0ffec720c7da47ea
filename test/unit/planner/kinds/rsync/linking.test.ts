import { describe, expect, test } from 'vitest';
import { linkCommands } from '../../../../../src/planner/kinds/rsync/linking.ts';
import { transferParams, type TransferParams } from '../../../../../src/planner/kinds/rsync/params.ts';
import { HARD_LINK, NAME, planned, type Scene } from '../../../../support/planned-transfer.ts';

describe('a snapshot begins as links to all of the last one', () => {
  const PERL = { perl: true, rsync: { kind: 'rsync' as const, version: '3.2.7' } };
  const reasonOf = (scene: Scene): string =>
    planned({ mode: 'hard-link', target: HARD_LINK, ...scene, host: { ...PERL, ...scene.host } }).step.reason;

  test('where that is known to work, in four commands beside the comparison, and before those of today', () => {
    const rsync = { detectRenames: false as const };
    const { step } = planned({ mode: 'hard-link', target: HARD_LINK, host: PERL, rsync });
    expect(step.reason).toBe(`a new snapshot that begins as links to all of ${NAME}`);
    const [, compare, link, folders, clear, fill, first] = step.commands;
    expect(compare).toEqual(expect.arrayContaining(['--dry-run', '--delete', '--delete-excluded']));
    expect(compare?.at(-1)).toBe(`/mnt/usb/photos/snapshots/${NAME}/`);
    expect([link?.[0], link?.at(-2)]).toEqual(['perl', HARD_LINK.linkDest]);
    expect(folders).toEqual(expect.arrayContaining(['--ignore-existing', '--files-from=-', '--no-recursive']));
    expect(folders?.slice(-2)).toEqual([`${HARD_LINK.linkDest ?? ''}/`, `${HARD_LINK.path}/.`]);
    expect([clear?.[0], clear?.at(-1)]).toEqual(['perl', HARD_LINK.path]);
    expect(fill).toEqual(expect.arrayContaining(['--ignore-existing', '--files-from=-', '--no-recursive']));
    // Else it would empty the folder of all that is not listed.
    expect(fill?.join(' ')).not.toContain('--delete');
    expect(first).not.toContain('--files-from=-');
  });

  test.each([
    [[], []],
    [['-H'], ['once']],
    [['--hard-links'], ['once']],
  ])('and what was renamed is linked and compared before anything is cleared: %j', (extraOptions, once) => {
    const { step } = planned({ mode: 'hard-link', target: HARD_LINK, host: PERL, rsync: { extraOptions } });
    const [, , , , gone, move, verify, clear] = step.commands;
    expect(gone?.slice(-2)).toEqual([`${HARD_LINK.linkDest ?? ''}/`, '/.nbkp-nowhere/']);
    expect(move?.slice(4)).toEqual([HARD_LINK.linkDest, HARD_LINK.path, ...once]);
    expect(verify).toEqual(
      expect.arrayContaining(['--dry-run', '--checksum', '-ii', '--files-from=-', ...extraOptions]),
    );
    expect(verify).not.toContain('--ignore-existing');
    expect(clear?.at(-1)).toBe(HARD_LINK.path);
  });

  test.each<[string, Scene]>([
    ['its host has no perl', { host: { perl: false } }],
    ['its host is no Linux', { host: { os: 'darwin' } }],
    ['rsync is older than 3.2.7', { host: { rsync: { kind: 'rsync', version: '3.2.6' } } }],
    ['rsync is older than 3.2.7', { host: { rsync: { kind: 'openrsync', version: '3.5.0' } } }],
    ['rsync is told --chmod=u+w', { rsync: { extraOptions: ['--chmod=u+w'] } }],
    ['rsync is not told -a', { rsync: { options: ['--numeric-ids'] } }],
    ['there is the rule -s a', { sync: { filters: [{ kind: 'rule', rule: '-s a' }] } }],
  ])('and the plan says where not: %s', (obstacle, scene) => {
    expect(reasonOf(scene)).toBe(`a new snapshot; unchanged files are linked to ${NAME} one by one: ${obstacle}`);
  });

  test.each(['3.2.7', '3.3.0', '3.5.0', '4.0'])('by rsync %s', (version) => {
    expect(reasonOf({ host: { rsync: { kind: 'rsync', version } } })).toContain('begins as links');
  });

  test('unless an earlier run has left something', () => {
    const { step } = planned({ mode: 'hard-link', target: { ...HARD_LINK, resumes: true }, host: PERL });
    expect(step.commands.flat()).not.toContain('perl');
  });

  test.each<[string, Partial<TransferParams>, boolean]>([
    ['here', {}, true],
    ['on a server', { remote: { side: 'target', volume: 'usb' } }, true],
    ['read as root from a server', { remote: { side: 'source', volume: 'laptop' }, sudo: true }, true],
    ['of root on a server', { remote: { side: 'target', volume: 'usb' }, sudo: true }, false],
  ])('and its folders are set beside it, but for a copy that rsync alone may write: %s', (_, params, beside) => {
    const { step } = planned({ mode: 'hard-link', target: HARD_LINK, host: PERL });
    const commands = linkCommands({ ...transferParams(step.params), ...params });
    expect(commands?.folders !== null).toBe(beside);
  });
});
