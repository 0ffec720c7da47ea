import { foldersCommand, markCommand } from '../../../src/planner/kinds/create/commands.ts';
import type { Plan } from '../../../src/planner/model/plan.ts';
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
  step,
  transfer,
  withSteps,
} from './fixtures.ts';

export function many(): Plan {
  const parts = Array.from({ length: 200 }, (_, index) => {
    const name = `project-${String(index + 1).padStart(3, '0')}`;
    if (index % 40 === 7)
      return {
        sync: plannedSync(name, {
          state: 'skipped',
          reason: 'nas is not here: there is no directory /media/nas.',
          code: 'volume-absent',
          destination: `nas:${name}`,
          overdue: index > 100,
        }),
        steps: [],
      };
    if (index % 25 === 3)
      return withSteps(
        plannedSync(name, { retention: retention(5, 1) }),
        transfer(name),
        snapshot(name),
        prune(name, 1, { summary: 'delete 1 snapshot' }),
      );
    return withSteps(
      plannedSync(name, index > 150 ? { destination: `hub:${name}`, mode: 'none' } : {}),
      transfer(name, index > 150 ? { destructive: true, deleteLimit: { percent: 25, files: null } } : {}),
      ...(index > 150 ? [] : [snapshot(name)]),
    );
  });
  const warnings = parts.slice(0, 30).map(({ sync }) =>
    finding({
      code: 'snapshot-unverified',
      message: `${sync.destination} has a snapshot later than latest: left alone.`,
      sync: sync.name,
    }),
  );
  return planOf(parts, { findings: warnings });
}

/** Names as a hostile drive could have them: escapes, newlines, text that runs backwards, wide and combining letters. */
export function hostile(): Plan {
  const evil = '\u001b[2J\u001b[31mgone\u009b1A\u0007';
  const part = withSteps(
    plannedSync('documents', {
      source: `laptop:${evil}`,
      destination: 'usb:写真\u202egpj.exe',
      items: [
        { change: 'delete', path: `a\nThis plan deletes nothing.${evil}`, size: 5, code: '*deleting' },
        { change: 'create', path: 'Cafe\u0301/\u200b写真.jpg', size: 2048, code: '>f+++++++++' },
      ],
      retention: [{ name: `2026-01-01T00:00:00.000Z${evil}`, verdict: 'prune', reasons: [evil] }],
    }),
    transfer('documents', {
      summary: `copy ${evil}`,
      destructive: true,
      estimate: estimate({ files: 1, bytes: 2048, creates: 1, deletes: 1 }),
      commands: [['rsync', '-a', `/home/sam/${evil}'$(reboot)'/`, "/media/it's/", 'a b', '']],
    }),
    prune('documents', 1),
  );
  return planOf([part], {
    spec: { path: `nbkp${evil}.toml`, digest: '' },
    findings: [finding({ code: 'odd-name', message: `The name ${evil} is odd.`, help: evil })],
  });
}

export function mirror(): Plan {
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

export function preview(): Plan {
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

export function prepare(): Plan {
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
