import type { RunRecord, StepRecord, SyncRecord } from '../../planner/model/run.ts';
import { finding, NOW, snapshotName } from './parts.ts';

function stepRecord(id: string, part: Partial<StepRecord> = {}): StepRecord {
  return { id, outcome: 'done', startedAt: NOW, durationMs: 1500, findings: [], log: [], ...part };
}

function syncRecord(name: string, part: Partial<SyncRecord> = {}): SyncRecord {
  return { name, outcome: 'succeeded', pruned: [], files: 0, bytes: 0, deleted: 0, entries: null, ...part };
}

const record: RunRecord = {
  formatVersion: '1.0',
  run: '20260306T143000Z-1a2b',
  plan: 'sha256:0',
  purpose: 'backup',
  spec: { path: '/home/sam/nbkp.toml', digest: 'sha256:0' },
  machine: { hostname: 'laptop', user: 'sam' },
  pid: 4242,
  command: ['nbkp', 'apply', '--only', 'documents'],
  startedAt: NOW,
  finishedAt: '2026-03-06T14:33:12.000Z',
  durationMs: 192_000,
  exitCode: 0,
  syncs: [],
  steps: [],
  findings: [],
};

const unreadable = finding({
  severity: 'error',
  code: 'rsync-partial',
  message: 'rsync could not read 3 files (exit code 23).',
  help: 'Look at the log, give this user the right to read them, or exclude them.',
});

export const RECORDS: Readonly<Record<string, RunRecord>> = {
  'all-well': {
    ...record,
    syncs: [
      syncRecord('documents', {
        files: 1204,
        bytes: 1_288_490_188,
        deleted: 2,
        snapshot: NOW,
        pruned: [snapshotName(40), snapshotName(41)],
      }),
      syncRecord('mail', { entries: 12 }),
      syncRecord('photos', { outcome: 'skipped', reason: 'usb is not mounted.' }),
      syncRecord('music', { outcome: 'skipped', reason: 'usb is not mounted.' }),
    ],
    steps: ['transfer:documents', 'snapshot:documents', 'prune:documents', 'transfer:mail'].map((id) => stepRecord(id)),
  },
  'with-failures': {
    ...record,
    exitCode: 1,
    findings: [
      finding({
        severity: 'error',
        code: 'max-delete-exceeded',
        message: 'music would delete 2,810 of 3,000 entries; policy.max-delete allows 25 %.',
        sync: 'music',
        guard: true,
        help: 'If they are right: --allow-destructive',
      }),
    ],
    syncs: [
      syncRecord('documents', { files: 12, bytes: 4096, snapshot: NOW }),
      syncRecord('photos', { outcome: 'failed', reason: unreadable.message, files: 800, bytes: 9_000_000_000 }),
      syncRecord('music', { outcome: 'blocked', reason: 'music would delete 2,810 of 3,000 entries.' }),
      syncRecord('mail', { outcome: 'locked', reason: 'nbkp run (process 77 on laptop) holds usb:mail.' }),
    ],
    steps: [
      stepRecord('transfer:documents', {
        findings: [finding({ code: 'files-vanished', message: '2 files vanished while they were copied.' })],
      }),
      stepRecord('snapshot:documents'),
      stepRecord('transfer:photos', {
        outcome: 'failed',
        findings: [unreadable],
        log: ['rsync: [sender] send_files failed to open "/home/sam/Pictures/\u001b[31mx": Permission denied (13)'],
      }),
      stepRecord('snapshot:photos', { outcome: 'not-run', reason: 'transfer:photos failed', durationMs: null }),
      stepRecord('prune:photos', { outcome: 'not-run', reason: 'transfer:photos failed', durationMs: null }),
    ],
  },
  interrupted: {
    ...record,
    command: ['nbkp', 'apply', '--spec', '/home/sam/my spec.toml', '--yes'],
    exitCode: 130,
    durationMs: 61_000,
    syncs: [
      syncRecord('documents', {
        outcome: 'interrupted',
        files: 14,
        bytes: 734_003_200,
        predicted: { files: 65, bytes: 1_288_490_188, basis: 'dry-run' },
      }),
      syncRecord('film', { outcome: 'interrupted', bytes: 52_428_800 }),
      syncRecord('music', {
        outcome: 'interrupted',
        reason: 'the run was interrupted',
        predicted: { files: 14, bytes: 4096, basis: 'last-run' },
      }),
    ],
    steps: [
      stepRecord('transfer:documents', { outcome: 'interrupted' }),
      stepRecord('snapshot:documents', { outcome: 'not-run', reason: 'transfer:documents was interrupted' }),
      stepRecord('transfer:film', { outcome: 'interrupted' }),
      stepRecord('transfer:music', { outcome: 'not-run', reason: 'the run was interrupted', durationMs: null }),
    ],
  },
  prepare: {
    ...record,
    purpose: 'prepare',
    command: ['nbkp', 'prepare'],
    steps: [
      stepRecord('create:usb'),
      stepRecord('create:usb:documents', {
        outcome: 'failed',
        findings: [finding({ severity: 'error', code: 'command-failed', message: 'mkdir ended with 1.' })],
      }),
    ],
    exitCode: 1,
  },
};
