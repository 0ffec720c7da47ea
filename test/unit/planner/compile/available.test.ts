import { describe, expect, it } from 'vitest';
import type { Facts, HostFacts, VolumeFacts } from '../../../../src/planner/model/facts.ts';
import type { VolumeWorld } from '../../../support/facts.ts';
import { codeOf, planned, UUID, type OneSync } from './rig.ts';

const withDrive = { usb: ['path = "/mnt/usb"', `mount.device-uuid = "${UUID}"`] };
const drive = { path: '/mnt/usb', uuid: UUID };

function usbOf(facts: Facts): VolumeFacts {
  const usb = facts.volumes['usb'];
  if (usb === undefined) throw new Error('there is no usb');
  return usb;
}

function localHost(facts: Facts): Extract<HostFacts, { reachable: true }> {
  const host = facts.hosts['local'];
  if (host?.reachable !== true) throw new Error('this machine is not there');
  return host;
}

it.each([
  ['destination', { usb: { path: '/media/\uFFFDusb' } }],
  ['source', { laptop: { path: '/home/\uFFFDda', target: '/' } }],
])('a %s is not used under a path that is not the one on the disk', (_, volumes) => {
  expect(codeOf({ volumes })).toBe('blocked path-not-utf8');
  expect(planned({ volumes }).steps).toEqual([]);
});

it('a destination behind a link is not used where that leads to a path that is no text', () => {
  const change = (facts: Facts): void => {
    Object.assign(facts.endpoints['usb:docs']?.directory ?? {}, { realPath: '/mnt/\uFFFDusb/docs' });
  };
  expect(codeOf({ change })).toBe('blocked path-not-utf8');
});

describe('a volume that is there', () => {
  it('lets its sync run', () => {
    expect(codeOf()).toBe('ok');
  });

  it('may be a drive that is mounted already', () => {
    expect(codeOf({ ...withDrive, volumes: { usb: drive } })).toBe('ok');
  });

  it('may be a drive whose UUID is written in other letters', () => {
    const usb = ['path = "/mnt/usb"', 'mount.device-uuid = "1a2b-3c4d"'];
    expect(codeOf({ usb, volumes: { usb: { path: '/mnt/usb', uuid: '1A2B-3C4D' } } })).toBe('ok');
  });

  it('may be a drive without a path in the spec, wherever it is mounted', () => {
    const usb = [`mount.device-uuid = "${UUID}"`];
    const scene = { usb, volumes: { usb: { path: '/run/media/ada/usb', uuid: UUID } } };
    expect(codeOf(scene)).toBe('ok');
    expect(JSON.stringify(planned(scene).steps[0]?.commands)).toContain('/run/media/ada/usb/docs/');
  });
});

describe('a sync is skipped when', () => {
  const cases: Record<string, [OneSync, string]> = {
    'the directory of a volume is not there': [
      { change: (facts) => void (usbOf(facts).directory = null) },
      'skipped volume-absent',
    ],
    'the drive is not mounted anywhere': [{ ...withDrive, volumes: { usb: null } }, 'skipped volume-not-mounted'],
    'another drive is mounted there': [
      { ...withDrive, volumes: { usb: { path: '/mnt/usb', uuid: 'another' } } },
      'skipped volume-not-mounted',
    ],
    'the drive is mounted somewhere above': [
      { ...withDrive, volumes: { usb: { path: '/mnt/usb', uuid: UUID, target: '/mnt' } } },
      'skipped volume-not-mounted',
    ],
    'nothing is known of the mount': [
      { ...withDrive, volumes: { usb: drive }, change: (facts) => void (usbOf(facts).directory!.mount = null) },
      'skipped volume-not-mounted',
    ],
    'fstab has a mount there that is not mounted': [
      { change: (facts) => void (usbOf(facts).unmountedFstabTarget = '/mnt/usb') },
      'skipped volume-not-mounted',
    ],
    'the destination used to be on a file system of its own': [
      {
        volumes: { usb: { path: '/mnt/usb', target: '/' } },
        history: {
          docs: {
            lastRun: null,
            lastSuccess: { run: 'r', at: '', snapshot: null, entries: 1, mountTarget: '/mnt/usb' },
          },
        },
      },
      'skipped volume-not-mounted',
    ],
    'the sentinel of a volume is missing': [
      { volumes: { usb: { path: '/mnt/usb', sentinel: false } } },
      'skipped sentinel-missing',
    ],
    'the source is not marked': [{ source: { source: false } }, 'skipped sentinel-missing'],
    'the destination is not marked': [{ destination: { destination: false } }, 'skipped sentinel-missing'],
    'the destination is marked as a source only': [
      { destination: { destination: false, source: true } },
      'skipped sentinel-missing',
    ],
    'the source is not there': [{ source: { missing: true } }, 'skipped sentinel-missing'],
    'this machine was not observed': [{ change: (facts) => void (facts.hosts = {}) }, 'skipped host-not-observed'],
    'the volume is on a server that was not asked': [
      { usb: ['path = "/srv"', 'ssh = "pi"'], more: ['[ssh.pi]\nhost = "pi"'] },
      'skipped host-not-observed',
    ],
    'the drive is encrypted, and nobody can say what is in it': [
      { usb: [...withDrive.usb, 'mount.encryption.type = "luks"'], volumes: { usb: drive } },
      'skipped volume-not-mounted',
    ],
    'a command of it runs on a server that was not asked': [
      {
        sync: ['after = [{ run = ["true"], on = "server" }]'],
        more: ['[ssh.pi]\nhost = "pi"', '[volumes.server]\npath = "/srv"\nssh = "pi"'],
      },
      'skipped host-not-observed',
    ],
  };

  it.each(Object.entries(cases))('%s', (_, [scene, code]) => {
    expect(codeOf(scene)).toBe(code);
    const [sync] = planned(scene).syncs;
    expect(sync?.reason).toMatch(/^[A-Za-z].*[.]$/s);
  });

  it('and that is no finding', () => {
    expect(planned({ volumes: { usb: null }, usb: [`mount.device-uuid = "${UUID}"`] }).findings).toEqual([]);
  });
});

describe('what has no mark', () => {
  const usb = (volume: Partial<VolumeWorld>, empty = false, more: Partial<OneSync> = {}): OneSync => ({
    ...more,
    volumes: { usb: { path: '/mnt/usb', target: '/', sentinel: false, ...volume } },
    change: (facts) => void (usbOf(facts).directory!.empty = empty),
  });
  const last = (mountTarget: string, sourceMountTarget: string): Partial<OneSync> => ({
    history: {
      docs: {
        lastRun: null,
        lastSuccess: { run: 'r', at: '', snapshot: null, entries: 1, mountTarget, sourceMountTarget },
      },
    },
  });
  const fstab = (facts: Facts): void => void (facts.endpoints['laptop:docs']!.unmountedFstabTarget = '/home/ada/docs');
  const cases: Record<string, [OneSync, string]> = {
    'a folder with something in it': [usb({}), 'unprepared'],
    'an empty folder': [usb({}, true), 'absent'],
    'an empty folder where a file system is mounted': [usb({ target: '/mnt/usb' }, true), 'unprepared'],
    'a drive by its UUID, mounted and empty': [
      { ...usb({ target: '/mnt/usb', uuid: UUID }, true), usb: withDrive.usb },
      'unprepared',
    ],
    'an empty folder on the file system of the last success': [usb({}, true, last('/', '/')), 'unprepared'],
    'a folder below the mount point of the last success': [usb({}, false, last('/mnt/usb', '/')), 'absent'],
    'a source': [{ source: { source: false } }, 'unprepared'],
    'a source that is gone': [{ source: { missing: true } }, 'unprepared'],
    'a source that was on a file system of its own': [
      { source: { source: false }, ...last('/mnt/usb', '/home/ada/docs') },
      'absent',
    ],
    'a source that fstab mounts': [{ source: { source: false }, change: fstab }, 'absent'],
    'a destination of a sync that was added': [{ destination: { missing: true } }, 'unprepared'],
  };

  it.each(Object.entries(cases))('%s', (_, [scene, absence]) => {
    const [sync] = planned(scene).syncs;
    expect(sync).toMatchObject({ state: 'skipped', absence });
    if (absence === 'unprepared') expect(sync?.reason).toMatch(/ nbkp prepare (laptop|usb)\.$/);
  });
});

describe('history of the mount', () => {
  const last = (mountTarget: string | null): OneSync['history'] => ({
    docs: { lastRun: null, lastSuccess: { run: 'r', at: '', snapshot: null, entries: 1, mountTarget } },
  });

  it.each([
    ['the same', '/mnt/usb', '/mnt/usb'],
    ['not known then', null, '/mnt/usb'],
    ['above the one of now', '/', '/mnt/usb'],
    ['beside it', '/mnt/us', '/mnt/usb'],
  ])('does not matter when it is %s', (_, before, target) => {
    expect(codeOf({ volumes: { usb: { path: '/mnt/usb', target } }, history: last(before) })).toBe('ok');
  });

  it('matters for a prune too', () => {
    const scene: OneSync = {
      sync: ['snapshots.mode = "hard-link"'],
      volumes: { usb: { path: '/mnt/usb', target: '/' } },
      destination: { snapshots: ['2026-03-01T20:00:00.000Z'] },
      history: last('/mnt/usb'),
      purpose: 'prune',
    };
    expect(codeOf(scene)).toBe('skipped volume-not-mounted');
  });
});

describe('a sync is blocked when', () => {
  const host = (change: (host: Extract<HostFacts, { reachable: true }>) => void): OneSync => ({
    change: (facts) => change(localHost(facts)),
  });
  const cases: Record<string, [OneSync, string]> = {
    'rsync is not installed': [host((local) => void (local.rsync = null)), 'rsync-missing'],
    'rsync is openrsync': [
      host((local) => void (local.rsync = { kind: 'openrsync', version: '3.4.1' })),
      'rsync-unsuitable',
    ],
    'rsync is older than 3.1': [
      host((local) => void (local.rsync = { kind: 'rsync', version: '3.0.9' })),
      'rsync-unsuitable',
    ],
    'rsync does not say its version': [
      host((local) => void (local.rsync = { kind: 'unknown', version: '' })),
      'rsync-unsuitable',
    ],
    'flock is not installed': [host((local) => void (local.flock = false)), 'flock-missing'],
  };

  it.each(Object.entries(cases))('%s', (_, [scene, code]) => {
    expect(codeOf(scene)).toBe(`blocked ${code}`);
    expect(planned(scene).findings).toMatchObject([{ severity: 'error', code, sync: 'docs' }]);
  });

  it.each(['3.1.0', '3.2.7', '3.10.0', '4.0.0'])('not by rsync %s', (version) => {
    expect(codeOf(host((local) => void (local.rsync = { kind: 'rsync', version })))).toBe('ok');
  });
});
