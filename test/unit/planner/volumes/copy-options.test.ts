import { describe, expect, it } from 'vitest';
import { CARGO_IDS } from '../../../../src/planner/file-systems/kept.ts';
import type { Facts } from '../../../../src/planner/model/facts.ts';
import type { CopyOptions, Owner } from '../../../../src/planner/model/identity.ts';
import type { Plan } from '../../../../src/planner/model/plan.ts';
import { world, type EndpointWorld, type VolumeWorld } from '../../../support/facts.ts';
import { planOf, stepIn } from '../../../support/planning.ts';

const specOf = (sync: string): string => `version = 1
[volumes]
laptop.path = "/home"
usb.path = "/usb"
[syncs.home]
source = "laptop"
destination = "usb:home"
snapshots.mode = "hard-link"
${sync}
`;

interface Scene {
  /** Null: nobody is written down as the owner. */
  options?: CopyOptions | null;
  source?: Partial<VolumeWorld>;
  usb?: Partial<VolumeWorld>;
  snapshots?: string[];
  change?: (facts: Facts) => void;
}

function facts({ options, source, usb, snapshots = ['2026-03-09T12:00:00.000Z'], change }: Scene): Facts {
  const owned: Owner = { source: 'a', machine: '', spec: '', sync: 'home', ...(options && { options }) };
  const copy: EndpointWorld = { destination: true, snapshots, identity: { owner: options === null ? null : owned } };
  const made = world({
    volumes: { laptop: { path: '/home', ...source }, usb: { path: '/usb', ...usb } },
    endpoints: { laptop: { source: true, identity: { source: 'a' } }, 'usb:home': copy },
  });
  change?.(made);
  return made;
}

function planned(scene: Scene, sync = ''): Plan {
  return planOf(specOf(sync), facts(scene));
}

/** What of the words of rsync is about what a copy keeps. */
function words(plan: Plan): string[] {
  const argv = stepIn(plan, 'transfer:home').commands.find(([name]) => name === 'rsync') ?? [];
  const about = /^(?:--filter=-x|--no-(?!human)|--modify-window|--(?:hard-links|acls|xattrs|sparse|numeric-ids)$)/;
  return argv.filter((word) => about.test(word));
}

const remarks = ({ findings }: Plan): string[] => findings.map(({ code, message }) => `${code}: ${message}`);
const ALL: CopyOptions = { keeps: [...CARGO_IDS], modifyWindow: 0 };
const ARCHIVE: CopyOptions = { keeps: ['owners', 'permissions', 'links', 'specials'], modifyWindow: 0 };
const FULL = ['--hard-links', '--acls', '--xattrs', '--sparse', '--numeric-ids'];

describe('a copy', () => {
  it('that begins keeps all that both ends can hold, from the run that writes it down', () => {
    const plan = planned({ options: null, snapshots: [] });
    expect(words(plan)).toEqual(['--filter=-xrs! user.*', ...FULL]);
    expect(stepIn(plan, 'adopt:home').commands[0]?.[5]).toContain(`"options":${JSON.stringify(ALL)}`);
    expect(remarks(plan)).toEqual([]);
  });

  it('keeps what was decided, whoever mounts its drive', () => {
    const options: CopyOptions = { keeps: ['links', 'specials', 'hard-links'], modifyWindow: 0 };
    const expected = ['--no-owner', '--no-group', '--no-perms', '--hard-links'];
    expect(words(planned({ options, usb: { fsType: 'fuseblk', uuid: '01D9ABCDEF012345' } }))).toEqual(expected);
    expect(words(planned({ options, usb: { fsType: 'ntfs3' } }))).toEqual(expected);
    expect(words(planned({ options, usb: { fsType: 'nfs4' } }))).toEqual(expected);
  });

  it('keeps its window of times where nobody knows the file system', () => {
    expect(words(planned({ options: { ...ARCHIVE, modifyWindow: 2 }, usb: { fsType: 'nfs4' } }))).toEqual([
      '--modify-window=2',
    ]);
  });

  it('keeps less for a run where its drive cannot hold it, which the plan says', () => {
    const plan = planned({ options: ALL, usb: { fsType: 'fuseblk', uuid: '01D9ABCDEF012345' } });
    expect(words(plan)).toEqual([
      '--filter=-xrs! user.*',
      ...['--no-owner', '--no-group', '--no-perms', '--hard-links', '--xattrs', '--sparse'],
    ]);
    expect(remarks(plan)).toEqual([
      'kept-no-more: usb was prepared to hold more than it can as it is mounted now (NTFS). This run copies without: owners, permissions, ACLs.',
    ]);
    expect(words(planned({ options: ALL, usb: { options: ['noacl'] } }))).not.toContain('--acls');
  });

  it('keeps neither owners nor modes in a folder of a Windows or Samba server, where links take a mount option', () => {
    const without = ['owner', 'group', 'perms', 'devices', 'specials'].map((what) => `--no-${what}`);
    const linked = planned({ options: ARCHIVE, usb: { fsType: 'cifs', options: ['mfsymlinks'] } });
    expect(words(linked).toSorted()).toEqual(without.toSorted());
    expect(remarks(planned({ options: ARCHIVE, usb: { fsType: 'cifs' } }))).toEqual([
      'snapshots-unsupported: /usb/home is on CIFS, mounted without symbolic links, and latest is one.',
    ]);
  });

  it('keeps less where rsync was built without it', () => {
    const change = ({ hosts }: Facts): void => {
      if (hosts['local']?.reachable === true)
        hosts['local'].rsync = { kind: 'rsync', version: '3.2.7', lacks: ['acls'] };
    };
    expect(words(planned({ options: ALL, change }))).not.toContain('--acls');
    expect(words(planned({ options: null, snapshots: [], change }))).toEqual([
      '--filter=-xrs! user.*',
      ...['--hard-links', '--xattrs', '--sparse', '--numeric-ids'],
    ]);
  });

  it('of root leaves out the attributes that one file system or system has alone', () => {
    const change = ({ hosts }: Facts): void => {
      if (hosts['local']?.reachable === true) hosts['local'].uid = 0;
    };
    const rules = words(planned({ options: ALL, change })).filter((word) => word.startsWith('--filter'));
    expect(rules).toContain('--filter=-xrs btrfs.*');
    expect(rules).toContain('--filter=-xrs osx.*');
    expect(rules).toContain('--filter=-xrs security.selinux');
    expect(rules).not.toContain('--filter=-xrs! user.*');
  });

  it('asks for what the options of the spec say, and for nothing else', () => {
    expect(words(planned({ options: ALL }, 'rsync.options = ["-a", "--delete"]'))).toEqual([]);
    expect(words(planned({ options: null, snapshots: [] }, 'rsync.options = ["-rt"]'))).toEqual([]);
  });
});

describe('a copy that was there', () => {
  it.each([
    ['was made by an older version', {}],
    ['belongs to nobody yet', { options: null }],
    ['was adopted', { options: ARCHIVE }],
  ] as const)('and %s stays as -a makes it, and the plan says what more it could keep', (_, scene) => {
    const plan = planned({ ...scene, options: 'options' in scene ? scene.options : undefined } as Scene);
    expect(words(plan)).toEqual([]);
    expect(remarks(plan)).toEqual([
      'options-can-keep-more: The copy on usb could keep more: hard links, ACLs, extended attributes, holes in files.',
    ]);
  });

  it('says nothing of what the spec asks for, of what the source cannot have, and of what the drive cannot hold', () => {
    expect(remarks(planned({ options: ARCHIVE }, 'rsync.extra-options = ["-HAX", "--sparse"]'))).toEqual([]);
    expect(remarks(planned({ options: ARCHIVE, source: { fsType: 'exfat' } }))).toEqual([]);
    const onNtfs = planned({ options: ARCHIVE, usb: { fsType: 'ntfs3' } });
    expect(remarks(onNtfs)).toHaveLength(1);
  });
});
