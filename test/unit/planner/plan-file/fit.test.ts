import { describe, expect, it } from 'vitest';
import { CARGO_IDS } from '../../../../src/planner/file-systems/kept.ts';
import type { Plan } from '../../../../src/planner/model/plan.ts';
import type { Step } from '../../../../src/planner/model/step.ts';
import { decideSync } from '../../../../src/planner/plan-file/fit.ts';
import { world, type EndpointWorld } from '../../../support/facts.ts';
import { planOf } from '../../../support/planning.ts';

const UUID = '8a3b2c1d-1111-2222-3333-444455556666';
const SPEC = `version = 1
volumes.laptop.path = "/home/ada"
volumes.usb.mount.device-uuid = "${UUID}"
syncs.docs = { source = "laptop:docs", destination = "usb:docs", snapshots = { mode = "hard-link", keep.last = 1 } }
policy.max-prune = 2
`;
const VALUES = { '{mount:usb}': '/media/ada/usb' };
const SNAPSHOTS = ['2026-03-01T12:00:00.000Z', '2026-03-02T12:00:00.000Z'];

function shown(spec = SPEC): Plan {
  const facts = world({
    volumes: { laptop: { path: '/home/ada' }, usb: null },
    endpoints: { 'laptop:docs': { source: true } },
  });
  const usb = facts.volumes['usb'];
  if (facts.hosts['local']?.reachable !== true || usb === undefined) throw new Error('the world is not as it was');
  facts.hosts['local'].udisks = true;
  const device = { path: '/dev/sdb', type: 'disk', fsType: 'ext4', uuid: UUID, label: '', readOnly: false };
  usb.drive = { devices: [device], cleartext: null, namesake: null };
  return planOf(spec, facts);
}

function open(destination: EndpointWorld, sentinel = true): Plan {
  const volumes = { laptop: { path: '/home/ada' }, usb: { path: '/media/ada/usb', uuid: UUID, sentinel } };
  const endpoints = { 'laptop:docs': { source: true }, 'usb:docs': { destination: true, ...destination } };
  return planOf(SPEC, world({ volumes, endpoints }));
}

function altered(plan: Plan, id: string, change: Partial<Step>): Plan {
  return { ...plan, steps: plan.steps.map((step) => (step.id === id ? { ...step, ...change } : step)) };
}

const decide = (decided: Plan) => decideSync(shown(), decided, 'docs', VALUES, 10);

describe('what is decided when the drive is open', () => {
  it.each([
    ['the first snapshot', { snapshots: [] }],
    ['a snapshot after another', { snapshots: SNAPSHOTS.slice(0, 1) }],
    ['a prune within the bound', { snapshots: SNAPSHOTS }],
    [
      'the rest of an interrupted transfer',
      { snapshots: SNAPSHOTS, entries: { '.partial-2026-03-03T12:00:00.000Z': 'directory' } },
    ],
  ] as const)('fits: %s', (_, { snapshots, ...rest }) => {
    const decision = decide(open({ snapshots: [...snapshots], ...rest }));
    expect(decision.state === 'not-run' ? decision.finding : null).toBeNull();
  });

  it('fits: times that are compared exactly, which only the open drive can tell', () => {
    const volumes = { laptop: { path: '/home/ada' }, usb: { path: '/media/ada/usb', uuid: UUID } };
    const facts = world({
      volumes,
      endpoints: { 'laptop:docs': { source: true }, 'usb:docs': { destination: true, snapshots: [] } },
    });
    for (const seen of Object.values(facts.endpoints)) seen.nanoseconds = { source: true, destination: true };
    const decided = planOf(SPEC, facts);
    expect(decided.steps.flatMap(({ commands }) => commands.flat())).toContain('--modify-window=-1');
    expect(decide(decided).state).toBe('fits');
  });

  it.each(['vfat', 'exfat', 'ntfs-3g', 'ntfs3'])('fits: less, since %s holds no more', (fsType) => {
    const spec = SPEC.replace('snapshots = { mode = "hard-link", keep.last = 1 }', 'rsync.extra-options = ["-H"]');
    const volumes = { laptop: { path: '/home/ada' }, usb: { path: '/media/ada/usb', uuid: UUID, fsType } };
    const endpoints = { 'laptop:docs': { source: true }, 'usb:docs': { destination: true } };
    const decided = planOf(spec, world({ volumes, endpoints }));
    const decision = decideSync(shown(spec), decided, 'docs', VALUES, 10);
    expect(decision.state === 'not-run' ? decision.finding : null).toBeNull();
  });

  it.each([
    ['create', 'fits'],
    ['record', 'fits'],
    ['command', 'not-run'],
  ])('writes down whose the destination is and when it succeeded, and does nothing else besides: %s', (kind, state) => {
    const decided = open({ snapshots: [] });
    const [transfer] = decided.steps.filter(({ id }) => id === 'transfer:docs');
    const further = { ...transfer!, id: `${kind}:docs:more`, kind };
    expect(decide({ ...decided, steps: [further, ...decided.steps] }).state).toBe(state);
  });

  it('fits: more, since the copy there was begun so', () => {
    const owner = {
      source: 'a',
      machine: '',
      spec: '',
      sync: 'docs',
      options: { keeps: [...CARGO_IDS], modifyWindow: 0 },
    };
    const decision = decide(open({ snapshots: SNAPSHOTS, identity: { owner } }));
    expect(decision.state === 'not-run' ? decision.finding : null).toBeNull();
    const transfer = decision.state === 'fits' ? decision.steps.get('transfer:docs') : null;
    expect(transfer?.commands.flat()).toContain('--acls');
  });

  it('runs in the order that was shown, with the real paths', () => {
    const decision = decide(open({ snapshots: SNAPSHOTS }));
    const transfer = decision.state === 'fits' ? decision.steps.get('transfer:docs') : null;
    expect(transfer?.dependsOn).toEqual(['mount:usb']);
    expect(JSON.stringify(transfer?.commands)).toContain('--link-dest=/media/ada/usb/docs/snapshots/2026-03-02');
  });

  it('leaves out a prune that is not needed', () => {
    const decision = decide(open({ snapshots: [] }));
    expect(decision.state === 'fits' ? decision.steps.get('prune:docs') : 'refused').toBeNull();
  });

  it('deletes no snapshot where the plan spoke of fewer, and still backs up', () => {
    const decision = decideSync(shown(), open({ snapshots: SNAPSHOTS }), 'docs', VALUES, 1);
    if (decision.state !== 'fits') throw new Error(decision.finding.message);
    expect(decision.steps.get('prune:docs')).toBeNull();
    expect(decision.steps.get('transfer:docs')).not.toBeNull();
    expect(decision.remarks).toMatchObject([{ code: 'prune-postponed', sync: 'docs' }]);
  });

  it('is refused by its guard when more would be pruned than policy allows', () => {
    const snapshots = [...SNAPSHOTS, '2026-03-03T12:00:00.000Z'];
    expect(decide(open({ snapshots }))).toMatchObject({ outcome: 'refused', finding: { code: 'max-prune-exceeded' } });
  });

  it('skips the sync when the sentinel is missing: it may be another drive', () => {
    expect(decide(open({ snapshots: [] }, false))).toMatchObject({
      outcome: 'skipped',
      finding: { code: 'sentinel-missing' },
    });
  });

  const exceeded = { outcome: 'refused', finding: { code: 'plan-exceeded' } };

  it('is refused when it runs another program', () => {
    const decided = altered(open({ snapshots: [] }), 'snapshot:docs', { commands: [['rm', '-rf', '/home/ada']] });
    expect(decide(decided)).toMatchObject(exceeded);
  });

  it('is refused when rsync has other flags', () => {
    const plan = open({ snapshots: [] });
    const commands = plan.steps[0]?.commands.map((argv) =>
      argv[0] === 'rsync' ? ['rsync', '--inplace', ...argv.slice(1)] : argv,
    );
    expect(decide(altered(plan, 'transfer:docs', { commands: commands ?? [] }))).toMatchObject(exceeded);
  });

  it('may name the snapshot to build on where the plan could not, and nothing else in its place', () => {
    const replica = (...words: string[]) => ({
      commands: [['sh', '-c', 'send', ...words]],
      executor: { name: 'rsync', version: '1.0.0' },
    });
    const before = altered(shown(), 'transfer:docs', replica('{parent:docs}', 'x'));
    const now = (...words: string[]) =>
      decideSync(before, altered(open({ snapshots: [] }), 'transfer:docs', replica(...words)), 'docs', VALUES, 10);
    expect(now('/data/snapshots/a', 'x').state).toBe('fits');
    expect(now('', 'x').state).toBe('fits');
    expect(now('/data/snapshots/a', 'y')).toMatchObject({ state: 'not-run', finding: { code: 'plan-exceeded' } });
  });

  it('is refused when it has a step that was not shown', () => {
    expect(decide(altered(open({ snapshots: [] }), 'snapshot:docs', { id: 'snapshot:other' }))).toMatchObject(exceeded);
  });

  it('is refused when it is more destructive than what was shown', () => {
    expect(decide(altered(open({ snapshots: [] }), 'transfer:docs', { destructive: true }))).toMatchObject(exceeded);
  });

  it.each<[string, string, Partial<Step>]>([
    ['on another machine', 'transfer:docs', { host: 'ssh:hub' }],
    ['as another kind', 'transfer:docs', { kind: 'replica' }],
    ['to delete', 'transfer:docs', { action: 'delete' }],
  ])('is refused when it would be done %s', (_, id, change) => {
    expect(decide(altered(open({ snapshots: [] }), id, change))).toMatchObject(exceeded);
  });

  it('is refused where a program of its own leaves the drive', () => {
    const more = (...argv: string[]) => {
      const plan = open({ snapshots: [] });
      const commands = plan.steps.find(({ id }) => id === 'transfer:docs')?.commands ?? [];
      return decide(altered(plan, 'transfer:docs', { commands: [...commands, argv] }));
    };
    expect(more('touch', '/media/ada/usb/docs/mark').state).toBe('fits');
    expect(more('touch', '/media/ada/usb/docs/mark', '/etc/passwd')).toMatchObject(exceeded);
    expect(more('touch', 'mark')).toMatchObject(exceeded);
  });

  it('says nothing of snapshots to prune where there are none to be pruned, or as many as were spoken of', () => {
    const bounded = (snapshots: string[], most: number) =>
      decideSync(shown(), open({ snapshots }), 'docs', VALUES, most);
    expect(bounded([], 0)).toMatchObject({ state: 'fits', remarks: [] });
    expect(bounded(SNAPSHOTS, 2)).toMatchObject({ state: 'fits', remarks: [] });
    expect(bounded(SNAPSHOTS, 1)).toMatchObject({ state: 'fits', remarks: [{ code: 'prune-postponed' }] });
  });

  it('is refused when another executor would do it', () => {
    const executor = { name: 'rclone', version: '1.0.0' };
    expect(decide(altered(open({ snapshots: [] }), 'transfer:docs', { executor }))).toMatchObject(exceeded);
  });
});
