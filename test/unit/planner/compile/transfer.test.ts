import { describe, expect, test } from 'vitest';
import { rsyncPlanning } from '../../../../src/planner/kinds/rsync/planning.ts';
import type { Step } from '../../../../src/planner/model/step.ts';
import { HARD_LINK, NAME, planned, type Scene } from '../../../support/planned-transfer.ts';
import { syncOf } from '../../../support/transfer.ts';

const OURS = ['--filter=H .nbkp-*', '--filter=P .nbkp-*', '--filter=Pp .rsync-partial/'];
const REPORT = ['--info=progress2', '--out-format=@%C %l %M %n', '--stats', '--no-human-readable', '--'];

describe('the argv of a transfer', () => {
  test('without snapshots are two looks, a pass that deletes nothing, and one that deletes what was seen to be gone', () => {
    const { step } = planned({ rsync: { detectRenames: false } });
    const options = ['-a', '--delete', '--delete-excluded'];
    const flags = [...options, '--partial-dir=.rsync-partial', '-s'];
    const look = [...OURS, ...options, '--filter=-p .rsync-partial/', '-s', '--dry-run'];
    const [source, target] = ['/home/ada/Pictures/', '/mnt/usb/photos/.'];
    expect(step.commands).toEqual([
      ['rsync', ...look, '--out-format=%i %l %n', ...REPORT.slice(2), source, target],
      ['rsync', ...look, '--existing', ...REPORT.slice(2), source, '/mnt/usb/photos/'],
      ['rsync', ...OURS, ...flags, '--max-delete=0', ...REPORT, source, target],
      ['rsync', ...OURS, '--filter=merge -', ...flags, ...REPORT, source, target],
    ]);
  });

  test('of hard-link snapshots are one pass into a folder of its own, after that was made', () => {
    const { step } = planned({ mode: 'hard-link', target: HARD_LINK });
    expect(step.commands).toHaveLength(2);
    expect(step.commands[0]).toEqual(['mkdir', 'partial']);
    const pass = step.commands[1] ?? [];
    expect(pass).toContain(`--link-dest=/mnt/usb/photos/snapshots/${NAME}`);
    expect(pass.at(-1)).toBe('/mnt/usb/photos/snapshots/.partial-{snapshot:photos}/.');
    expect(pass.join(' ')).not.toContain('--max-delete');
  });

  test('that goes on after an interruption clear up, and a last pass sets the times of folders right', () => {
    const { step } = planned({
      mode: 'hard-link',
      target: { ...HARD_LINK, resumes: true, cleanUp: [['find', 'x']] },
      rsync: { detectRenames: false },
    });
    expect(step.commands.map(([program]) => program)).toEqual([
      'mkdir',
      'rsync',
      'rsync',
      'find',
      'find',
      'find',
      'rsync',
    ]);
    // Files that the first pass has linked are an older snapshot's, too.
    expect(step.commands[5]).toEqual(expect.arrayContaining(['-links', '+1', '-exec', 'rm']));
    const last = step.commands[6] ?? [];
    expect(last).toEqual(expect.arrayContaining(['--filter=-! */', '--existing']));
    expect(last.filter((word) => /^--(?:delete|link-dest)/.test(word))).toEqual([]);
    // What the run before has copied is not new to the pass, and still was not in the last snapshot.
    expect(step.commands[1]).toEqual(expect.arrayContaining(['--dry-run', '--stats']));
    expect(step.commands[1]?.at(-1)).toBe(`/mnt/usb/photos/snapshots/${NAME}/`);
    expect(step.commands[2]).toContain('--no-whole-file');
  });

  test('begin with a comparison when the transfer depends on changes and there is something to compare with', () => {
    const snapshots = { mode: 'hard-link', keep: null, when: 'changed' as const };
    const { step } = planned({ sync: { snapshots }, target: HARD_LINK });
    const check = step.commands[0] ?? [];
    expect(check).toEqual(expect.arrayContaining(['rsync', ...OURS, '--dry-run', '--delete']));
    expect(check.at(-1)).toBe(`/mnt/usb/photos/snapshots/${NAME}/`);
    expect(check.join(' ')).not.toContain('--link-dest');
    const first = planned({ sync: { snapshots }, target: { ...HARD_LINK, compareWith: null } });
    expect(first.step.commands[0]).toEqual(['mkdir', 'partial']);
  });

  test('keep our filters before all that the user gives, and filters behind all flags', () => {
    const { step } = planned({
      sync: { filters: [{ kind: 'exclude', pattern: '*.tmp' }] },
      rsync: {
        options: ['-rt', '--include=*'],
        extraOptions: ['-H', '--delete-excluded'],
        compress: true,
        bandwidth: '2m',
      },
    });
    const flags = ['-rt', '--include=*', '--compress', '--bwlimit=2m', '-H', '--delete-excluded'];
    expect(step.commands[0]).toEqual(expect.arrayContaining(['rsync', ...OURS, ...flags, '--filter=- *.tmp']));
    expect(step.commands[0]?.slice(0, 11)).toEqual(['rsync', ...OURS, ...flags, '--filter=- *.tmp']);
  });

  test('never delete with rsync.delete = false, whatever the flags say', () => {
    const flags = ['--del', '--delete', '--delete-after', '--delete-excluded', '--delete-missing-args'];
    const { step } = planned({
      rsync: { delete: false, options: ['-a', ...flags], extraOptions: ['--delete-before'] },
    });
    expect(step.commands).toHaveLength(3);
    for (const argv of step.commands) {
      expect(argv.filter((word) => word.startsWith('--del'))).toEqual(['--delete-missing-args']);
    }
    expect(step.commands[2]).toContain('--max-delete=0');
    expect(step.destructive).toBe(false);
  });

  test('need no second pass when the flags of the user do not delete', () => {
    expect(planned({ rsync: { options: ['-a'] } }).step.commands).toHaveLength(3);
    expect(
      planned({ rsync: { options: ['-a'], extraOptions: ['--del'], detectRenames: false } }).step.commands,
    ).toHaveLength(4);
  });

  test.each([
    ['succeeded', false],
    ['failed', true],
    ['interrupted', true],
    ['refused', true],
  ] as const)('after a last run that %s use partial files: %s', (outcome, expected) => {
    const { step } = planned({ history: { lastRun: { run: 'r', outcome, at: NAME }, lastSuccess: null } });
    expect(step.commands[0]?.includes('--no-whole-file')).toBe(expected);
  });

  test('read the root directory as it is', () => {
    expect(planned({ sourcePath: '/' }).step.commands[0]?.at(-2)).toBe('/');
  });

  test('follow from the params alone', () => {
    for (const scene of [{}, { mode: 'hard-link', target: HARD_LINK }] as const) {
      const { step } = planned(scene);
      expect(rsyncPlanning.commands(JSON.parse(JSON.stringify(step.params)) as Step['params'])).toEqual(step.commands);
    }
  });

  test('of params that are not those of a transfer are a bug', () => {
    expect(() => rsyncPlanning.commands({ source: '/' })).toThrow('not those of an rsync transfer');
  });
});

describe('a transfer step', () => {
  test('says what it does and why', () => {
    const about = ({ step }: { step: Step }) => [step.id, step.action, step.destructive, step.summary, step.reason];
    const what = 'copy laptop:Pictures to usb:photos';
    expect(about(planned())).toEqual([
      'transfer:photos',
      'update',
      true,
      what,
      'usb:photos becomes what laptop:Pictures is',
    ]);
    expect(about(planned({ destination: { empty: true } }))[1]).toBe('create');
    expect(about(planned({ mode: 'hard-link', target: HARD_LINK }))).toEqual([
      ...['transfer:photos', 'create', false, what],
      `a new snapshot; unchanged files are linked to ${NAME} one by one: nobody asked for perl`,
    ]);
    expect(about(planned({ mode: 'btrfs', target: { compareSnapshot: NAME } }))).toEqual([
      ...['transfer:photos', 'update', false, what, `a new snapshot after ${NAME}`],
    ]);
    expect(about(planned({ mode: 'hard-link', target: { ...HARD_LINK, resumes: true } }))[4]).toBe(
      'continues a transfer that is not complete',
    );
  });

  test('shows what a dry run found', () => {
    const preview = { files: 1, bytes: 2, creates: 3, updates: 4, deletes: 5 };
    const rest = { sourceEntries: 6, destinationEntries: 7, items: [], truncated: false };
    expect(planned({ preview: { ...preview, ...rest } }).step.estimate).toEqual({ ...preview, basis: 'dry-run' });
    expect(planned().step.estimate).toBeUndefined();
  });

  test('is deferred when it reads a snapshot that this run makes first', () => {
    const { step } = planned({ sourcePath: '/hub/photos/snapshots/{snapshot:upstream}' });
    expect(step.deferred).toContain('{snapshot:upstream}');
    expect(step.commands[0]?.at(-2)).toBe('/hub/photos/snapshots/{snapshot:upstream}/');
    expect(planned().step.deferred).toBeUndefined();
  });
});

describe('the preconditions of a transfer', () => {
  const facts = (step: Step): Record<string, unknown> =>
    Object.fromEntries(step.preconditions.map(({ fact, value }) => [fact, value]));

  test('are what makes source and destination the right ones', () => {
    const { step } = planned();
    expect(facts(step)).toEqual({
      '/volumes/laptop/sentinel': true,
      '/volumes/laptop/directory/mount/target': '/',
      '/endpoints/laptop:Pictures/sentinels/source': true,
      '/endpoints/laptop:Pictures/directory/mount/target': '/',
      '/volumes/usb/sentinel': true,
      '/volumes/usb/directory/mount/target': '/mnt/usb',
      '/volumes/usb/directory/mount/uuid': 'ABCD-1234',
      '/endpoints/usb:photos/sentinels/destination': true,
      '/endpoints/usb:photos/directory/mount/target': '/mnt/usb',
      '/endpoints/usb:photos/directory/mount/uuid': 'ABCD-1234',
      '/endpoints/usb:photos/directory/realPath': '/mnt/usb/photos',
      '/hosts/local/rsync/kind': 'rsync',
    });
  });

  test('hold the snapshot that the new one is compared with, or that there is none', () => {
    const latest = (scene: Scene) =>
      facts(planned({ mode: 'hard-link', ...scene }).step)['/endpoints/usb:photos/latest'];
    expect(latest({ target: HARD_LINK, destination: { snapshots: [NAME] } })).toEqual({ kind: 'snapshot', name: NAME });
    expect(latest({ destination: { snapshots: [] } })).toEqual({ kind: 'none-yet' });
  });

  test('hold the snapshot that a chain reads when this run does not make it', () => {
    const source = { destination: true, snapshots: [NAME] };
    const read = facts(planned({ source, sourcePath: `/home/ada/Pictures/snapshots/${NAME}` }).step);
    expect(read['/endpoints/laptop:Pictures/latest']).toEqual({ kind: 'snapshot', name: NAME });
    const made = facts(planned({ source, sourcePath: '/home/ada/Pictures/snapshots/{snapshot:up}' }).step);
    expect(made).not.toHaveProperty('/endpoints/laptop:Pictures/latest');
  });

  test('hold the least room only when the policy asks for it', () => {
    const policy = { ...syncOf('none').policy, minFree: 5_000 };
    expect(planned({ sync: { policy } }).step.preconditions).toContainEqual({
      fact: '/endpoints/usb:photos/directory/freeBytes',
      check: 'at-least',
      value: 5_000,
      onlyBefore: true,
      description: 'free space of usb:photos',
    });
  });
});
