import type { SnapshotsDiffDocument } from '../../planner/model/comparison.ts';
import type { DiffDocument } from '../../planner/model/diff.ts';
import type { CompletionDocument, ScheduleDocument, VolumesDocument } from '../../planner/model/documents.ts';
import type { DoctorDocument } from '../../planner/model/doctor.ts';
import type { PluginsDocument } from '../../planner/model/plugin-documents.ts';
import type { VerifyDocument } from '../../planner/model/verification.ts';
import type { AddDocument } from '../../planner/model/spec-documents.ts';
import type { Destination } from '../../planner/init/destinations.ts';
import type { Saving } from '../../planner/init/excludes.ts';
import { CHECK, observed } from './documents.ts';
import { finding, snapshotName } from './parts.ts';

const UUID = '8a3b2c1d-1111-2222-3333-444455556666';

export const VOLUMES: VolumesDocument = {
  ...observed,
  volumes: [
    {
      ...{ name: 'hub', path: '/media/sam/hub', available: true },
      ...{ fsType: 'btrfs', freeBytes: 900_000_000_000, totalBytes: 2_000_000_000_000 },
      drive: {
        ...{ uuid: '5941f273-f73c-44c5-a3ef-fae7248db1b6', encrypted: true, state: 'mounted', device: '/dev/sdb1' },
        ...{ label: 'hub', mountedAt: '/media/sam/hub' },
        opened: {
          ...{ run: '20260306T142900Z-77aa', unlockedAt: snapshotName(0.001), mountedAt: snapshotName(0.001) },
          ...{ kept: false, users: ['20260306T142900Z-77aa'] },
        },
      },
    },
    {
      ...{ name: 'usb', path: null, available: false, reason: 'usb is not plugged in.', code: 'volume-absent' },
      ...{ absence: 'absent', fsType: null, freeBytes: null, totalBytes: null },
      drive: {
        ...{ uuid: UUID, encrypted: true, state: 'absent', device: null },
        ...{ label: null, mountedAt: null, opened: null },
      },
    },
  ],
};

const counts = { total: 1204, files: 1204, bytes: 1_288_490_188, recorded: 1190, sameAsSource: 12, unknown: 1, bad: 1 };

export const VERIFY: VerifyDocument = {
  ...observed,
  ok: false,
  syncs: [
    {
      ...{ name: 'documents', destination: 'usb:documents', snapshot: snapshotName(1), path: '/media/usb/documents' },
      ...{ state: 'verified', counts, sample: null },
      problems: [{ path: 'Letters/to grandmother.odt', problem: 'rotten', source: 'intact' }],
    },
    {
      ...{ name: 'photos', destination: 'nas:photos', snapshot: null, path: null },
      ...{ state: 'absent', reason: 'nas is not here: there is no directory /media/nas.', code: 'volume-absent' },
      ...{ counts: { ...counts, total: 0, files: 0, recorded: 0, sameAsSource: 0, unknown: 0, bad: 0, bytes: 0 } },
      ...{ sample: null, problems: [] },
    },
  ],
};

export const DOCTOR: DoctorDocument = {
  formatVersion: '1.0',
  ok: false,
  nbkp: { version: '0.1.0', build: 'a1b2c3d4', form: 'package' },
  system: { name: 'Debian GNU/Linux 12 (bookworm)', kernel: '6.1.0', architecture: 'x64', node: 'v20.20.2' },
  libraries: [{ name: 'ajv', version: '8.20.0', license: 'MIT' }],
  programs: [
    { name: 'rsync', version: '3.2.7', use: 'copies' },
    { name: 'udisksctl', version: null, use: 'opens drives' },
  ],
  spec: {
    ...{ state: 'valid', codes: [], syncs: 3, volumes: 3, onServers: 1, drives: 1 },
    modes: ['hard-link', 'none'],
  },
  checks: CHECK.checks,
};

export const SCHEDULE: ScheduleDocument = {
  formatVersion: '1.0',
  name: 'nbkp',
  scope: 'user',
  files: [
    {
      path: '/home/sam/.config/systemd/user/nbkp.timer',
      text: '[Timer]\nOnCalendar=daily\nPersistent=true\n\n[Install]\nWantedBy=timers.target\n',
      change: 'create',
    },
    { path: '/home/sam/.config/systemd/user/nbkp.service', text: '', change: 'keep' },
  ],
  commands: [
    ['systemctl', '--user', 'daemon-reload'],
    ['systemctl', '--user', 'enable', '--now', 'nbkp.timer'],
  ],
  findings: [],
};

const drive: Destination = {
  ...{ name: 'backup', words: ['Backup'], kind: 'drive', title: 'Backup', where: '/dev/sdb1' },
  ...{
    bytes: 2_000_000_000_000,
    freeBytes: 1_900_000_000_000,
    fsType: 'ext4',
    subdir: 'backups/laptop/home',
    within: '',
  },
  ...{ volume: { mount: { 'device-uuid': UUID } }, ssh: null },
  ...{ removable: true, encrypted: false, prepared: false, problem: null },
};

export const DESTINATIONS: readonly Destination[] = [
  drive,
  {
    ...drive,
    ...{ name: 'stick', title: 'STICK', where: '/dev/sdc1', fsType: null, encrypted: true, freeBytes: null },
    problem: finding({
      severity: 'error',
      code: 'drive-locked',
      message: 'it is locked, so that nobody knows what is on it',
    }),
  },
];

export const SAVINGS: readonly Saving[] = [
  { filter: '- /.cache/', what: 'caches of programs', count: 1, bytes: 2_400_000_000 },
  { filter: '- node_modules/', what: 'packages that npm fetches again', count: 12, bytes: 1_100_000_000 },
];

export const SNAPSHOTS_DIFF: SnapshotsDiffDocument = {
  ...observed,
  from: { sync: 'documents', snapshot: snapshotName(2) },
  to: { sync: 'documents', snapshot: snapshotName(1) },
  added: { entries: 2, bytes: 1_310_720 },
  removed: { entries: 1, bytes: 512 },
  changed: { entries: 1, bytes: 120 },
  entries: [
    {
      ...{ change: 'added', path: 'Letters/to grandmother.odt', differs: [], before: null },
      after: { type: 'file', size: 1_310_720, mode: '600', owner: '1000:1000', time: snapshotName(1.5) },
    },
    {
      ...{ change: 'removed', path: 'draft.txt', differs: [], after: null },
      before: { type: 'file', size: 512, mode: '644', owner: '1000:1000', time: snapshotName(9) },
    },
    {
      ...{ change: 'changed', path: 'budget.csv', differs: ['size', 'time'] },
      before: { type: 'file', size: 80, mode: '644', owner: '1000:1000', time: snapshotName(9) },
      after: { type: 'file', size: 120, mode: '644', owner: '1000:1000', time: snapshotName(1.5) },
    },
  ],
  truncated: true,
};

export const PLUGINS: PluginsDocument = {
  formatVersion: '1.0',
  plugins: [
    {
      ...{ name: '@nbkp/rclone', version: '0.3.0', from: 'user', executors: ['rclone'], trusted: true },
      path: '/home/sam/.local/share/nbkp/node_modules/@nbkp/rclone',
    },
  ],
  findings: [],
};

export const DIFF: DiffDocument = {
  formatVersion: '1.0',
  a: { source: 'HEAD:nbkp.toml', kind: 'spec', digest: 'sha256:1' },
  b: { source: 'nbkp.toml', kind: 'spec', digest: 'sha256:2' },
  basis: 'none',
  facts: null,
  syncs: [
    {
      ...{ name: 'photos', change: 'changed', fields: [{ field: 'mode', was: 'none', is: 'hard-link' }] },
      steps: [{ id: 'snapshot:photos', change: 'added', summary: 'name the copy and point latest to it', fields: [] }],
    },
    { name: 'music', change: 'added', fields: [{ field: 'source', was: '', is: 'laptop:Music' }], steps: [] },
  ],
  steps: [],
  summary: {
    syncs: { added: 1, removed: 0, renamed: 0, changed: 1, unchanged: 2 },
    steps: { added: 1, removed: 0, changed: 0 },
  },
  findings: [],
};

/** A spec with mistakes. */
export const MISTAKEN = `version = 1

[volumes.laptop]
pth = "~"

[syncs.documents]
source = "laptop:Documents"
destination = "usb:documents"
max-age = "a week"
`;

const SMALL = 'version = 1\n\n# this machine\n[volumes.laptop]\npath = "~"\n\n# every evening\n[syncs.home]\n';

/** A spec before and after `nbkp add`, and what that answers. */
export const ADDED = {
  before: SMALL,
  document: {
    formatVersion: '1.0',
    path: 'nbkp.toml',
    added: { kind: 'volume', name: 'usb' },
    toml: SMALL.replace('# every', '# A stick.\n[volumes.usb]\npath = "/mnt/usb"\n\n# every'),
    findings: [],
  } satisfies AddDocument,
};

export const COMPLETION: CompletionDocument = {
  formatVersion: '1.0',
  shell: 'zsh',
  path: '/home/ada/.local/share/zsh/site-functions/_nbkp',
  change: 'create',
  line: 'fpath=(/home/ada/.local/share/zsh/site-functions $fpath)',
};
