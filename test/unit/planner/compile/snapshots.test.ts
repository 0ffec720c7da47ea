import { describe, expect, it } from 'vitest';
import { isMove } from '../../../../src/planner/kinds/prune/batches.ts';
import { stepIn, syncIn } from '../../../support/planning.ts';
import { codeOf, day, planned, warningsOf, type OneSync } from './rig.ts';

const DAYS = ['2026-03-01', '2026-03-02', '2026-03-03', '2026-03-04'].map(day);
const hardLink = (...more: string[]): string[] => ['snapshots.mode = "hard-link"', ...more];

function commandsOf(scene: OneSync, id: string): string[] {
  return stepIn(planned(scene), id).commands.map(shown);
}

/** Scripts by what they do. */
function shown(argv: readonly string[]): string {
  const [program, , script = '', , root = '', ...words] = argv;
  if (program !== 'sh') return argv.join(' ');
  const [, inner] = /exec (.+) "\$@"$/.exec(script) ?? [];
  if (inner !== undefined) return `(in ${root}/snapshots) ${inner} ${words.join(' ')}`;
  const what = isMove(argv) ? 'moved' : script.includes('mountinfo') ? 'nothing mounted' : 'removed';
  return `(${what}) ${argv.slice(4).join(' ')}`;
}

function pruned(scene: OneSync): string[] {
  const lines = syncIn(planned(scene), 'docs').retention;
  return lines.filter((line) => line.verdict === 'prune').map((line) => line.name);
}

describe('the first snapshot', () => {
  it('links to nothing', () => {
    const commands = commandsOf({ sync: hardLink(), destination: { snapshots: [] } }, 'transfer:docs');
    expect(commands[0]).toBe('(in /mnt/usb/docs/snapshots) mkdir .partial-{snapshot:docs}');
    expect(commands.join()).not.toContain('--link-dest');
  });
});

describe('the next snapshot', () => {
  it('links to the one that latest names, whatever is newer', () => {
    const scene = { sync: hardLink(), destination: { snapshots: DAYS, latest: DAYS[1]! } };
    expect(commandsOf(scene, 'transfer:docs').join()).toContain(`--link-dest=/mnt/usb/docs/snapshots/${DAYS[1]!} `);
  });

  it('is named and latest moved only when it is complete, each time after a flush', () => {
    const root = '/mnt/usb/docs';
    expect(commandsOf({ sync: hardLink(), destination: { snapshots: DAYS } }, 'snapshot:docs')).toEqual([
      `sync -f ${root}/snapshots/.partial-{snapshot:docs}`,
      `mv -T ${root}/snapshots/.partial-{snapshot:docs} ${root}/snapshots/{snapshot:docs}`,
      `sync -f ${root}/snapshots`,
      `ln -s snapshots/{snapshot:docs} ${root}/.nbkp-latest-{snapshot:docs}`,
      `mv -T ${root}/.nbkp-latest-{snapshot:docs} ${root}/latest`,
      `sync -f ${root}`,
    ]);
  });
});

describe('a transfer that was interrupted', () => {
  const PARTIALS = {
    '.partial-2026-03-08T09:00:00.000Z': 'directory',
    '.partial-2026-03-09T09:00:00.000Z': 'directory',
  } as const;
  const scene = { sync: hardLink(), destination: { snapshots: DAYS, latest: DAYS[3]!, entries: PARTIALS } };
  const folder = '/mnt/usb/docs/snapshots';

  it('is taken up where the newest partial snapshot ends, apart from the files that older snapshots share', () => {
    expect(commandsOf(scene, 'transfer:docs').slice(0, 4)).toEqual([
      `(nothing mounted) ${folder}/.partial-2026-03-09T09:00:00.000Z`,
      `(in ${folder}) mv -T .partial-2026-03-09T09:00:00.000Z .partial-{snapshot:docs}`,
      `find ${folder}/.partial-{snapshot:docs} -type d ! -perm -700 -exec chmod u+rwx {} ;`,
      `find ${folder}/.partial-{snapshot:docs} ! -type d -links +1 -exec rm -f {} +`,
    ]);
  });

  it('is not taken up when another run has done so meanwhile', () => {
    expect(stepIn(planned(scene), 'transfer:docs').preconditions).toContainEqual(
      expect.objectContaining({
        fact: '/endpoints/usb:docs/snapshots/.partial-2026-03-09T09:00:00.000Z/kind',
        value: 'directory',
      }),
    );
  });

  it('does not start from what is merely named like a partial snapshot', () => {
    const entries = { '.partial-2026-03-09T09:00:00.000Z': 'symlink', '.partial-mine': 'directory' } as const;
    const commands = commandsOf({ ...scene, destination: { ...scene.destination, entries } }, 'transfer:docs');
    expect(commands[0]).toBe(`(in ${folder}) mkdir .partial-{snapshot:docs}`);
  });
});

describe('pruning', () => {
  const scene: OneSync = { sync: hardLink('snapshots.keep.last = 2'), destination: { snapshots: DAYS } };

  const folder = '/mnt/usb/docs/snapshots';
  const doomed = `${folder}/.prune-${DAYS[0]!}`;

  it('gives up the name of a snapshot before it removes anything of it', () => {
    expect(commandsOf({ ...scene, sync: hardLink('snapshots.keep.last = 4') }, 'prune:docs')).toEqual([
      `(nothing mounted) ${folder}/${DAYS[0]!}`,
      `mv -T ${folder}/${DAYS[0]!} ${doomed}`,
      `find ${doomed} -type d ! -perm -700 -exec chmod u+rwx {} ;`,
      `rm -rf ${doomed}`,
    ]);
  });

  it('removes several with one process for each thing to do', () => {
    const paths = DAYS.slice(0, 3)
      .map((name) => `${folder}/${name}`)
      .join(' ');
    expect(commandsOf(scene, 'prune:docs')).toEqual([
      `(nothing mounted) ${paths} ${doomed}`,
      `find ${paths} -maxdepth 0 ! -perm -700 -exec chmod u+rwx {} ;`,
      `(moved) ${doomed} ${paths}`,
      `(removed) ${doomed} find ${doomed} -type d ! -perm -700 -exec chmod u+rwx {} ;`,
    ]);
  });

  it('moves them into a folder that no interrupted prune has left, and as many as fit into one command', () => {
    const many = Array.from({ length: 1200 }, (_, index) =>
      new Date(Date.UTC(2020, 0, 1) + index * 86_400_000).toISOString(),
    );
    const entries = { [`.prune-${many[0]!}`]: 'directory' } as const;
    const destination = { snapshots: many, latest: many[1199]!, entries };
    const commands = commandsOf({ ...scene, destination }, 'prune:docs');
    const boxes = commands.filter((command) => command.startsWith('(moved)')).map((command) => command.split(' ')[1]);
    expect(boxes).toEqual([`${folder}/.prune-${many[1]!}`, `${folder}/.prune-${many[1000]!}`]);
    expect(commands.filter((command) => command.startsWith('rm'))[0]).toBe(`rm -rf ${folder}/.prune-${many[0]!}`);
  });

  it('removes each entry by what it is, not by the mode', () => {
    const mixed = {
      ...scene,
      destination: { snapshots: DAYS.slice(1), latest: DAYS[3]!, entries: { [DAYS[0]!]: 'subvolume' } },
    } satisfies OneSync;
    const commands = commandsOf(mixed, 'prune:docs').join('\n');
    expect(commands).toContain(`btrfs subvolume delete /mnt/usb/docs/snapshots/.prune-${DAYS[0]!}`);
    expect(commands).toContain(`(removed) /mnt/usb/docs/snapshots/.prune-${DAYS[1]!}`);
  });

  it('says that no link leads out of a last one that is a subvolume', () => {
    const latest = DAYS[3]!;
    const destination = { snapshots: DAYS.slice(0, 3), latest, entries: { [latest]: 'subvolume' } } as const;
    const told = planned({ ...scene, destination }).findings.map(({ code }) => code);
    expect(told).toContain('files-not-linked');
    expect(planned(scene).findings.map(({ code }) => code)).not.toContain('files-not-linked');
  });

  it('counts the snapshot that this run makes', () => {
    expect(pruned(scene)).toEqual(DAYS.slice(0, 3));
  });

  it('does not count one that is made only if something changed', () => {
    const when = { ...scene, sync: hardLink('snapshots.keep.last = 2', 'snapshots.when = "changed"') };
    expect(pruned(when)).toEqual(DAYS.slice(0, 2));
  });

  it('by itself makes none and counts none', () => {
    expect(pruned({ ...scene, purpose: 'prune' })).toEqual(DAYS.slice(0, 2));
  });

  it('is not part of the plan when nothing has to go', () => {
    const plan = planned({ ...scene, sync: hardLink('snapshots.keep.last = 9') });
    expect(plan.steps.map((step) => step.id)).toEqual(['transfer:docs', 'snapshot:docs']);
    expect(syncIn(plan, 'docs').retention).toHaveLength(4);
  });

  it('keeps all when it is turned off, and says so', () => {
    const plan = planned({ ...scene, request: { prune: false } });
    expect(plan.steps.map((step) => step.kind)).not.toContain('prune');
    expect(syncIn(plan, 'docs').retention.slice(0, 3)).toMatchObject(
      DAYS.slice(0, 3).map((name) => ({ name, verdict: 'keep', reasons: ['pruning is off for this run'] })),
    );
  });

  it('waits until the clock is after latest again', () => {
    const ahead = { ...scene, destination: { snapshots: [...DAYS, day('2027-01-01')] } };
    expect(pruned(ahead)).toEqual([]);
    expect(warningsOf(ahead)).toEqual(['clock-behind-latest']);
    expect(codeOf(ahead)).toBe('ok');
  });

  it('finishes what an interrupted prune began, and says no more than that', () => {
    const entries = { [`.prune-${day('2026-01-01')}`]: 'directory' } as const;
    const plan = planned({ sync: hardLink(), destination: { snapshots: DAYS, latest: DAYS[3]!, entries } });
    expect(stepIn(plan, 'prune:docs')).toMatchObject({
      summary: 'finish an interrupted prune',
      commands: [
        expect.any(Array),
        expect.any(Array),
        ['rm', '-rf', `/mnt/usb/docs/snapshots/.prune-${day('2026-01-01')}`],
      ],
    });
  });

  it('does not begin when a snapshot is not what it was, or latest names one that would go', () => {
    const { preconditions } = stepIn(planned({ ...scene, purpose: 'prune' }), 'prune:docs');
    expect(preconditions).toMatchObject([
      { fact: `/endpoints/usb:docs/snapshots/${DAYS[0]!}/kind`, check: 'equals', value: 'directory' },
      { fact: `/endpoints/usb:docs/snapshots/${DAYS[1]!}/kind`, check: 'equals', value: 'directory' },
      { fact: '/endpoints/usb:docs/latest/name', check: 'none-of', value: DAYS.slice(0, 2) },
      { fact: '/endpoints/usb:docs/directory/mount/target', check: 'equals', value: '/mnt/usb' },
      { fact: '/endpoints/usb:docs/directory/realPath', check: 'equals', value: '/mnt/usb/docs' },
      { fact: '/endpoints/usb:docs/directory/device', check: 'equals' },
      { fact: '/endpoints/usb:docs/directory/inode', check: 'equals' },
      { fact: '/endpoints/usb:docs/snapshotsLink', check: 'equals', value: null },
    ]);
  });
});

describe('all errors of a sync', () => {
  it('are reported at once', () => {
    const plan = planned({
      sync: hardLink('filters = [{ merge = "/one" }, { merge = "/two" }]'),
      destination: {},
      change: (facts) => void (facts.filterFiles = { '/one': null, '/two': null }),
    });
    expect(plan.findings.map((finding) => finding.code).sort()).toEqual([
      'destination-not-prepared',
      'filter-file-unreadable',
      'filter-file-unreadable',
    ]);
  });
});
