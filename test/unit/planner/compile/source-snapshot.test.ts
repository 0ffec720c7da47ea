import { describe, expect, it } from 'vitest';
import type { ExecutorAnswer, Facts, InnerMount } from '../../../../src/planner/model/facts.ts';
import { buildPlan } from '../../../../src/planner/purposes/backup.ts';
import { inputFor, specFrom, stepIn } from '../../../support/planning.ts';
import { codeOf, factsOf, planned, tomlOf, type OneSync } from './rig.ts';

const TOLD = 'root 1000 /home\0inner 1000 /home/ada/docs/inner\0end\0';

interface Source {
  uid?: number;
  options?: string[];
  answer?: Partial<ExecutorAnswer>;
  mounts?: InnerMount[];
  fsType?: string;
  btrfs?: boolean;
}

/** A source on btrfs, and what the probe said of it. */
function scene(
  { uid = 0, options = ['rw'], answer = {}, mounts, fsType = 'btrfs', btrfs = true }: Source,
  more: OneSync = {},
): OneSync {
  return {
    ...more,
    sync: ['source-snapshot = "btrfs"', ...(more.sync ?? [])],
    volumes: { laptop: { path: '/home/ada', target: '/home', fsType, options } },
    source: { leftovers: ['.nbkp-source'], ...more.source },
    change: (facts: Facts) => {
      const host = facts.hosts['local'];
      if (host?.reachable === true) Object.assign(host, { uid, btrfs });
      facts.answers = { btrfs: { docs: { source: { code: 0, stdout: TOLD, problem: null, ...answer } } } };
      const source = facts.endpoints['laptop:docs'];
      if (source !== undefined && mounts !== undefined) source.mounts = mounts;
      more.change?.(facts);
    },
  };
}

const tmpfs: InnerMount = {
  device: '99',
  mount: { target: '/home/ada/docs/mnt', source: 'tmpfs', fsType: 'tmpfs', uuid: null, options: ['rw'] },
};

describe('a snapshot of the source', () => {
  it.each<[string, Source, OneSync, string]>([
    ['of root', {}, {}, 'ok'],
    ['of its owner, who may delete it', { uid: 1000, options: ['rw', 'user_subvol_rm_allowed'] }, {}, 'ok'],
    ['of its owner, who may not delete it', { uid: 1000 }, {}, 'blocked source-snapshot-not-allowed'],
    ['of another user', { uid: 1001, options: ['user_subvol_rm_allowed'] }, {}, 'blocked source-snapshot-not-allowed'],
    ['of what is not on btrfs', { fsType: 'ext4' }, {}, 'blocked source-snapshot-file-system'],
    ['without btrfs-progs', { btrfs: false }, {}, 'blocked source-snapshot-btrfs-missing'],
    ['without a folder for it', {}, { source: { leftovers: [] } }, 'blocked source-snapshot-unprepared'],
    ['of a part that is mounted', { answer: { code: 3, stdout: '' } }, {}, 'blocked source-snapshot-no-subvolume'],
    [
      'when nobody could tell',
      { answer: { code: null, problem: 'find did not answer' } },
      {},
      'blocked source-snapshot-unknown',
    ],
    ['when the answer is cut off', { answer: { stdout: TOLD.slice(0, -5) } }, {}, 'blocked source-snapshot-unknown'],
    [
      'with a name that is not UTF-8',
      { answer: { stdout: TOLD.replace('inner\0', '\uFFFD\0') } },
      {},
      'blocked source-snapshot-unknown',
    ],
    ['with a mount in it', { mounts: [tmpfs] }, {}, 'blocked source-snapshot-mounts'],
    ['with a mount that is left out', { mounts: [tmpfs] }, { sync: ['filters = [{ exclude = "/mnt" }]'] }, 'ok'],
    ['with a mount that rsync does not enter', { mounts: [tmpfs] }, { sync: ['rsync.extra-options = ["-x"]'] }, 'ok'],
  ])('%s', (_, source, more, code) => {
    expect(codeOf(scene(source, more))).toBe(code);
  });

  it.each([
    ['filters = ["-/ /home/ada/docs/cache"]', 'blocked source-snapshot-absolute-rule'],
    ['filters = ["hide,/ /home/ada/docs/cache"]', 'blocked source-snapshot-absolute-rule'],
    ['filters = ["-rs/_/home/ada/docs/cache"]', 'blocked source-snapshot-absolute-rule'],
    ['filters = [":/ .rules"]', 'blocked source-snapshot-absolute-rule'],
    ['filters = ["- /cache", { exclude = "/a/b" }, ": .rules"]', 'ok'],
    ['filters = ["P/ /mnt/usb/docs/old", "-r/ /mnt/usb/docs/older"]', 'ok'],
  ])('has other absolute paths than the source: %s', (line, code) => {
    expect(codeOf(scene({}, { sync: [line] }))).toBe(code);
  });

  it('names a rule for absolute paths, and in a file only its line', () => {
    const change = (facts: Facts) => void (facts.filterFiles['/rules'] = ['- *.tmp', '-/ /home/ada/docs/cache']);
    const [inFile] = planned(scene({}, { sync: ['filter-file = "/rules"'], change })).findings;
    expect(inFile?.message).toContain('The filter rule in line 2 of /rules has');
    const [inSpec] = planned(scene({}, { sync: ['filters = ["-/ /home/ada/docs/cache"]'] })).findings;
    expect(inSpec?.message).toContain('"-/ /home/ada/docs/cache"');
    expect(inSpec?.location?.line).toBeGreaterThan(0);
  });

  it('holds what filters do not leave out, each with a snapshot in its place', () => {
    const plan = planned(scene({}));
    const folder = '/home/ada/docs/.nbkp-source';
    const [make] = stepIn(plan, 'source-snapshot:docs').commands;
    expect(make?.slice(-4)).toEqual([folder, 'docs', '/home', '/home/ada/docs/inner']);
    expect(stepIn(plan, 'transfer:docs').commands.flat()).toContain(`${folder}/docs/ada/docs/`);
    expect(plan.findings).toMatchObject([{ code: 'source-snapshot-inner', severity: 'info' }]);
    const less = planned(scene({}, { sync: ['filters = [{ exclude = "/inner" }]'] }));
    const [alone, check] = stepIn(less, 'source-snapshot:docs').commands;
    expect(alone?.slice(-3)).toEqual([folder, 'docs', '/home']);
    expect(check?.slice(-3)).toEqual(['!', '-path', `${folder}/docs/ada/docs/inner`]);
  });

  it('is locked by its name, waits for the commands before it, and goes when the transfer is over', () => {
    const plan = planned(scene({}, { sync: ['before = [["dump"]]', 'after = [["ring"]]'] }));
    const make = stepIn(plan, 'source-snapshot:docs');
    expect(make.dependsOn).toEqual(['before:docs:1']);
    expect(make.locks.map(({ path, mode }) => `${mode} ${path}`)).toEqual([
      'exclusive /mnt/usb/docs/.nbkp-lock',
      'exclusive /home/ada/docs/.nbkp-source/docs.lock',
    ]);
    expect(stepIn(plan, 'transfer:docs').dependsOn).toEqual(['source-snapshot:docs']);
    const release = stepIn(plan, 'source-release:docs');
    expect(release).toMatchObject({ releases: 'source-snapshot:docs', dependsOn: ['transfer:docs'] });
    // A command for success waits for what has to succeed.
    expect(stepIn(plan, 'after:docs:1').dependsOn).toEqual(['transfer:docs']);
  });

  it('is there for what judges the loss before anything is pruned', () => {
    const sync = ['snapshots = { mode = "hard-link", keep.last = 1 }', 'policy.prune-first = true'];
    const snapshots = ['2026-03-01T20:00:00.000Z', '2026-03-02T20:00:00.000Z', '2026-03-03T20:00:00.000Z'];
    const plan = planned(scene({}, { sync, destination: { snapshots } }));
    expect(stepIn(plan, 'judge:docs').dependsOn).toEqual(['source-snapshot:docs']);
    expect(plan.steps.map(({ kind }) => kind).slice(0, 2)).toEqual(['source-snapshot', 'judge']);
  });

  it('is made in place of one that a dead run has left', () => {
    const leftovers = ['.nbkp-source', '.nbkp-source/docs'];
    const make = stepIn(planned(scene({}, { source: { leftovers } })), 'source-snapshot:docs');
    expect(make.commands).toHaveLength(3);
    expect(make.reason).toContain('removed first');
  });

  it('is not needed where a chain reads a snapshot, and of no use to what reads no folder', () => {
    const chain = { snapshots: ['2026-03-01T20:00:00.000Z'], destination: true };
    const plan = planned(scene({}, { source: { ...chain, leftovers: ['.nbkp-source'] } }));
    expect(plan.findings).toMatchObject([{ code: 'source-snapshot-needless' }]);
    expect(plan.steps.map(({ kind }) => kind)).toEqual(['transfer']);
    const replica = scene({}, { sync: ['transfer = "replica"'] });
    const input = inputFor(specFrom(tomlOf(replica)), factsOf(replica));
    const nothing = () => ({ steps: [], findings: [] });
    const executor = { name: 'replica', version: '1', kinds: ['transfer'], planReplica: nothing, commands: () => [] };
    const { syncs } = buildPlan(
      { ...input, executors: [...input.executors, executor] },
      Object.values(input.spec.syncs),
    );
    expect(syncs).toMatchObject([{ state: 'blocked', code: 'source-snapshot-unused' }]);
  });

  it('guards against an empty source as ever', () => {
    const history = { lastRun: null, lastSuccess: null };
    const empty = scene({}, { source: { empty: true, leftovers: ['.nbkp-source'] }, history: { docs: history } });
    expect(codeOf(empty)).toBe('blocked source-empty');
  });

  it('is planned from the spec alone, before anybody has seen the source', () => {
    const plan = planned({ sync: ['source-snapshot = "btrfs"'], change: (facts) => void (facts.basis = 'none') });
    expect(plan.steps.map(({ id }) => id)).toEqual(['source-snapshot:docs', 'transfer:docs', 'source-release:docs']);
  });
});
