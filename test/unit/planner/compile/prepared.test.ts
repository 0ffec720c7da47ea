import { describe, expect, it } from 'vitest';
import { codeOf, day, planned, warningsOf, type OneSync } from './rig.ts';

const hardLink = ['snapshots.mode = "hard-link"'];
const none = ['snapshots.mode = "none"'];
const OLD = day('2026-03-01');
const NEW = day('2026-03-05');
const FUTURE = day('2040-01-01');

describe('a destination blocks its sync when', () => {
  const cases: Record<string, [OneSync, string]> = {
    'it cannot be written to': [{ destination: { writable: false } }, 'destination-not-writable'],
    'latest is no link into snapshots/': [
      {
        sync: hardLink,
        destination: { snapshots: [OLD] },
        change: (facts) => void (facts.endpoints['usb:docs']!.latest = { kind: 'foreign', target: '/somewhere' }),
      },
      'latest-foreign',
    ],
    'latest names what is not there': [
      { sync: hardLink, destination: { snapshots: [OLD], latest: NEW } },
      'latest-dangling',
    ],
    'latest names a link': [
      { sync: hardLink, destination: { snapshots: [OLD], latest: NEW, entries: { [NEW]: 'symlink' } } },
      'latest-dangling',
    ],
    'it holds snapshots and the sync makes none': [
      { sync: none, destination: { snapshots: [OLD] } },
      'history-would-be-deleted',
    ],
    'it holds a link to a snapshot and the sync makes none': [
      { sync: none, destination: { snapshots: [], latest: OLD } },
      'history-would-be-deleted',
    ],
    'it has no folder for snapshots': [{ sync: hardLink }, 'destination-not-prepared'],
    'its file system has no hard links': [
      { sync: hardLink, volumes: { usb: { path: '/mnt/usb', fsType: 'vfat' } }, destination: { snapshots: [] } },
      'snapshots-unsupported',
    ],
    'it is not on btrfs': [
      { sync: ['snapshots.mode = "btrfs"'], destination: { snapshots: [], staging: 'subvolume' } },
      'snapshots-unsupported',
    ],
    'no executor makes such snapshots': [{ sync: ['snapshots.mode = "zfs"'] }, 'executor-unknown'],
    'no executor copies so': [{ sync: ['transfer = "rclone"'] }, 'executor-unknown'],
  };

  it.each(Object.entries(cases))('%s', (_, [scene, code]) => {
    expect(codeOf(scene)).toBe(`blocked ${code}`);
    const [finding] = planned(scene).findings;
    expect(finding).toMatchObject({ severity: 'error', code, sync: 'docs', location: { file: 'nbkp.toml' } });
    expect(finding?.help).toBeTruthy();
  });
});

describe('the help for a latest that names nothing', () => {
  it('names the newest snapshot that is not from the future', () => {
    const [finding] = planned({ sync: hardLink, destination: { snapshots: [OLD, FUTURE], latest: NEW } }).findings;
    expect(finding?.help).toContain(`ln -sfnT snapshots/${OLD} /mnt/usb/docs/latest`);
    expect(finding?.help).not.toContain(FUTURE);
  });

  it('names none where there is none', () => {
    const [finding] = planned({ sync: hardLink, destination: { snapshots: [FUTURE], latest: NEW } }).findings;
    expect(finding?.help).not.toContain('ln -sfnT snapshots/');
    expect(finding?.help).toContain('ln -sfnT /dev/null /mnt/usb/docs/latest');
  });
});

describe('a destination that is not there yet', () => {
  it('is none where the file system has no snapshots of the mode', () => {
    const volumes = { usb: { path: '/mnt/usb', fsType: 'exfat' } };
    expect(codeOf({ sync: hardLink, volumes, destination: { missing: true } })).toBe('blocked snapshots-unsupported');
    expect(codeOf({ volumes, destination: { missing: true } })).toBe('skipped sentinel-missing');
    const source = { source: false };
    expect(codeOf({ sync: hardLink, volumes, source, destination: { missing: true } })).toBe(
      'blocked snapshots-unsupported',
    );
  });
});

describe('a destination on btrfs', () => {
  const btrfs = (destination: OneSync['destination'], more: Partial<OneSync> = {}): OneSync => ({
    sync: ['snapshots.mode = "btrfs"', 'snapshots.keep.last = 1'],
    volumes: { usb: { path: '/mnt/usb', fsType: 'btrfs' } },
    destination: { snapshots: [], staging: 'subvolume', ...destination },
    ...more,
  });

  it('can be used once it is prepared', () => {
    expect(codeOf(btrfs({}))).toBe('ok');
  });

  it.each<[string, OneSync, string]>([
    ['an ordinary staging/', btrfs({ staging: 'directory' }), 'staging-not-subvolume'],
    [
      'no btrfs command',
      btrfs({}, { change: (facts) => void Object.assign(facts.hosts['local']!, { btrfs: false }) }),
      'btrfs-missing',
    ],
    ['snapshots that this user may not delete', btrfs({ snapshots: [OLD, NEW] }), 'btrfs-prune-not-allowed'],
  ])('blocks with %s', (_, scene, code) => {
    expect(codeOf(scene)).toBe(`blocked ${code}`);
  });

  it('lets root delete snapshots, and anybody where the mount allows it', () => {
    const root: OneSync = btrfs(
      { snapshots: [OLD, NEW] },
      { change: (facts) => void Object.assign(facts.hosts['local']!, { uid: 0 }) },
    );
    expect(codeOf(root)).toBe('ok');
    const options = ['rw', 'user_subvol_rm_allowed'];
    const allowed = { volumes: { usb: { path: '/mnt/usb', fsType: 'btrfs', options } } };
    expect(codeOf(btrfs({ snapshots: [OLD, NEW] }, allowed))).toBe('ok');
  });

  it('can be copied to without deleting, whoever may delete', () => {
    expect(codeOf(btrfs({ snapshots: [OLD, NEW] }, { request: { prune: false } }))).toBe('ok');
  });
});

describe('a destination lets its sync run when', () => {
  it.each<[string, OneSync]>([
    [
      'something else lies under snapshots/',
      { sync: hardLink, destination: { snapshots: [OLD], latest: OLD, entries: { 'x.txt': 'file' } } },
    ],
    ['it has no snapshot yet', { sync: hardLink, destination: { snapshots: [] } }],
    [
      'it has a folder snapshots/ of the user, and the sync makes none',
      { sync: none, destination: { snapshots: [], latest: 'none', entries: { holiday: 'directory' } } },
    ],
  ])('%s', (_, scene) => {
    expect(codeOf(scene)).toBe('ok');
  });

  it('a snapshot is later than latest, with a warning', () => {
    const scene = { sync: hardLink, destination: { snapshots: [OLD, NEW], latest: OLD } };
    expect(codeOf(scene)).toBe('ok');
    expect(warningsOf(scene)).toEqual(['snapshot-unverified']);
  });

  it('a snapshot is from the future, with a warning that never says to trust it', () => {
    const scene = { sync: hardLink, destination: { snapshots: [OLD, FUTURE], latest: OLD } };
    expect(codeOf(scene)).toBe('ok');
    const [finding] = planned(scene).findings;
    expect(finding).toMatchObject({ severity: 'warning', code: 'snapshot-from-future' });
    expect(finding?.help).toContain(`rm -rf /mnt/usb/docs/snapshots/${FUTURE}`);
    expect(finding?.help).not.toContain('ln -s');
  });
});

describe('a file system that is mounted read-only', () => {
  it('is named as the reason', () => {
    const volumes = { usb: { path: '/mnt/usb', options: ['ro'] } };
    const { findings } = planned({ volumes, destination: { writable: false } });
    expect(findings[0]?.message).toContain('mounted read-only');
  });
});
