import type {
  CheckDocument,
  RecoverDocument,
  SnapshotsDocument,
  StatusDocument,
} from '../../planner/model/documents.ts';
import type { SimulatedDay, SimulationDocument } from '../../planner/model/simulation.ts';
import type { ExecutorsDocument } from '../../planner/model/plugin-documents.ts';
import { finding, NOW, snapshotName } from './parts.ts';

export const observed = {
  formatVersion: '1.0' as const,
  observedAt: NOW,
  spec: { path: '/home/sam/nbkp.toml', digest: 'sha256:0' },
  machine: { hostname: 'laptop', user: 'sam' },
  findings: [],
};

const KEEP = { hourly: 0, daily: 7, weekly: 4, monthly: 0, yearly: 0, within: null, timezone: 'UTC' };

function daysOf(counts: readonly number[], growth: number | null): SimulatedDay[] {
  return counts.map((snapshots, index) => ({
    day: new Date(Date.parse(NOW) + index * 86_400_000).toISOString().slice(0, 10),
    snapshots,
    oldest: '2026-03-01',
    bytes: growth === null ? null : growth * (snapshots - 1),
  }));
}

export const SIMULATION: SimulationDocument = {
  ...observed,
  days: 30,
  syncs: [
    {
      ...{ name: 'documents', destination: 'disk:documents', mode: 'hard-link', every: 86_400_000 },
      ...{ keep: { ...KEEP, last: 3 }, growth: 129_000_000, runs: 10 },
      days: daysOf(
        Array.from({ length: 31 }, (_, index) => Math.min(4 + index, 12)),
        129_000_000,
      ),
    },
    {
      ...{ name: 'mail', destination: 'usb:mail', mode: 'btrfs', every: 12_000, keep: null, growth: null, runs: 2 },
      days: daysOf([400, 7600, 14_800, 20_000], null),
    },
    {
      ...{ name: 'photos', destination: 'usb:photos', mode: 'hard-link', every: 86_400_000 },
      ...{
        reason: 'usb is not mounted.',
        code: 'volume-not-mounted',
        keep: { ...KEEP, last: 0 },
        growth: null,
        runs: 0,
      },
      days: [],
    },
  ],
  volumes: [
    { name: 'disk', freeBytes: 129_000_000_000, days: 30, freeAtEnd: 127_000_000_000, fullOn: null },
    { name: 'small', freeBytes: 129_000_000, days: 30, freeAtEnd: -500_000_000, fullOn: '2026-03-11' },
    { name: 'usb', freeBytes: null, days: 0, freeAtEnd: null, fullOn: null },
  ],
};

export const STATUS: StatusDocument = {
  ...observed,
  runs: [
    {
      run: '20260306T142900Z-77aa',
      pid: 4242,
      command: ['nbkp', 'run', '--only', 'mail'],
      startedAt: '2026-03-06T14:29:00.000Z',
      transfers: [{ sync: 'mail', percent: 43 }],
    },
  ],
  volumes: [
    {
      name: 'laptop',
      path: '/home/sam',
      available: true,
      fsType: 'ext4',
      freeBytes: 128_849_018_880,
      totalBytes: 512_110_190_592,
      writtenPerDay: 1_288_490_188,
      daysLeft: 100,
    },
    {
      name: 'usb',
      path: null,
      available: false,
      reason: 'usb is not mounted: no file system with UUID 8a3b2c1d-1111-2222-3333-444455556666 is.',
      code: 'volume-not-mounted',
      fsType: null,
      freeBytes: null,
      totalBytes: null,
    },
  ],
  syncs: [
    {
      name: 'documents',
      state: 'available',
      source: 'laptop:Documents',
      destination: 'disk:documents',
      mode: 'hard-link',
      lastSuccess: snapshotName(0.1),
      lastRun: { run: '20260306T120600Z-1a2b', outcome: 'succeeded', at: snapshotName(0.1) },
      well: true,
      maxAge: 7 * 86_400_000,
      overdue: false,
      snapshots: { count: 31, latest: snapshotName(0.1), unverified: 0 },
    },
    {
      name: 'photos',
      state: 'skipped',
      reason: 'usb is not mounted.',
      code: 'volume-not-mounted',
      source: 'laptop:Pictures',
      destination: 'usb:photos',
      mode: 'hard-link',
      lastSuccess: snapshotName(41),
      lastRun: { run: '20260301T120600Z-9f00', outcome: 'failed', at: snapshotName(5) },
      lastFailure: 'The drive is full.',
      well: false,
      maxAge: 30 * 86_400_000,
      overdue: true,
      snapshots: null,
    },
    {
      name: 'scratch',
      state: 'disabled',
      reason: 'enabled = false in the spec',
      source: 'laptop:tmp',
      destination: 'disk:scratch',
      mode: 'none',
      lastSuccess: null,
      lastRun: null,
      well: true,
      maxAge: null,
      overdue: false,
      snapshots: null,
    },
  ],
};

export const CHECK: CheckDocument = {
  ...observed,
  ok: false,
  checks: [
    { volume: 'laptop', subject: 'the sentinel of laptop', outcome: 'passed', fix: [] },
    { volume: 'laptop', subject: 'rsync', outcome: 'passed', fix: [] },
    {
      sync: 'photos',
      subject: 'the staging subvolume of usb:photos',
      outcome: 'failed',
      finding: finding({
        severity: 'error',
        code: 'staging-not-subvolume',
        message: '/media/usb/photos/staging is an ordinary directory, of which btrfs cannot make a snapshot.',
        help: 'Move it away, then: nbkp prepare usb',
      }),
      fix: [
        ['mv', '/media/usb/photos/staging', "/media/usb/photos/it's old"],
        ['nbkp', 'prepare', 'usb'],
      ],
    },
    {
      volume: 'nas',
      subject: 'the directory of nas',
      outcome: 'absent',
      finding: finding({
        severity: 'info',
        code: 'volume-absent',
        message: 'nas is not here: there is no directory /media/nas.',
      }),
      fix: [],
    },
  ],
};

export const SNAPSHOTS: SnapshotsDocument = {
  ...observed,
  syncs: [
    {
      name: 'documents',
      destination: 'disk:documents',
      mode: 'hard-link',
      latest: snapshotName(1),
      snapshots: [
        {
          name: snapshotName(400),
          at: snapshotName(400),
          verdict: 'prune',
          reasons: ['not among the last 3', 'not the newest of any of the last 7 days', 'older than 12 months'],
        },
        {
          name: snapshotName(2),
          at: snapshotName(2),
          verdict: 'keep',
          reasons: ['last 3', 'newest of day 2026-03-04'],
          incomplete: true,
        },
        { name: snapshotName(1), at: snapshotName(1), verdict: 'keep', reasons: ['latest names it', 'last 3'] },
        { name: snapshotName(0.5), at: snapshotName(0.5), verdict: 'unverified', reasons: ['later than latest'] },
      ],
    },
    {
      name: 'photos',
      destination: 'usb:photos',
      mode: 'btrfs',
      reason: 'usb is not mounted.',
      code: 'volume-not-mounted',
      latest: null,
      snapshots: [],
    },
  ],
};

export const RECOVER: RecoverDocument = {
  ...observed,
  deadRuns: [
    {
      run: '20260304T120000Z-0c0d',
      startedAt: snapshotName(2),
      hostname: 'laptop',
      pid: 4711,
      command: ['nbkp', 'run'],
      unfinished: ['transfer:photos'],
    },
  ],
  leftovers: [
    {
      kind: 'partial-snapshot',
      sync: 'photos',
      path: '/media/usb/photos/snapshots/.partial-2026-03-04T14:30:00.000Z',
      fate: 'resumed',
      reason: 'the next run goes on with it.',
    },
    {
      kind: 'temporary-link',
      sync: 'photos',
      path: '/media/usb/photos/.nbkp-latest-2026-03-04T14:30:00.000Z',
      fate: 'removed',
      reason: 'it is a link that latest was about to become; what it points to stays.',
    },
  ],
};

export const EXECUTORS: ExecutorsDocument = {
  formatVersion: '1.0',
  executors: [
    { name: 'rsync', version: '1.0.0', apiVersion: 1, kinds: ['transfer'], origin: 'built-in', path: null },
    {
      name: 'hard-link',
      version: '1.0.0',
      apiVersion: 1,
      kinds: ['snapshot', 'prune'],
      origin: 'built-in',
      path: null,
    },
    {
      ...{ name: 'rclone', version: '0.3.0', apiVersion: 1, kinds: ['transfer'] },
      ...{ origin: '@nbkp/rclone@0.3.0', path: '/home/me/.local/share/nbkp/node_modules/@nbkp/rclone' },
    },
  ],
  findings: [],
};
