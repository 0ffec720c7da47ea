import { describe, expect, it } from 'vitest';
import { buildPrepare } from '../../../../src/planner/purposes/prepare.ts';
import { CARGO_IDS } from '../../../../src/planner/file-systems/kept.ts';
import { foldersCommand, markCommand } from '../../../../src/planner/kinds/create/commands.ts';
import type { Facts, VolumeFacts } from '../../../../src/planner/model/facts.ts';
import type { Plan } from '../../../../src/planner/model/plan.ts';
import { world, type World } from '../../../support/facts.ts';
import { inputFor, specFrom, stepIn } from '../../../support/planning.ts';

const SNAPSHOT = '2026-03-01T20:00:00.000Z';

const SPEC = `version = 1
[volumes]
laptop.path = "~"
usb.path = "/mnt/usb"
hub.path = "/mnt/hub"
spare.path = "/mnt/spare"

[syncs.docs]
source = "laptop:docs"
destination = "usb:docs"
snapshots.mode = "hard-link"

[syncs.copy]
source = "usb:docs"
destination = "hub"
snapshots.mode = "btrfs"
`;

const VOLUMES: World['volumes'] = {
  laptop: { path: '/home/ada', target: '/', sentinel: false },
  usb: { path: '/mnt/usb', sentinel: false },
  hub: { path: '/mnt/hub', sentinel: false, fsType: 'btrfs' },
  spare: { path: '/mnt/spare', sentinel: false },
};
const NOTHING: World['endpoints'] = { 'laptop:docs': {}, 'usb:docs': { missing: true }, hub: {} };

function prepare(some: Partial<World> = {}, volumes: string[] = [], spec = SPEC): Plan {
  const facts = world({ volumes: VOLUMES, endpoints: NOTHING, ...some });
  return buildPrepare(inputFor(specFrom(spec), facts, { volumes }));
}

/** What the plan remarks beyond the spec's own warnings. */
function remarks(plan: Plan): Plan['findings'] {
  return plan.findings.filter((finding) => finding.code !== 'unused-volume');
}

function commands(plan: Plan, id: string): string[] {
  return stepIn(plan, id).commands.map((argv) => (argv.at(-1) === 'new' ? argv.slice(4) : argv).join(' '));
}

/** What `.nbkp-src` of the source of a sync gets. */
function id(sync: string): string {
  return `{"formatVersion":"1.0","id":"{identity:${sync}}"}`;
}

/** What `.nbkp-dst` of a copy gets that keeps all there is. */
function owner(source: string, sync: string): string {
  const about = { source, machine: 'laptop', spec: 'nbkp.toml', sync };
  return JSON.stringify({ formatVersion: '1.0', ...about, options: { keeps: CARGO_IDS, modifyWindow: 0 } });
}

function mark(path: string): string {
  return markCommand(path).join(' ');
}

describe('preparing volumes', () => {
  it('marks them, their sources and their destinations, and makes what a mode needs', () => {
    const plan = prepare();
    expect(Object.fromEntries(plan.steps.map((step) => [step.id, commands(plan, step.id)]))).toEqual({
      'create:laptop': [mark('/home/ada/.nbkp-vol')],
      'create:laptop:docs': [`/home/ada/docs/.nbkp-src ${id('docs')} new`],
      'create:usb': [mark('/mnt/usb/.nbkp-vol')],
      'create:usb:docs': [
        foldersCommand('/mnt/usb', 'docs').join(' '),
        'mkdir -p /mnt/usb/docs/snapshots',
        'ln -s /dev/null /mnt/usb/docs/latest',
        `/mnt/usb/docs/.nbkp-dst ${owner('{identity:docs}', 'docs')} new`,
        `/mnt/usb/docs/.nbkp-src ${id('copy')} new`,
      ],
      'create:hub': [mark('/mnt/hub/.nbkp-vol')],
      'create:hub:': [
        'mkdir -p /mnt/hub/snapshots',
        'btrfs subvolume create /mnt/hub/staging',
        'ln -s /dev/null /mnt/hub/latest',
        `/mnt/hub/.nbkp-dst ${owner('{identity:copy}', 'copy')} new`,
      ],
    });
    expect(remarks(plan)).toEqual([]);
  });

  it('marks no mountpoint of a drive that is not there, unless it is told that the folder is meant', () => {
    const facts = (change: (usb: VolumeFacts) => void, more: Partial<World> = {}): Facts => {
      const made = world({ volumes: VOLUMES, endpoints: NOTHING, ...more });
      const { usb } = made.volumes;
      if (usb !== undefined) change(usb);
      return made;
    };
    const byFstab = facts((usb) => void (usb.unmountedFstabTarget = '/mnt/usb'));
    const lastSuccess = {
      run: 'r',
      at: '2026-03-01T20:00:00.000Z',
      snapshot: null,
      entries: 1,
      mountTarget: '/mnt/usb',
    };
    const history = { docs: { lastRun: null, lastSuccess } };
    const volumes = { ...VOLUMES, usb: { path: '/mnt/usb', target: '/', sentinel: false } };
    const byHistory = facts(() => undefined, { history, volumes });
    const below = { ...lastSuccess, mountTarget: '/mnt/usb/docs' };
    const byEndpoint = facts(() => undefined, { history: { docs: { lastRun: null, lastSuccess: below } } });
    for (const seen of [byFstab, byHistory, byEndpoint]) {
      const plan = buildPrepare(inputFor(specFrom(SPEC), seen, { volumes: ['usb'] }));
      expect(remarks(plan)).toMatchObject([{ code: 'mountpoint-empty', guard: true, volume: 'usb' }]);
      expect(plan.steps.map(({ id }) => id)).not.toContain('create:usb:docs');
      const here = buildPrepare(inputFor(specFrom(SPEC), seen, { volumes: ['usb'], here: true }));
      expect(here.steps.map(({ id }) => id)).toEqual(['create:usb', 'create:usb:docs']);
    }
  });

  it('makes what is missing, and nothing else', () => {
    const plan = prepare({
      volumes: { ...VOLUMES, usb: { path: '/mnt/usb' } },
      endpoints: { ...NOTHING, 'usb:docs': { destination: true, snapshots: ['2026-03-01T20:00:00.000Z'] } },
    });
    expect(commands(plan, 'create:usb:docs')).toEqual([`/mnt/usb/docs/.nbkp-src ${id('copy')} new`]);
    expect(plan.steps.map((step) => step.id)).not.toContain('create:usb');
  });

  it('makes a staging that is gone as the last snapshot, where that is one of btrfs', () => {
    const made = (kind: 'subvolume' | 'directory'): unknown => {
      const facts = world({
        volumes: VOLUMES,
        endpoints: { ...NOTHING, hub: { destination: true, snapshots: [SNAPSHOT], latest: SNAPSHOT } },
      });
      facts.endpoints['hub']!.snapshots![SNAPSHOT]!.kind = kind;
      const plan = buildPrepare(inputFor(specFrom(SPEC), facts, {}));
      return commands(plan, 'create:hub:').find((command) => command.includes('staging'));
    };
    expect(made('subvolume')).toBe(`btrfs subvolume snapshot /mnt/hub/snapshots/${SNAPSHOT} /mnt/hub/staging`);
    expect(made('directory')).toBe('btrfs subvolume create /mnt/hub/staging');
  });

  it('has nothing to do where all is there', () => {
    const plan = prepare({
      volumes: Object.fromEntries(
        Object.entries(VOLUMES).map(([name, volume]) => [name, { ...volume!, sentinel: true }]),
      ),
      endpoints: {
        'laptop:docs': { source: true },
        'usb:docs': { source: true, destination: true, snapshots: [] },
        hub: { destination: true, snapshots: [], staging: 'subvolume' },
      },
    });
    expect(plan.steps).toEqual([]);
  });

  it('can be for some volumes only, used or not', () => {
    expect(prepare({}, ['spare', 'laptop']).steps.map((step) => step.id)).toEqual([
      'create:laptop',
      'create:laptop:docs',
      'create:spare',
    ]);
  });

  it('relies on the volume being the one that was shown', () => {
    const { preconditions } = stepIn(prepare(), 'create:usb:docs');
    expect(preconditions.map(({ fact }) => fact)).toEqual([
      '/volumes/usb/directory/realPath',
      '/volumes/usb/directory/inode',
    ]);
  });
});

it('says which drive a volume is on: by device and label, and the container that it was unlocked from', () => {
  const facts = world({ volumes: VOLUMES, endpoints: NOTHING });
  const device = { type: 'part', uuid: 'u', readOnly: false };
  facts.volumes['usb']!.drive = {
    devices: [{ ...device, path: '/dev/sdb1', fsType: 'crypto_LUKS', label: '' }],
    cleartext: { ...device, path: '/dev/dm-0', fsType: 'ext4', label: 'Backup' },
    namesake: null,
  };
  const plan = buildPrepare(inputFor(specFrom(SPEC), facts));
  const { source } = facts.volumes['usb']!.directory!.mount!;
  const details = 'ext4, label Backup, unlocked from /dev/sdb1, mounted at /mnt/usb';
  expect(stepIn(plan, 'create:usb').reason).toBe(`usb is /mnt/usb on ${source} (${details})`);
});

describe('preparing leaves alone', () => {
  it('a volume whose directory is not there, and says so', () => {
    const spec = SPEC.replace('usb.path = "/mnt/usb"', 'usb = { mount.device-uuid = "1A2B-3C4D" }');
    const plan = prepare({ volumes: { ...VOLUMES, usb: null } }, [], spec);
    expect(plan.steps.map((step) => step.volume)).not.toContain('usb');
    expect(remarks(plan)).toMatchObject([{ severity: 'info', code: 'volume-not-mounted', volume: 'usb' }]);
  });

  it('the bare mountpoint of a drive', () => {
    const spec = SPEC.replace('usb.path = "/mnt/usb"', 'usb = { path = "/mnt/usb", mount.device-uuid = "1A2B-3C4D" }');
    const plan = prepare({ volumes: { ...VOLUMES, usb: { path: '/mnt/usb', target: '/' } } }, [], spec);
    expect(plan.steps.map((step) => step.volume)).not.toContain('usb');
  });

  it('a volume that cannot be written to', () => {
    const facts = world({ volumes: VOLUMES, endpoints: NOTHING });
    facts.volumes['usb']!.directory!.writable = false;
    const plan = buildPrepare(inputFor(specFrom(SPEC), facts));
    expect(plan.steps.map((step) => step.volume)).not.toContain('usb');
    expect(remarks(plan)).toMatchObject([{ severity: 'error', code: 'volume-not-writable' }]);
  });

  it('a source that is not there: what is to be backed up is not made by us', () => {
    const plan = prepare({ endpoints: { ...NOTHING, 'laptop:docs': { missing: true } } });
    expect(plan.steps.map((step) => step.id)).not.toContain('create:laptop:docs');
    expect(remarks(plan)).toMatchObject([{ severity: 'error', code: 'source-missing' }]);
  });

  it('what only disabled syncs would use', () => {
    const plan = prepare({}, [], SPEC.replace('[syncs.copy]', '[syncs.copy]\nenabled = false'));
    expect(plan.steps.map((step) => step.volume)).not.toContain('hub');
    expect(commands(plan, 'create:usb:docs')).not.toContain(mark('/mnt/usb/docs/.nbkp-src'));
  });
});
