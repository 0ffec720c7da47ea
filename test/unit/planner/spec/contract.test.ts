import { describe, expect, test } from 'vitest';
import { specOf } from './reading.ts';

/** The example of the contract with its users, word for word. */
const EXAMPLE = `version = 1

[ssh.pi-lan]
host = "10.0.0.42"
user = "backup"
location = "home"

[ssh.pi-wan]
extends = "pi-lan"
host = "pi.example.org"
port = 2222
location = "travel"
proxy-jump = "bastion"

[ssh.bastion]
host = "bastion.example.org"

[volumes.laptop]
path = "~"

[volumes.usb]                       # path discovered at mount time
mount.device-uuid = "8a3b2c1d-1111-2222-3333-444455556666"
snapshots.mode = "hard-link"        # default of the syncs whose destination is here
snapshots.keep = { last = 3, daily = 7, weekly = 4, monthly = 12 }

[volumes.hub]
ssh = ["pi-lan", "pi-wan"]          # candidates, best reachable one wins
mount.device-uuid = "5941f273-f73c-44c5-a3ef-fae7248db1b6"
mount.encryption.type = "luks"      # passphrase-id defaults to the volume's name
snapshots.mode = "btrfs"
snapshots.keep.last = 30

[syncs.documents]
source = "laptop:Documents"
destination = "usb:backups/documents"

[syncs.photos]
source = "laptop:Pictures"
destination = "hub:photos"
filters = [ { exclude = "*.tmp" }, { dir-merge = ".rsync-filter" }, "- /cache/" ]
rsync = { compress = true }
max-age = "7d"                      # status turns red when the last success is older

[syncs.photos-offsite]              # a chain: reads the snapshot that \`photos\` made, so it runs after it
source = "hub:photos"
destination = "usb:photos"
snapshots.mode = "none"

[credentials]
provider = "keyring"                # keyring | prompt | env | command | file

[policy]
max-delete.percent = 25             # the guard: more than this needs --allow-destructive
min-free = "5GiB"
max-age = "30d"                     # default of all syncs
`;

const DAY = 86_400_000;

describe("the contract's example", () => {
  const spec = specOf(EXAMPLE);

  test('has neither a mistake nor a warning', () => {
    expect(spec.findings).toEqual([]);
  });

  test('keeps the order of the syncs', () => {
    expect(Object.keys(spec.syncs)).toEqual(['documents', 'photos', 'photos-offsite']);
  });

  test("resolves a sync whose snapshots are its destination volume's", () => {
    expect(spec.syncs['documents']).toEqual({
      name: 'documents',
      source: { volume: 'laptop', subdir: 'Documents' },
      destination: { volume: 'usb', subdir: 'backups/documents' },
      enabled: true,
      snapshots: {
        mode: 'hard-link',
        keep: { last: 3, hourly: 0, daily: 7, weekly: 4, monthly: 12, yearly: 0, within: null, timezone: 'UTC' },
        when: 'always',
      },
      filters: [],
      filterFile: null,
      rsync: { compress: false, checksum: false, bandwidth: null, delete: true, options: null, extraOptions: [] },
      transfer: 'rsync',
      maxAge: 30 * DAY,
      tolerate: [24],
      timeout: null,
      before: [],
      after: [],
      onFailure: [],
      priority: 'normal',
      sourceSnapshot: null,
      policy: {
        maxDelete: { percent: 25, files: null },
        maxPrune: null,
        minFree: 5 * 2 ** 30,
        maxAge: 30 * DAY,
        parallel: null,
        onBattery: null,
        metered: null,
      },
      settings: {},
    });
  });

  test('resolves filters, rsync settings and an age of its own', () => {
    expect(spec.syncs['photos']).toMatchObject({
      filters: [
        { kind: 'exclude', pattern: '*.tmp' },
        { kind: 'dir-merge', name: '.rsync-filter', excludeSelf: false },
        { kind: 'rule', rule: '- /cache/' },
      ],
      rsync: { compress: true },
      maxAge: 7 * DAY,
      policy: { maxAge: 7 * DAY },
      snapshots: { mode: 'btrfs', keep: { last: 30, daily: 0 } },
    });
    expect(spec.syncs['photos-offsite']?.snapshots).toEqual({ mode: 'none', keep: null, when: 'always' });
  });

  test('resolves drives, servers and what endpoints take over', () => {
    expect(spec.volumes['laptop']).toEqual({
      name: 'laptop',
      path: '~',
      ssh: null,
      host: 'local',
      mount: null,
      description: null,
    });
    expect(spec.volumes['hub']).toMatchObject({
      path: null,
      ssh: ['pi-lan', 'pi-wan'],
      host: 'ssh:pi-lan,pi-wan',
      mount: {
        deviceUuid: '5941f273-f73c-44c5-a3ef-fae7248db1b6',
        encryption: { type: 'luks', passphraseId: 'hub' },
      },
    });
    expect(spec.ssh['pi-wan']).toMatchObject({
      host: 'pi.example.org',
      port: 2222,
      user: 'backup',
      locations: ['travel'],
      proxyJump: ['bastion'],
      strictHostKeyChecking: true,
    });
    expect(spec.credentials).toEqual({ provider: 'keyring', command: null, directory: null });
  });

  test('knows where each key and value stands', () => {
    const lines = EXAMPLE.split('\n');
    expect(spec.lines).toEqual(lines);
    const at = (pointer: string): string => {
      const { line, column } = spec.positions[pointer]!;
      return lines[line - 1]!.slice(column - 1);
    };
    expect(at('/syncs/photos')).toBe('photos]');
    expect(at('/syncs/photos/source')).toBe('"laptop:Pictures"');
    expect(at('/volumes/hub/mount/encryption')).toMatch(/^encryption\.type/);
    expect(at('/volumes/usb/snapshots/keep/weekly')).toBe('4, monthly = 12 }');
    expect(at('/syncs/photos/filters/1/dir-merge')).toMatch(/^"\.rsync-filter"/);
    expect(at('/ssh/pi-wan/port')).toBe('2222');
  });

  test('has a digest of what it means', () => {
    const tables = ['[volumes.a]\npath = "/a"\n', '[volumes.b]\npath = "/b"\n', '[ssh.c]\nhost = "c"\nport = 22\n'];
    const digestOf = (...parts: string[]): string => specOf(`version = 1\n${parts.join('\n')}`).digest;
    expect(digestOf(...tables)).toMatch(/^sha256:[0-9a-f]{64}$/);
    expect(digestOf('# Why:', ...tables.toReversed())).toBe(digestOf(...tables));
    expect(digestOf(...tables.slice(0, 2), '[ssh]\nc = { port = 22, host = "c" }')).toBe(digestOf(...tables));
    expect(digestOf(...tables.slice(0, 2), '[ssh.c]\nhost = "c"\nport = 23\n')).not.toBe(digestOf(...tables));
  });

  test('has options of ssh sorted, since those of a table have no order', () => {
    const spec = specOf('version = 1\n[ssh.a]\nhost = "a"\noptions = { User = "x", Port = 23, BatchMode = true }\n');
    expect(Object.keys(spec.ssh['a']?.options ?? {})).toEqual(['BatchMode', 'Port', 'User']);
  });
});
