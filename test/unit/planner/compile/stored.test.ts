import { describe, expect, it } from 'vitest';
import { forecastOf } from '../../../../src/planner/compile/forecast.ts';
import { withHistories } from '../../../../src/planner/facts/histories.ts';
import { CARGO_IDS } from '../../../../src/planner/file-systems/kept.ts';
import { guardedPlanning } from '../../../../src/planner/kinds/plugin/planning.ts';
import type { ExecutorPlanning, VolumePlanning } from '../../../../src/planner/model/executor.ts';
import { hostAt, type Spec } from '../../../../src/planner/model/spec.ts';
import type { Facts } from '../../../../src/planner/model/facts.ts';
import type { Plan } from '../../../../src/planner/model/plan.ts';
import { decideSync } from '../../../../src/planner/plan-file/fit.ts';
import { buildRestore } from '../../../../src/planner/purposes/restore.ts';
import { buildPlan } from '../../../../src/planner/purposes/backup.ts';
import { keeper } from '../../../conformance/tar-keeper.ts';
import { oneDiskRemarks } from '../../../../src/planner/volumes/one-disk.ts';
import { world } from '../../../support/facts.ts';
import { inputFor, PLANNING, specFrom, stepIn } from '../../../support/planning.ts';

const UUID = '8a3b2c1d-1111-2222-3333-444455556666';
const SPEC = specFrom(`version = 1
volumes.laptop.path = "/home/ada"
volumes.usb.mount.device-uuid = "${UUID}"
volumes.vault = { on = "usb:vault", keeper.compress = false, snapshots.keep.last = 1 }
syncs.docs = { source = "laptop:docs", destination = "vault:docs" }
`);
const TIMES = ['2026-03-01T12:00:00.000Z', '2026-03-02T12:00:00.000Z'];
const KEPT = TIMES.map((time) => `${time}.tar\n`).join('');

const executors = [...PLANNING, keeper.planning];

function planFrom(facts: Facts): Plan {
  return buildPlan({ ...inputFor(SPEC, facts), executors }, Object.values(SPEC.syncs));
}

/** What its executor keeps, as its answer says it. */
function open(stdout: string): Facts {
  const facts = world({
    volumes: { laptop: { path: '/home/ada' }, usb: { path: '/media/ada/usb', uuid: UUID } },
    endpoints: { 'laptop:docs': { source: true }, 'usb:vault/docs': { destination: true } },
  });
  const answers = { keeper: { docs: { list: { code: 0, stdout, problem: null } } } };
  return withHistories(SPEC, { ...facts, answers }, executors);
}

function closed(): Facts {
  const facts = world({
    volumes: { laptop: { path: '/home/ada' }, usb: null },
    endpoints: { 'laptop:docs': { source: true } },
  });
  const usb = facts.volumes['usb'];
  if (facts.hosts['local']?.reachable !== true || usb === undefined) throw new Error('the world is not as it was');
  facts.hosts['local'].udisks = true;
  const device = { path: '/dev/sdb', type: 'disk', fsType: 'ext4', uuid: UUID, label: '', readOnly: false };
  usb.drive = { devices: [device], cleartext: null, namesake: null };
  return facts;
}

describe('a history that an executor keeps on a drive', () => {
  it('is unlocked and mounted with it, and pruned when it is open as far as was shown', () => {
    const shown = planFrom(closed());
    const transfer = stepIn(shown, 'transfer:docs');
    expect(transfer).toMatchObject({ awaits: ['usb'], locks: [{ path: '{mount:usb}/vault/docs/.nbkp-lock' }] });
    expect(stepIn(shown, 'prune:docs')).toMatchObject({
      summary: expect.stringContaining('at most'),
      executor: { name: 'keeper', version: '1.0.0' },
      dependsOn: ['transfer:docs'],
    });
    const ids = shown.steps.map(({ id }) => id);
    for (const { dependsOn } of shown.steps) expect(ids).toEqual(expect.arrayContaining(dependsOn));
    expect(shown.steps.map(({ kind }) => kind)).toContain('mount');
    const decided = planFrom(open(KEPT));
    const decision = decideSync(shown, decided, 'docs', { '{mount:usb}': '/media/ada/usb' }, 10);
    if (decision.state === 'not-run') throw new Error(decision.finding.message);
    const [oldest] = TIMES;
    expect(decision.steps.get('prune:docs')?.commands).toEqual([
      ['rm', '-f', '--', `/media/ada/usb/vault/archives/docs/${oldest}.tar`],
    ]);
  });

  it.each([
    ['the names of others', ['store', 'forget', 'a', 'b'], 'fits'],
    ['an option', ['store', 'forget', '--all', 'b'], 'not-run'],
    ['another program', ['rm', 'forget', 'a'], 'not-run'],
    ['a path', ['store', 'forget', '/home'], 'not-run'],
  ])('lets go with %s as far as the closed drive had it shown: %j', (_, argv, state) => {
    const forgets = (commands: (ids: string[]) => string[]): ExecutorPlanning =>
      brought({
        forget: (__, snapshots) => {
          const ids = snapshots.map(({ id }) => id);
          return { commands: [commands(ids)], params: { ids } };
        },
      });
    const plans = (facts: Facts, executor: ExecutorPlanning): Plan =>
      buildPlan({ ...inputFor(SPEC, facts), executors: [...PLANNING, executor] }, Object.values(SPEC.syncs));
    const shown = plans(
      closed(),
      forgets((ids) => ['store', 'forget', ...ids]),
    );
    expect(stepIn(shown, 'prune:docs').commands).toEqual([['store', 'forget', '{forget:docs}']]);
    const decided = plans(
      open(KEPT),
      forgets(() => argv),
    );
    expect(decideSync(shown, decided, 'docs', { '{mount:usb}': '/media/ada/usb' }, 10).state).toBe(state);
  });

  it('never loses the newest in the run that makes another, which only its executor has seen', () => {
    const { retention } = planFrom(open(KEPT)).syncs[0]!;
    expect(retention).toMatchObject([
      { name: TIMES[0], verdict: 'prune' },
      { name: TIMES[1], verdict: 'keep', reasons: ['goes when the one after it was seen'] },
    ]);
  });

  it('gives two of one moment names of their own, and marks the one that is not whole', () => {
    const twice = { ...keeper.planning, volumes: { history: () => HISTORY } };
    const facts = withHistories(SPEC, { ...open(''), answers: { keeper: { docs: {} } } }, [twice]);
    expect(facts.endpoints['usb:vault/docs']).toMatchObject({
      stored: { state: 'ready' },
      latest: { kind: 'snapshot', name: '2026-03-02T12:00:00.001Z' },
      snapshots: {
        '2026-03-02T12:00:00.000Z': { kind: 'stored', id: 'a' },
        '2026-03-02T12:00:00.001Z': { kind: 'stored', id: 'b' },
        '.incomplete-2026-03-02T12:00:00.001Z': { kind: 'file' },
      },
    });
  });
});

/** `keeper`, as a package brings it, with something else in its place. */
function brought(volumes: Partial<VolumePlanning>): ExecutorPlanning {
  const own = keeper.planning.volumes;
  if (own === undefined) throw new Error('keeper provides no volumes');
  return guardedPlanning({ ...keeper.planning, volumes: { ...own, ...volumes } }, 'keeper@1.0.0', 2);
}

function planWith(executor: ExecutorPlanning, spec: Spec = SPEC): Plan {
  const all = [...PLANNING, executor];
  const facts = withHistories(spec, open(KEPT), all);
  return buildPlan({ ...inputFor(spec, facts), executors: all }, Object.values(spec.syncs));
}

describe('what an executor says of what it keeps', () => {
  it('is what the plan says that it does not keep, whatever the file system below could', () => {
    const { findings } = planWith(brought({ keeps: () => ['links', 'permissions'] }));
    const found = findings.filter(({ code }) => code === 'not-kept');
    expect(found).toMatchObject([
      { volume: 'vault', message: expect.stringMatching(/vault \(keeper\): owners, .*ACLs/) },
    ]);
    expect(found[0]?.message).not.toContain('symbolic links');
    expect(planWith(brought({ keeps: () => CARGO_IDS })).findings).toEqual([]);
  });

  it('is what min-free and the forecast go by, where it has room of its own', () => {
    const room = { freeBytes: 5_000_000, totalBytes: 10_000_000 };
    const history = brought({ history: () => ({ state: 'ready', snapshots: [], room }) });
    const { syncs } = planWith(history, { ...SPEC, syncs: withMinFree(6_000_000) });
    expect(syncs[0]).toMatchObject({
      state: 'blocked',
      code: 'min-free',
      reason: expect.stringContaining('vault:docs'),
    });
    const fits = planWith(history, { ...SPEC, syncs: withMinFree(4_000_000) });
    expect(stepIn(fits, 'transfer:docs').preconditions).toContainEqual(
      expect.objectContaining({ fact: '/endpoints/usb:vault~1docs/stored/room/freeBytes', value: 4_000_000 }),
    );
    const estimate = { files: 1, bytes: 1000, creates: 1, updates: 0, deletes: 0, basis: 'dry-run' as const };
    const steps = [{ ...stepIn(fits, 'transfer:docs'), estimate }];
    const forecast = forecastOf(SPEC, steps, withHistories(SPEC, open(KEPT), [history]));
    expect(forecast).toMatchObject([{ volume: 'vault', freeBytes: 5_000_000, finalFreeBytes: { low: 4_999_000 } }]);
  });

  it.each([
    ['forget', () => ({ commands: [], params: null }), 'no commands'],
    ['forget', () => fail('out of order'), 'out of order'],
    ['keeps', () => fail('out of order'), 'out of order'],
    ['keeps', () => undefined as never, 'no list'],
  ])('blocks the sync when %s goes wrong', (part, wrong, words) => {
    const { syncs } = planWith(brought({ [part]: wrong }));
    expect(syncs[0]).toMatchObject({
      state: 'blocked',
      code: 'executor-failed',
      reason: expect.stringContaining(words),
    });
  });

  it('waits for a file that is read on the drive, which is closed, and lacks it when that is open', () => {
    const reading = { ...keeper.planning, inputFiles: () => [{ host: 'local', path: '/media/ada/usb/patterns' }] };
    const facts = closed();
    const all = [...PLANNING, reading];
    const shown = buildPlan({ ...inputFor(SPEC, facts), executors: all }, Object.values(SPEC.syncs));
    expect(shown.syncs[0]?.state).toBe('planned');
    expect(stepIn(shown, 'transfer:docs')).toMatchObject({
      awaits: ['usb'],
      reads: [{ path: '/media/ada/usb/patterns', digest: null }],
    });
    const opened = buildPlan({ ...inputFor(SPEC, open(KEPT)), executors: all }, Object.values(SPEC.syncs));
    expect(opened.syncs[0]).toMatchObject({ state: 'blocked', code: 'executor-input-missing' });
  });

  it('may have its marks in the source, where nothing else of it is, and takes no room there', () => {
    const spec = specFrom(`version = 1
volumes.laptop.path = "/home/ada"
volumes.vault.keeper.folder = "/srv/archives"
syncs.docs = { source = "laptop", destination = "vault:docs", policy.min-free = "1TB" }
`);
    const facts = world({
      volumes: {
        laptop: { path: '/home/ada', target: '/home', device: '8:1' },
        vault: { path: '/home/ada/.local/state/nbkp/stores/vault', target: '/home', device: '8:1' },
      },
      endpoints: { laptop: { source: true }, 'vault:docs': { destination: true } },
    });
    const answers = { keeper: { docs: { list: { code: 0, stdout: KEPT, problem: null } } } };
    const seen = withHistories(spec, { ...facts, answers }, executors);
    const plan = buildPlan({ ...inputFor(spec, seen), executors }, Object.values(spec.syncs));
    expect(plan.syncs[0]).toMatchObject({ state: 'planned', destination: 'vault:docs' });
    expect(plan.findings.map(({ code }) => code)).toEqual(['not-kept']);
    expect(oneDiskRemarks({ spec, facts: seen }, Object.values(spec.syncs), 'any')).toEqual([]);
    const nowhere = brought({ withoutOn: undefined as never });
    const others = [...PLANNING, nowhere];
    const blocked = buildPlan({ ...inputFor(spec, seen), executors: others }, Object.values(spec.syncs));
    expect(blocked.syncs[0]).toMatchObject({ state: 'blocked', code: 'provided-volume-unclear' });
  });

  it('is not brought back from a server, where its executor does not work', () => {
    const spec = specFrom(`version = 1
ssh.hub.host = "hub"
volumes.laptop.path = "/home/ada"
volumes.nas = { path = "/srv", ssh = "hub" }
volumes.vault = { on = "nas:vault", keeper.compress = false }
syncs.docs = { source = "laptop:docs", destination = "vault:docs" }
`);
    const facts = world({
      volumes: { laptop: { path: '/home/ada' }, nas: { path: '/srv' } },
      endpoints: { 'laptop:docs': { source: true }, 'nas:vault/docs': { destination: true } },
    });
    const answers = { keeper: { docs: { list: { code: 0, stdout: KEPT, problem: null } } } };
    const hosts = { ...facts.hosts, [hostAt(spec, 'nas')]: facts.hosts['local']! };
    const seen = withHistories(spec, { ...facts, hosts, answers }, executors);
    const restore = { sync: 'docs', snapshot: null, paths: [], to: '/tmp/back', overwrite: 'never' as const };
    const docs = spec.syncs['docs'];
    if (docs === undefined) throw new Error('the spec has no docs');
    const plan = buildRestore({ ...inputFor(spec, seen, { restore }), executors }, docs, restore);
    expect(plan.syncs[0]).toMatchObject({
      state: 'blocked',
      code: 'store-opaque',
      reason: expect.stringContaining('on a server'),
    });
    expect(plan.steps).toEqual([]);
  });

  it('is unusable with a room that is no number', () => {
    const room = { freeBytes: Number.NaN };
    const { syncs } = planWith(brought({ history: () => ({ state: 'ready', snapshots: [], room }) }));
    expect(syncs[0]).toMatchObject({ code: 'store-unusable', reason: expect.stringContaining('number of bytes') });
  });
});

function fail(words: string): never {
  throw new Error(words);
}

function withMinFree(minFree: number): Spec['syncs'] {
  const docs = SPEC.syncs['docs'];
  if (docs === undefined) throw new Error('the spec has no docs');
  return { docs: { ...docs, policy: { ...docs.policy, minFree } } };
}

const AT = '2026-03-02T12:00:00.000Z';
const HISTORY = {
  state: 'ready' as const,
  snapshots: [
    { id: 'b', at: AT, incomplete: true as const },
    { id: 'a', at: '2026-03-02T13:00:00.000+01:00' },
  ],
};
