import type { Plan } from '../../../src/planner/model/plan.ts';
import {
  estimate,
  finding,
  plannedSync,
  planOf,
  prune,
  retention,
  snapshot,
  transfer,
  withSteps,
} from '../../../src/reporters/samples/parts.ts';

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
