import { foldersCommand, markCommand } from '../../planner/kinds/create/commands.ts';
import type { Plan } from '../../planner/model/plan.ts';
import {
  estimate,
  finding,
  items,
  plan,
  plannedSync,
  planOf,
  prune,
  retention,
  snapshot,
  snapshotName,
  step,
  transfer,
  withSteps,
} from './parts.ts';

/** Plans as they occur, by name. */
export const PLANS: Readonly<Record<string, Plan>> = {
  'nothing-to-do': plan([], []),
  'nothing-changed': nothingChanged(),
  'first-run': firstRun(),
  'second-run': secondRun(),
  'long-prune': longPrune(),
  idle: idle(),
  guard: guard(),
  chain: chain(),
  mirror: mirror(),
  preview: preview(),
  prepare: prepare(),
};

function nothingChanged(): Plan {
  return planOf(
    ['mail', 'music'].map((name) =>
      withSteps(plannedSync(name, { mode: 'none' }), transfer(name, { destructive: true, estimate: estimate({}) })),
    ),
  );
}

function firstRun(): Plan {
  return planOf(
    ['documents', 'photos'].map((name) =>
      withSteps(
        plannedSync(name, { lastSuccess: null }),
        transfer(name, { action: 'create', reason: `usb:${name} has no snapshot yet` }),
        snapshot(name),
      ),
    ),
  );
}

function secondRun(): Plan {
  return planOf([
    withSteps(
      plannedSync('documents', { destination: 'usb:backups/documents', retention: retention(9, 2) }),
      transfer('documents', {
        estimate: estimate({ files: 1204, bytes: 1_288_490_188, creates: 312, updates: 890, deletes: 2 }),
      }),
      snapshot('documents'),
      prune('documents', 2),
    ),
    withSteps(
      plannedSync('photos', { destination: 'hub:photos', mode: 'btrfs', overdue: true, lastSuccess: snapshotName(41) }),
      step({
        id: 'before:photos:1',
        kind: 'command',
        action: 'run',
        summary: 'run pg_dump',
        reason: 'the spec wants it before the sync',
        sync: 'photos',
        commands: [['pg_dump', "--file=/home/sam/photos/it's.sql", 'db']],
      }),
      transfer('photos', { estimate: estimate({ files: 40, bytes: 41_943_040, basis: 'last-run' }) }),
      snapshot('photos'),
    ),
  ]);
}

function longPrune(): Plan {
  const lines = retention(10, 57).map((line, index) =>
    index < 30 && line.verdict === 'prune'
      ? { ...line, reasons: ['older than 2026-02-01', 'in none of yearly 2'] }
      : line,
  );
  return planOf(
    [withSteps(plannedSync('documents', { retention: lines }), prune('documents', 57, { dependsOn: [] }))],
    { purpose: 'prune' },
  );
}

function idle(): Plan {
  const away = {
    state: 'skipped' as const,
    reason: 'usb is not here: there is no directory /media/usb.',
    code: 'volume-absent',
  };
  const syncs = [
    plannedSync('documents', { ...away, lastSuccess: snapshotName(3) }),
    plannedSync('photos', { ...away, lastSuccess: null, overdue: true }),
    plannedSync('offsite', {
      state: 'skipped',
      destination: 'pi:offsite',
      reason: 'The server of pi cannot be reached: pi-lan: no route, pi-wan: no answer.',
      code: 'host-unreachable',
    }),
    plannedSync('old-laptop', { state: 'disabled', reason: 'enabled = false in the spec', code: 'sync-disabled' }),
    plannedSync('mail', {
      state: 'blocked',
      mode: 'btrfs',
      reason: '/media/usb/mail is on ext4, not on btrfs.',
      code: 'snapshots-unsupported',
    }),
  ];
  return plan(syncs, [], {
    findings: [
      finding({
        severity: 'error',
        code: 'snapshots-unsupported',
        message: '/media/usb/mail is on ext4, not on btrfs.',
        sync: 'mail',
        volume: 'usb',
        help: 'Set snapshots.mode = "hard-link" for it, or choose a destination on btrfs.',
        location: { file: 'nbkp.toml', line: 31, column: 1 },
        excerpt: '[syncs.mail]',
      }),
      finding({
        code: 'volume-unused',
        message: 'No sync uses the volume "nas".',
        location: { file: 'nbkp.toml', line: 12, column: 2 },
        excerpt: '[volumes.nas]',
        help: 'Remove it, or write a sync for it.',
      }),
    ],
  });
}

function guard(): Plan {
  const message = 'photos would delete 2,810 of 3,000 entries; policy.max-delete allows 25 %.';
  const good = withSteps(plannedSync('documents'), transfer('documents'), snapshot('documents'));
  return plan(
    [good.sync, plannedSync('photos', { state: 'blocked', code: 'max-delete-exceeded', reason: message })],
    good.steps,
    {
      findings: [
        finding({
          severity: 'error',
          code: 'max-delete-exceeded',
          message,
          sync: 'photos',
          guard: true,
          help: 'Which they are: nbkp plan --files --allow-destructive --only photos (changes nothing). If they are right: --allow-destructive',
        }),
      ],
    },
  );
}

function chain(): Plan {
  return planOf([
    withSteps(
      plannedSync('photos', { source: 'laptop:Pictures', destination: 'hub:photos', mode: 'btrfs' }),
      transfer('photos', { volume: 'hub' }),
      snapshot('photos', { volume: 'hub' }),
    ),
    withSteps(
      plannedSync('photos-offsite', { source: 'hub:photos', destination: 'usb:photos', mode: 'none' }),
      transfer('photos-offsite', {
        destructive: true,
        dependsOn: ['snapshot:photos'],
        reason: 'usb:photos becomes what hub:photos is',
        deferred: 'what changes is known when {snapshot:photos} is complete',
        deleteLimit: { percent: 25, files: 1000 },
      }),
    ),
  ]);
}

function mirror(): Plan {
  return planOf([
    withSteps(
      plannedSync('music', { mode: 'none' }),
      transfer('music', {
        destructive: true,
        reason: 'usb:music becomes what laptop:music is',
        deleteLimit: { percent: 25, files: null },
      }),
    ),
  ]);
}

function preview(): Plan {
  const found = [
    ...items('delete', 30, 'archive/2019'),
    ...items('create', 25, 'video', 2_000_000_000),
    ...items('update', 40, 'mail/inbox'),
    { change: 'update' as const, path: 'notes.txt', size: 900_000_000, code: '.f...p.....' },
    { change: 'create' as const, path: 'video/', size: 4096, code: 'cd+++++++++' },
  ];
  return planOf([
    withSteps(
      plannedSync('documents', { mode: 'none', items: found, itemsTruncated: true }),
      transfer('documents', {
        destructive: true,
        reason: 'usb:documents becomes what laptop:documents is',
        estimate: estimate({ files: 65, bytes: 50_900_000_000, creates: 126, updates: 41, deletes: 30 }),
      }),
    ),
    withSteps(
      plannedSync('mail', { mode: 'none', items: [] }),
      transfer('mail', { destructive: true, estimate: estimate({}) }),
    ),
  ]);
}

function prepare(): Plan {
  const create = (id: string, summary: string, volume: string, reason: string, commands: string[][]) =>
    step({ id: `create:${id}`, kind: 'create', action: 'create', summary, volume, reason, commands });
  const usb = 'usb is /media/usb on /dev/sdb1 (ext4, mounted at /media/usb)';
  return plan(
    [],
    [
      create(
        'laptop:Documents',
        'mark /home/sam/Documents as a source',
        'laptop',
        'laptop is /home/sam on /dev/sda2 (ext4, mounted at /)',
        [markCommand('/home/sam/Documents/.nbkp-src')],
      ),
      create('usb', 'mark /media/usb as the volume usb', 'usb', usb, [markCommand('/media/usb/.nbkp-vol')]),
      create('usb:backups/documents', 'make /media/usb/backups/documents ready for documents', 'usb', usb, [
        foldersCommand('/media/usb', 'backups/documents'),
        ['ln', '-s', '/dev/null', '/media/usb/backups/documents/latest'],
      ]),
    ],
    { purpose: 'prepare' },
  );
}
