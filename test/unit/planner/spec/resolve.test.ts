import { describe, expect, test } from 'vitest';
import { readSpec } from '../../../../src/planner/spec/index.ts';
import { parseEndpoint } from '../../../../src/planner/spec/resolve/endpoint.ts';
import { parseDuration, parseSize } from '../../../../src/planner/model/units.ts';
import { BASE, findingsOf, specOf } from './reading.ts';

const SYNC = '[syncs.s]\nsource = "laptop:a"\ndestination = "usb:a"\n';

function syncOf(text: string, before = ''): ReturnType<typeof specOf>['syncs'][string] {
  return specOf(`${BASE}${before}${SYNC}${text}\n`).syncs['s']!;
}

describe('units', () => {
  test.each([
    ['90s', 90_000],
    ['15m', 900_000],
    ['12h', 43_200_000],
    ['7d', 604_800_000],
    ['2w', 1_209_600_000],
  ])('%s is %d ms', (text, ms) => {
    expect(parseDuration(text)).toBe(ms);
  });

  test.each([
    ['0B', 0],
    ['12B', 12],
    ['1kB', 1000],
    ['2MB', 2_000_000],
    ['1.5GB', 1_500_000_000],
    ['1TB', 1e12],
    ['1KiB', 1024],
    ['1.5MiB', 1_572_864],
    ['5GiB', 5_368_709_120],
    ['2TiB', 2_199_023_255_552],
  ])('%s is %d bytes', (text, bytes) => {
    expect(parseSize(text)).toBe(bytes);
    expect(specOf(`${BASE}${SYNC}[policy]\nmin-free = "${text}"\n`).policy.minFree).toBe(bytes);
  });
});

describe('endpoints', () => {
  test.each([
    ['usb', 'usb', ''],
    ['usb:', 'usb', ''],
    ['usb:/', 'usb', ''],
    ['usb:a/b', 'usb', 'a/b'],
    ['usb:/a//./b/', 'usb', 'a/b'],
    ['usb:a:b', 'usb', 'a:b'],
    ['usb:...', 'usb', '...'],
  ])('%s is normalised', (text, volume, subdir) => {
    expect(parseEndpoint(text)).toEqual({ endpoint: { volume, subdir } });
  });
});

describe('hosts', () => {
  /** The host of each volume, from the `ssh` of each. */
  function hostsOf(volumes: Record<string, string[]>): Record<string, string> {
    const endpoints = [...new Set(Object.values(volumes).flat())].map((name) => `[ssh.${name}]\n`);
    const tables = Object.entries(volumes).map(
      ([name, ssh]) => `[volumes.${name}]\npath = "/${name}"\nssh = ${JSON.stringify(ssh)}\n`,
    );
    const spec = specOf(`version = 1\n${endpoints.join('')}${tables.join('')}`);
    return Object.fromEntries(Object.values(spec.volumes).map(({ name, host }) => [name, host]));
  }

  test('are this machine, or a server of its own', () => {
    expect(specOf(BASE).volumes['usb']?.host).toBe('local');
    expect(hostsOf({ x: ['local'], y: ['other'] })).toEqual({ x: 'ssh:local', y: 'ssh:other' });
  });

  test('are one server when the lists of volumes share a name', () => {
    expect(hostsOf({ x: ['lan', 'wan'], y: ['wan', 'vpn'] })).toEqual({ x: 'ssh:lan,wan,vpn', y: 'ssh:lan,wan,vpn' });
  });

  test('are one server when only a third volume joins them, wherever in the file it is', () => {
    const joined = { a: 'ssh:lan,wan', b: 'ssh:lan,wan', c: 'ssh:lan,wan' };
    expect(hostsOf({ a: ['lan'], b: ['wan'], c: ['wan', 'lan'] })).toEqual(joined);
    expect(hostsOf({ c: ['wan', 'lan'], b: ['wan'], a: ['lan'] })).toEqual(joined);
  });
});

describe('volumes', () => {
  test.each([
    ['/mnt/usb/', '/mnt/usb'],
    ['//mnt/./usb', '/mnt/usb'],
    ['/', '/'],
    ['~', '~'],
    ['~/', '~'],
    ['~/x/', '~/x'],
  ])('the path %s is %s', (written, path) => {
    expect(specOf(`version = 1\n[volumes.v]\npath = "${written}"\n`).volumes['v']!.path).toBe(path);
  });

  test.each([
    ['ext4, btrfs, LUKS', '8A3b2c1d-1111-2222-3333-444455556666'],
    ['FAT, exFAT', '1a2B-3C4D'],
    ['NTFS, UDF', '01D9ABCDEF012345'],
    ['ISO 9660', '2024-02-29-10-12-11-00'],
  ])('takes the UUIDs that lsblk prints: %s', (_, uuid) => {
    const spec = specOf(`version = 1\nvolumes.x.mount.device-uuid = "${uuid}"\n`);
    expect(spec.volumes['x']?.mount?.deviceUuid).toBe(uuid);
  });

  test.each([
    ['of an LVM physical volume', 'Yw6xLu-Zq6h-7aTg-Wvzc-0zqb-jkPl-8hTx2b'],
    ['of a partition table entry (MBR)', '90909090-01'],
    ['with a letter too many', '8a3b2c1d-1111-2222-3333-4444555566667'],
    ['with a path', '/dev/disk/by-uuid/1A2B-3C4D'],
  ])('takes no other: %s', (_, uuid) => {
    expect(findingsOf(`version = 1\nvolumes.x.mount.device-uuid = "${uuid}"\n`).map(({ code }) => code)).toContain(
      'invalid-value',
    );
  });

  test('a passphrase may have another name than the volume', () => {
    const mount = 'mount = { device-uuid = "1A2B-3C4D", encryption = { type = "luks", passphrase-id = "disk_1" } }';
    expect(specOf(`version = 1\n[volumes.v]\n${mount}\n`).volumes['v']!.mount).toEqual({
      deviceUuid: '1A2B-3C4D',
      encryption: { type: 'luks', passphraseId: 'disk_1' },
    });
  });

  test('one SSH endpoint is a list of one', () => {
    const spec = specOf('version = 1\n[ssh.pi]\n[volumes.v]\npath = "~"\nssh = "pi"\n');
    expect(spec.volumes['v']!.ssh).toEqual(['pi']);
  });
});

describe('snapshots', () => {
  const volume = 'snapshots = { mode = "hard-link", keep = { last = 5 }, when = "changed" }\n';

  test("of the sync replace the destination volume's as a whole", () => {
    expect(syncOf('', volume).snapshots).toMatchObject({ mode: 'hard-link', keep: { last: 5 }, when: 'changed' });
    expect(syncOf('snapshots.mode = "btrfs"', volume).snapshots).toEqual({ mode: 'btrfs', keep: null, when: 'always' });
  });

  test('of the source volume say nothing', () => {
    const spec = specOf(`${BASE}${volume}[syncs.s]\nsource = "usb:a"\ndestination = "laptop:a"\n`);
    expect(spec.syncs['s']!.snapshots.mode).toBe('none');
  });

  test('may be made by an executor of a plugin that is installed', () => {
    const own = { sync: null, spec: null, volume: null };
    const text = `${BASE}${SYNC}snapshots.mode = "zfs"\n`;
    const spec = readSpec(text, 'nbkp.toml', { of: (name) => (name === 'zfs' ? own : null), names: ['zfs'] });
    expect(spec.ok && spec.value.syncs['s']?.snapshots.mode).toBe('zfs');
  });

  test('are kept by duration and in a time zone', () => {
    const keep = 'snapshots = { mode = "btrfs", keep = { within = "2d", timezone = "Europe/Paris" } }';
    expect(syncOf(keep).snapshots.keep).toMatchObject({ within: 172_800_000, timezone: 'Europe/Paris', last: 0 });
  });
});

describe('policy', () => {
  test('of a sync lies on top of that of the spec, limit by limit', () => {
    const policy =
      '[policy]\nmax-delete = { percent = 10, files = 500 }\nmin-free = "1GB"\nmax-prune = 4\nparallel = 2\n';
    expect(syncOf(`policy.max-delete.percent = 50\npolicy.min-free = "2GB"\n${policy}`).policy).toEqual({
      maxDelete: { percent: 50, files: 500 },
      minFree: 2e9,
      maxPrune: 4,
      maxAge: null,
      parallel: 2,
      onBattery: null,
      metered: null,
    });
  });

  test('has three places for max-age: the sync, its policy, the policy', () => {
    const policy = '[policy]\nmax-age = "1d"\n';
    expect(syncOf(policy).maxAge).toBe(86_400_000);
    expect(syncOf(`policy.max-age = "2d"\n${policy}`).maxAge).toBe(2 * 86_400_000);
    const own = syncOf(`max-age = "3d"\npolicy.max-age = "2d"\n${policy}`);
    expect([own.maxAge, own.policy.maxAge]).toEqual([3 * 86_400_000, 3 * 86_400_000]);
  });

  test('has its defaults', () => {
    expect(syncOf('').policy).toEqual({
      maxDelete: { percent: 25, files: null },
      maxPrune: null,
      minFree: null,
      maxAge: null,
      parallel: null,
      onBattery: null,
      metered: null,
    });
  });
});

describe('syncs', () => {
  test('filters of all kinds; a merge rule is read by nbkp, not by rsync', () => {
    const filters = `filters = [ "+ *.c", { include = "a" }, { merge = "~/m" }, ". /etc/rules", "merge /etc/x y",
      { dir-merge = ".f", exclude-self = true }, ":n- .x" ]`;
    expect(syncOf(filters).filters).toEqual([
      { kind: 'rule', rule: '+ *.c' },
      { kind: 'include', pattern: 'a' },
      { kind: 'merge', path: '~/m' },
      { kind: 'merge', path: '/etc/rules' },
      { kind: 'merge', path: '/etc/x y' },
      { kind: 'dir-merge', name: '.f', excludeSelf: true },
      { kind: 'rule', rule: ':n- .x' },
    ]);
  });

  test('commands, with the machine that they run on', () => {
    const sync = syncOf('before = [["a", "b\\nc"]]\nafter = [{ run = ["d"], on = "usb" }]\non-failure = [["e"]]');
    expect(sync.before).toEqual([{ argv: ['a', 'b\nc'], onVolume: null }]);
    expect(sync.after).toEqual([{ argv: ['d'], onVolume: 'usb' }]);
    expect(sync.onFailure).toEqual([{ argv: ['e'], onVolume: null }]);
  });

  test.each([
    ['500', '500'],
    ['"1.5m"', '1.5m'],
    ['"10MiB"', '10MiB'],
    ['0', null],
    ['"0"', null],
  ])('a bandwidth of %s is given to rsync as %s', (written, bandwidth) => {
    expect(syncOf(`rsync.bandwidth = ${written}`).rsync.bandwidth).toBe(bandwidth);
  });

  test('everything else as written', () => {
    const sync = syncOf(`enabled = false\ntransfer = "rclone"\ntolerate = [23, 24]\ntimeout = "2h"\nfilter-file = "~/f"
      source-snapshot = "btrfs"\nrsync = { checksum = true, delete = false, options = ["-rt"], extra-options = ["-H"] }
      rclone.remote = "b2"`);
    expect(sync).toMatchObject({
      enabled: false,
      transfer: 'rclone',
      tolerate: [23, 24],
      timeout: 7_200_000,
      filterFile: '~/f',
      sourceSnapshot: 'btrfs',
      rsync: { checksum: true, delete: false, options: ['-rt'], extraOptions: ['-H'] },
      settings: { rclone: { remote: 'b2' } },
    });
  });
});

describe('settings of an executor', () => {
  test('change the digest', () => {
    const digestOf = (remote: string): string =>
      specOf(`${BASE}${SYNC}transfer = "rclone"\nrclone.remote = "${remote}"\n`).digest;
    expect(digestOf('b2')).toBe(digestOf('b2'));
    expect(digestOf('b2')).not.toBe(digestOf('s3'));
  });
});

describe('SSH endpoints', () => {
  test('take over settings through several generations, options one by one', () => {
    const spec = specOf(`version = 1
[ssh.c]
extends = "b"
locations = ["x", "y"]
options = { B = false }
[ssh.b]
extends = "a"
port = 22
[ssh.a]
user = "u"
port = 2222
location = "home"
compress = true
key = "~/.ssh/id"
options = { A = 1, B = true }
`);
    expect(spec.ssh['c']).toEqual({
      name: 'c',
      host: null,
      port: 22,
      user: 'u',
      key: '~/.ssh/id',
      locations: ['x', 'y'],
      proxyJump: [],
      connectTimeout: null,
      serverAliveInterval: null,
      compress: true,
      forwardAgent: null,
      knownHostsFile: null,
      strictHostKeyChecking: true,
      options: { A: '1', B: 'no' },
    });
    expect(spec.ssh['b']!.locations).toEqual(['home']);
  });
});
