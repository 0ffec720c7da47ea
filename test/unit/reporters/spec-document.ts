import type { SpecDocument } from '../../../src/planner/model/documents.ts';
import type { Policy, Sync } from '../../../src/planner/model/spec.ts';

const policy: Policy = {
  maxDelete: { percent: 25, files: null },
  maxPrune: 10,
  minFree: 5_368_709_120,
  maxAge: null,
  parallel: null,
  onBattery: null,
  metered: null,
};

const sync: Sync = {
  name: 'documents',
  source: { volume: 'laptop', subdir: 'Documents' },
  destination: { volume: 'usb', subdir: 'backups/documents' },
  enabled: true,
  snapshots: {
    mode: 'hard-link',
    keep: { last: 3, hourly: 0, daily: 7, weekly: 4, monthly: 12, yearly: 0, within: 172_800_000, timezone: 'UTC' },
    when: 'changed',
  },
  filters: [
    { kind: 'exclude', pattern: '*.tmp' },
    { kind: 'dir-merge', name: '.rsync-filter', excludeSelf: true },
    { kind: 'rule', rule: '- /cache/' },
  ],
  filterFile: '~/filters',
  rsync: {
    compress: true,
    checksum: false,
    bandwidth: '5m',
    delete: true,
    options: null,
    extraOptions: ['--acls', '--exclude=a b'],
  },
  transfer: 'rsync',
  maxAge: 604_800_000,
  tolerate: [24],
  timeout: 3_600_000,
  before: [{ argv: ['pg_dump', '--file=/home/sam/db.sql'], onVolume: null }],
  after: [],
  onFailure: [{ argv: ['notify', 'it failed'], onVolume: 'usb' }],
  priority: 'normal',
  sourceSnapshot: null,
  policy,
};

export const SPEC: SpecDocument = {
  formatVersion: '1.0',
  path: '/home/sam/nbkp.toml',
  digest: `sha256:${'0123456789abcdef'.repeat(4)}`,
  volumes: {
    laptop: { name: 'laptop', path: '~', ssh: null, host: 'local', mount: null, description: 'this machine' },
    usb: {
      name: 'usb',
      path: null,
      ssh: null,
      host: 'local',
      mount: { deviceUuid: '8a3b2c1d-1111-2222-3333-444455556666', encryption: { type: 'luks', passphraseId: 'usb' } },
      description: null,
    },
    hub: {
      name: 'hub',
      path: '/srv',
      ssh: ['pi-lan', 'pi-wan'],
      host: 'ssh:pi-lan,pi-wan',
      mount: null,
      description: null,
    },
  },
  syncs: {
    documents: sync,
    photos: {
      ...sync,
      name: 'photos',
      enabled: false,
      snapshots: { mode: 'none', keep: null, when: 'always' },
      filters: [],
      filterFile: null,
      before: [],
      onFailure: [],
      maxAge: null,
    },
  },
  ssh: {
    'pi-lan': {
      name: 'pi-lan',
      host: '10.0.0.42',
      port: 2222,
      user: 'backup',
      key: '~/.ssh/id',
      locations: ['home'],
      proxyJump: ['bastion'],
      connectTimeout: null,
      serverAliveInterval: null,
      compress: null,
      forwardAgent: null,
      knownHostsFile: null,
      strictHostKeyChecking: false,
      options: {},
    },
  },
  credentials: { provider: 'keyring', command: null, directory: null },
  policy,
  findings: [],
};
