import { describe, expect, test } from 'vitest';
import { listCommands } from '../../../../../src/planner/kinds/rsync/by-list.ts';
import { rsyncPlanning } from '../../../../../src/planner/kinds/rsync/planning.ts';
import { transferParams } from '../../../../../src/planner/kinds/rsync/params.ts';
import type { Json } from '../../../../../src/planner/model/json.ts';
import { HARD_LINK, NAME, planned, type Scene } from '../../../../support/planned-transfer.ts';

const PERL = { perl: true, rsync: { kind: 'rsync' as const, version: '3.2.7' } };
const LAST = `/mnt/usb/photos/snapshots/${NAME}`;
const BTRFS: Partial<Scene> = {
  mode: 'btrfs',
  target: { path: '/mnt/usb/photos/staging', compareWith: LAST, compareSnapshot: NAME },
};

/** What its commands about renames read, and what they do. */
function about(scene: Scene): string[] {
  const { byList: _, ...params } = planned({ ...scene, host: { ...PERL, ...scene.host } }).step.params as Record<
    string,
    Json
  >;
  const commands = rsyncPlanning.commands(params);
  return commands.flatMap((argv) => {
    if (argv[0] === 'perl') return [`rename in ${argv.slice(4).join(' ')}`];
    if (argv.at(-1) !== '/.nbkp-nowhere/') return [];
    return [`${argv.includes('--checksum') ? 'read' : 'list'} ${argv.at(-2) ?? ''}`];
  });
}

describe('what was renamed is read at both ends, and then renamed in the copy', () => {
  test.each<[string, Scene, string[]]>([
    ['without snapshots', {}, ['/mnt/usb/photos/', '/mnt/usb/photos/. ']],
    ['with those of btrfs', BTRFS, [`${LAST}/`, `/mnt/usb/photos/staging/.  ${LAST}`]],
    ['with -H', { rsync: { extraOptions: ['-H'] } }, ['/mnt/usb/photos/', '/mnt/usb/photos/. once']],
  ])('%s', (_, scene, [old = '', rename = '']) => {
    expect(about(scene)).toEqual([`list ${old}`, `read ${old}`, 'read /home/ada/Pictures/', `rename in ${rename}`]);
  });

  test.each<[string, Scene]>([
    ['the spec does not want it', { rsync: { detectRenames: false } }],
    ['nothing is deleted', { rsync: { delete: false } }],
    ['rsync is old', { host: { rsync: { kind: 'rsync', version: '3.1.3' } } }],
    ['rsync is told to write into files', { rsync: { extraOptions: ['--inplace'] } }],
    ['the copy is empty', { destination: { empty: true } }],
    ['there is no snapshot yet', { ...BTRFS, target: { ...BTRFS.target, compareWith: null, compareSnapshot: null } }],
  ])('but not where %s', (_, scene) => {
    expect(about(scene)).toEqual([]);
  });

  test.each<[string, Scene]>([
    ['there is no perl', { host: { perl: false } }],
    ['the host is no Linux', { host: { os: 'darwin' } }],
  ])('and only read, for the guard, where %s', (_, scene) => {
    expect(about(scene)).toHaveLength(3);
  });

  test('also for the guard alone, where a snapshot cannot begin as links', () => {
    const target = { ...HARD_LINK, resumes: true };
    expect(about({ mode: 'hard-link', target })).toEqual([
      `list ${LAST}/`,
      `read ${LAST}/`,
      'read /home/ada/Pictures/',
    ]);
    // Nothing tells there what is new before it is copied.
    expect(about({ mode: 'hard-link', target: HARD_LINK, host: { perl: false } })).toEqual([]);
  });
});

describe('what differs from a copy is copied and deleted by its names, not in passes', () => {
  const byNames = (scene: Scene): boolean =>
    transferParams(planned({ ...scene, host: { ...PERL, ...scene.host } }).step.params).byList === true;

  test.each<[string, Scene, boolean]>([
    ['without snapshots', {}, true],
    ['in a new copy', { destination: { empty: true } }, false],
    ['with snapshots of btrfs', BTRFS, true],
    [
      'in the first of them',
      { ...BTRFS, target: { ...BTRFS.target, compareWith: null, compareSnapshot: null } },
      false,
    ],
    ['in those that keep what is gone', { ...BTRFS, rsync: { delete: false } }, false],
    ['with hard links', { mode: 'hard-link', target: HARD_LINK }, false],
    ['with hard links that rsync makes', { mode: 'hard-link', target: { ...HARD_LINK, scratch: false } }, false],
    ['after an interruption', { target: { resumes: true } }, true],
  ])('%s: %j', (_, scene, expected) => {
    expect(byNames(scene)).toBe(expected);
  });

  test('where the times of its folders tell of moves, the source is asked again about what is gone', () => {
    const still = (host: Scene['host']) =>
      listCommands(transferParams(planned({ ...BTRFS, host: { ...PERL, ...host } }).step.params))?.still;
    expect(still({})).toContain('--dry-run');
    expect(still({ clockSkew: -5000 })).toBeNull();
  });
});
