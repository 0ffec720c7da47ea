import { describe, expect, it } from 'vitest';
import type { Plan } from '../../../../../src/planner/model/plan.ts';
import { buildPrepare } from '../../../../../src/planner/purposes/prepare.ts';
import { world, type EndpointWorld } from '../../../../support/facts.ts';
import { inputFor, planOf, specFrom, stepIn } from '../../../../support/planning.ts';

const FAT = ['--no-owner', '--no-group', '--no-perms', '--no-links', '--no-devices', '--no-specials'];

interface Ends {
  source?: string;
  fsType: string;
  uuid?: string;
  sync?: string;
  destination?: EndpointWorld;
}

const specOf = (sync = ''): string => `version = 1
[volumes.laptop]
path = "/home"
[volumes.usb]
path = "/usb"
[syncs.home]
source = "laptop"
destination = "usb:home"
${sync}
`;

function facts({ source = 'ext4', fsType, uuid, destination = { destination: true } }: Ends) {
  const usb = { path: '/usb', fsType, ...(uuid === undefined ? {} : { uuid }) };
  return world({
    volumes: { laptop: { path: '/home', fsType: source }, usb },
    endpoints: { laptop: { source: true }, 'usb:home': destination },
  });
}

const planned = (ends: Ends): Plan => planOf(specOf(ends.sync), facts(ends));
const wordsOf = (plan: Plan): string[] =>
  stepIn(plan, 'transfer:home')
    .commands.flat()
    .filter((word) => /^--(?:no-(?!implied)|modify-window|perms)/.test(word));
const messages = (plan: Plan): string[] => plan.findings.map(({ code, message }) => `${code}: ${message}`);

describe('the default options', () => {
  it.each([
    ['FAT', { fsType: 'vfat' }, [...FAT, '--modify-window=2']],
    ['exFAT', { fsType: 'exfat' }, [...FAT, '--modify-window=2']],
    ['exFAT of another driver', { fsType: 'fuseblk', uuid: '1A2B-3C4D' }, [...FAT, '--modify-window=2']],
    ['NTFS', { fsType: 'fuseblk', uuid: '01D9ABCDEF012345' }, ['--no-owner', '--no-group', '--no-perms']],
    ['ext4', { fsType: 'ext4' }, []],
    ['a server, where nobody knows', { fsType: 'nfs4' }, []],
  ] as const)('leave out what cannot be held by %s', (_, ends, words) => {
    // Of one command: each pass has the same.
    expect([...new Set(wordsOf(planned(ends)))].filter((word) => word !== '--no-human-readable')).toEqual(words);
  });

  it('say once what is not kept', () => {
    expect(messages(planned({ fsType: 'fuseblk', uuid: '1A2B-3C4D' }))).toEqual([
      'not-kept: Not kept on usb (exFAT): owners, permissions, symbolic links, devices, sockets and pipes.',
    ]);
    expect(messages(planned({ source: 'vfat', fsType: 'exfat' }))).toEqual([]);
    expect(messages(planned({ source: 'vfat', fsType: 'ext4' }))).toEqual([]);
  });

  it('are not said twice where the user says the same', () => {
    const plan = planned({ fsType: 'vfat', sync: 'rsync.extra-options = ["--no-links", "--modify-window=2"]' });
    const [first = []] = stepIn(plan, 'transfer:home').commands;
    expect(first.filter((word) => word === '--no-links' || word.startsWith('--modify-window'))).toHaveLength(2);
  });
});

describe('options that a user wrote', () => {
  it.each(['rsync.options = ["-rlt", "--delete"]', 'rsync.extra-options = ["--links"]'])(
    'are obeyed and remarked upon: %s',
    (sync) => {
      const plan = planned({ fsType: 'vfat', sync });
      expect(messages(plan)).toContainEqual(
        'options-ask-too-much: The options of rsync in the spec ask for what usb (FAT) cannot hold, so that runs may fail: symbolic links.',
      );
    },
  );

  it('are not remarked upon where they ask for nothing that is not held', () => {
    expect(messages(planned({ fsType: 'vfat', sync: 'rsync.options = ["-rt"]' }))).toEqual([]);
    expect(
      messages(
        planned({
          fsType: 'vfat',
          sync: 'rsync.options = ["-a", "--no-o", "--no-group", "--no-D", "--no-perms", "--no-l"]',
        }),
      ),
    ).toEqual([]);
    expect(messages(planned({ fsType: 'ext4', sync: 'rsync.options = ["-aHAX"]' }))).toEqual([]);
  });
});

describe('snapshots where they cannot be made', () => {
  it.each([
    ['hard-link', 'vfat', 'Set snapshots.mode = "none"'],
    ['btrfs', 'vfat', 'Set snapshots.mode = "none"'],
    ['btrfs', 'ext4', 'Set snapshots.mode = "hard-link"'],
  ])('are refused before anything is made: %s on %s', (mode, fsType, help) => {
    const ends: Ends = { fsType, sync: `snapshots.mode = "${mode}"`, destination: { missing: true } };
    const prepared = buildPrepare(inputFor(specFrom(specOf(ends.sync)), facts(ends)));
    const found = { code: 'snapshots-unsupported', severity: 'error', help: expect.stringContaining(help) as string };
    expect(prepared.findings).toMatchObject([found]);
    expect(prepared.steps).toEqual([]);
    expect(planned({ ...ends, destination: { destination: true } }).findings).toMatchObject([found]);
  });

  it('are made where they can be, and prepare says what is not kept', () => {
    const ends: Ends = { fsType: 'fuseblk', uuid: '01D9ABCDEF012345', sync: 'snapshots.mode = "hard-link"' };
    const prepared = buildPrepare(inputFor(specFrom(specOf(ends.sync)), facts(ends)));
    expect(messages(prepared)).toEqual(['not-kept: Not kept on usb (NTFS): owners, permissions, ACLs.']);
    expect(prepared.steps.map(({ id }) => id)).toContain('create:usb:home');
  });
});
