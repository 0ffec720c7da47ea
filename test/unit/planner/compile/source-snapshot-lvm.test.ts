import { describe, expect, it } from 'vitest';
import { asPrepared } from '../../../../src/planner/init/as-prepared.ts';
import { syncSection } from '../../../../src/planner/init/first-spec.ts';
import { snapshotsFor } from '../../../../src/planner/init/of-one-moment.ts';
import { entryText } from '../../../../src/planner/import/toml.ts';
import type { Finding } from '../../../../src/planner/model/finding.ts';
import type { Spec } from '../../../../src/planner/model/spec.ts';
import { readSpec } from '../../../../src/planner/spec/index.ts';
import { COLUMNS, brokenVolume, volumeOf } from '../../../../src/planner/kinds/source-snapshot/lvm-volumes.ts';
import type { ExecutorAnswer, Facts, InnerMount } from '../../../../src/planner/model/facts.ts';
import { buildRecover } from '../../../../src/planner/purposes/recover.ts';
import { inputFor, specFrom, stepIn } from '../../../support/planning.ts';
import { codeOf, factsOf, planned, tomlOf, type OneSync } from './rig.ts';

const GIB = 2 ** 30;

type Row = Partial<Record<(typeof COLUMNS)[number], string>>;

/** As `lvs --all --reportformat json --units b --nosuffix` of LVM 2.03 says it. */
function told(...rows: Row[]): string {
  const whole = rows.map((row) => ({ ...Object.fromEntries(COLUMNS.map((column) => [column, ''])), ...row }));
  return JSON.stringify({ report: [{ lv: whole }] });
}

const of = (row: Row): Row => ({ vg_name: 'vg-0', vg_free: String(3 * GIB), ...row });
const HOME = of({ lv_name: 'home', segtype: 'linear', lv_size: String(50 * GIB) });
const THIN = of({ lv_name: 'home', segtype: 'thin', lv_size: String(50 * GIB), pool_lv: 'pool', data_percent: '90' });
const pool = (data: string): Row =>
  of({ lv_name: 'pool', segtype: 'thin-pool', lv_size: String(100 * GIB), data_percent: data });

interface Source {
  uid?: number;
  device?: string;
  fsType?: string;
  answer?: Partial<ExecutorAnswer>;
  mounts?: InnerMount[];
}

const SIZE = 'lvm.size = "2GiB"';

/** A source in `ada` of a file system on a logical volume, which is mounted at /home. */
function scene(
  { uid = 0, device = '/dev/mapper/vg--0-home', fsType = 'ext4', answer = {}, mounts }: Source = {},
  more: OneSync = {},
): OneSync {
  return {
    ...more,
    sync: ['source-snapshot = "lvm"', ...(more.sync ?? [SIZE])],
    volumes: { laptop: { path: '/home/ada', target: '/home', fsType }, ...more.volumes },
    source: { leftovers: ['.nbkp-source'], ...more.source },
    change: (facts: Facts) => {
      const host = facts.hosts['local'];
      if (host?.reachable === true) Object.assign(host, { uid });
      facts.answers = { lvm: { docs: { volumes: { code: 0, stdout: told(HOME), problem: null, ...answer } } } };
      for (const { directory } of [...Object.values(facts.volumes), ...Object.values(facts.endpoints)])
        if (directory?.mount?.target === '/home') directory.mount.source = device;
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

const thin = (data: string): Source => ({ answer: { stdout: told(THIN, pool(data)) } });

describe('a snapshot of the logical volume of a source', () => {
  it.each<[string, Source, OneSync, string]>([
    ['of a size for which there is room', {}, {}, 'ok'],
    ['without a size', {}, { sync: [] }, 'blocked source-snapshot-without-size'],
    ['of a size for which there is no room', {}, { sync: ['lvm.size = "4GiB"'] }, 'blocked source-snapshot-no-room'],
    ['of a thin volume', thin('40'), { sync: [] }, 'ok'],
    ['of a thin volume whose pool is nearly full', thin('97'), { sync: [] }, 'blocked source-snapshot-no-room'],
    ['of a thin volume whose pool has less than wanted', thin('99'), {}, 'blocked source-snapshot-no-room'],
    ['of a thin volume whose pool has what is wanted', thin('97'), {}, 'ok'],
    ['of a user', { uid: 1000 }, {}, 'blocked source-snapshot-not-root'],
    ['of a partition', { device: '/dev/sda2' }, {}, 'blocked source-snapshot-not-on-lvm'],
    ['of a LUKS container', { device: '/dev/mapper/luks-8a3b2c1d-1111' }, {}, 'blocked source-snapshot-not-on-lvm'],
    ['of another device of the mapper', { device: '/dev/mapper/my-crypt' }, {}, 'blocked source-snapshot-not-on-lvm'],
    ['of btrfs', { fsType: 'btrfs' }, {}, 'blocked source-snapshot-file-system'],
    ['of another file system', { fsType: 'f2fs' }, {}, 'blocked source-snapshot-file-system'],
    ['without a folder for its note', {}, { source: { leftovers: [] } }, 'blocked source-snapshot-unprepared'],
    ['without LVM', { answer: { code: 3, stdout: '' } }, {}, 'blocked source-snapshot-lvm-missing'],
    [
      'when LVM is silent',
      { answer: { code: null, problem: 'sh did not answer' } },
      {},
      'blocked source-snapshot-unknown',
    ],
    [
      'when LVM says something else',
      { answer: { stdout: '{"report":[{"lv":[{}]}]}' } },
      {},
      'blocked source-snapshot-unknown',
    ],
    ['with a mount in it', { mounts: [tmpfs] }, {}, 'blocked source-snapshot-mounts'],
    ['with a mount that is left out', { mounts: [tmpfs] }, { sync: [SIZE, 'filters = [{ exclude = "/mnt" }]'] }, 'ok'],
    [
      'with rules for absolute paths',
      {},
      { sync: [SIZE, 'filters = ["-/ /home/ada/x"]'] },
      'blocked source-snapshot-absolute-rule',
    ],
  ])('%s', (_, source, more, code) => {
    expect(codeOf(scene(source, more))).toBe(code);
  });

  it('is made, read, looked at and removed, and what follows waits for the look', () => {
    const sync = [SIZE, 'before = [["dump"]]', 'after = [["ring"]]', 'snapshots.mode = "hard-link"'];
    const plan = planned(scene({}, { sync, destination: { snapshots: ['2026-03-01T20:00:00.000Z'] } }));
    const ids = ['source-snapshot', 'transfer', 'source-check', 'source-release', 'snapshot'].map(
      (kind) => `${kind}:docs`,
    );
    expect(plan.steps.map(({ id }) => id).filter((id) => ids.includes(id))).toEqual(ids);
    const needs = (id: string): string[] => stepIn(plan, id).dependsOn;
    expect(needs('source-check:docs')).toEqual(['transfer:docs']);
    expect(needs('snapshot:docs')).toEqual(['transfer:docs', 'source-check:docs']);
    expect(needs('source-release:docs')).toEqual(['transfer:docs', 'source-check:docs']);
    const create = stepIn(plan, 'source-snapshot:docs').commands[1]?.join(' ');
    expect(create).toMatch(
      /lvcreate .*--snapshot --name nbkp\.home\.docs\.\d+ --addtag nbkp .*--size 2147483648b vg-0\/home$/,
    );
    const [path = ''] = stepIn(plan, 'transfer:docs')
      .commands.flat()
      .filter((word) => word.startsWith('/run/'));
    expect(path).toMatch(/^\/run\/nbkp-source\/vg-0\.nbkp\.home\.docs\.\d+\/ada\/docs\/$/);
    expect(stepIn(plan, 'source-check:docs').locks).toEqual(stepIn(plan, 'source-snapshot:docs').locks);
  });

  it('is looked at before commands, notes and chains that tell of a copy without snapshots', () => {
    const more = [
      '[volumes.attic]\npath = "/mnt/attic"',
      '[syncs.again]\nsource = "usb:docs"\ndestination = "attic:docs"',
    ];
    const plan = planned(
      scene(
        {},
        {
          more,
          sync: [SIZE, 'after = [["ring"]]'],
          destination: { destination: true, source: true },
          endpoints: { 'attic:docs': { destination: true } },
          volumes: { attic: { path: '/mnt/attic' } },
        },
      ),
    );
    expect(stepIn(plan, 'after:docs:1').dependsOn).toContain('source-check:docs');
    expect(stepIn(plan, 'transfer:again').dependsOn).toContain('source-check:docs');
  });

  it('needs no size of a thin volume, and on xfs another UUID', () => {
    const source: Source = { ...thin('10'), fsType: 'xfs' };
    const { commands } = stepIn(planned(scene(source)), 'source-snapshot:docs');
    expect(commands[1]).not.toContain('--size');
    expect(commands[2]?.join(' ')).toContain('ro,nodev,nosuid,noexec,nouuid');
  });

  it('is made in place of one that a dead run has left, with or without its note', () => {
    const plain = stepIn(planned(scene()), 'source-snapshot:docs').commands.length;
    const noted = planned(scene({}, { source: { leftovers: ['.nbkp-source', '.nbkp-source/docs'] } }));
    expect(stepIn(noted, 'source-snapshot:docs').commands).toHaveLength(plain + 1);
    const [, create = []] = stepIn(planned(scene()), 'source-snapshot:docs').commands;
    const name = create[create.indexOf('--name') + 1] ?? '';
    const found = planned(scene({ answer: { stdout: told(HOME, of({ lv_name: name, segtype: 'linear' })) } }));
    expect(stepIn(found, 'source-snapshot:docs').commands).toHaveLength(plain + 1);
  });

  it.each([['source-snapshot = "lvm"'], ['enabled = true']])('is removed by recover, also with %s', (line) => {
    const leftovers = ['.nbkp-source', '.nbkp-source/docs'];
    const shown = scene({}, { source: { leftovers } });
    const spec = specFrom(tomlOf({ sync: [line] }));
    const { steps } = buildRecover(inputFor(spec, factsOf(shown)), Object.values(spec.syncs));
    expect(steps.map(({ id }) => id)).toEqual(['clean-up:docs:source']);
    const [remove = []] = steps[0]?.commands ?? [];
    expect(remove).toEqual(stepIn(planned(shown), 'source-release:docs').commands.at(-1));
  });

  it('has its folder made by prepare', () => {
    const unprepared = scene({}, { source: { leftovers: [] } });
    const spec = specFrom(tomlOf(unprepared));
    const facts = asPrepared(spec, factsOf(unprepared));
    expect(facts.endpoints['laptop:docs']?.leftovers).toContain('.nbkp-source');
  });

  it('is not planned of a drive that is closed, since nobody knows the volume', () => {
    const { spec, facts, executors } = inputFor(specFrom(tomlOf(scene())), factsOf(scene()));
    const [sync, host, source] = [spec.syncs['docs'], facts.hosts['local'], facts.endpoints['laptop:docs']];
    const planning = executors.find(({ name }) => name === 'lvm')?.sourceSnapshots;
    if (sync === undefined || host?.reachable !== true || source?.directory == null) throw new Error('no such source');
    const input = { spec, facts, sync, host, hostId: 'local', source: { ...source, directory: source.directory } };
    expect(planning?.plan({ ...input, isKnown: false })).toMatchObject({
      make: [],
      findings: [{ code: 'source-snapshot-closed', severity: 'error' }],
    });
  });

  it('is planned from the spec alone, before anybody has seen the source', () => {
    const plan = planned({ sync: ['source-snapshot = "lvm"'], change: (facts) => void (facts.basis = 'none') });
    expect(plan.steps.map(({ kind }) => kind)).toEqual([
      'source-snapshot',
      'transfer',
      'source-check',
      'source-release',
    ]);
  });
});

describe('a snapshot of a source that init proposes', () => {
  const folder = (fsType: string, source: string, subvolume = false) => {
    const { directory } = factsOf(scene({ fsType, device: source })).endpoints['laptop:docs'] ?? {};
    if (directory == null) throw new Error('there is no source');
    return { ...directory, subvolume };
  };

  it.each([
    ['ext4', '/dev/mapper/vg-home', false, 'lvm'],
    ['ext4', '/dev/sda2', false, null],
    ['btrfs', '/dev/mapper/vg-home', false, null],
    ['btrfs', '/dev/mapper/vg-home', true, 'btrfs'],
  ] as const)('%s on %s', (fsType, device, subvolume, proposed) => {
    expect(snapshotsFor(folder(fsType, device, subvolume))).toBe(proposed);
  });

  it('is valid as it stands, with a size', () => {
    const ends = { source: 'laptop:docs', destination: 'usb:docs' };
    const { written, comment } = syncSection(ends, { mode: 'none', excludes: [], ofOneMoment: 'lvm' }, String);
    expect(comment.join('\n')).toContain('lvm.size is room for');
    const toml = tomlOf({ sync: [] }).replace(/\[syncs\.docs\][^]*/, entryText('syncs', 'docs', { written, comment }));
    const { value, findings } = readSpec(toml, 'nbkp.toml') as { value?: Spec; findings: Finding[] };
    expect(findings).toEqual([]);
    expect(value?.syncs['docs']).toMatchObject({ sourceSnapshot: 'lvm', lvm: { size: 5 * GIB } });
  });

  it('has no size without it', () => {
    const { findings } = readSpec(tomlOf({ sync: [SIZE] }), 'nbkp.toml');
    expect(findings).toMatchObject([{ code: 'unused-setting', severity: 'warning' }]);
  });
});

describe('the device of a logical volume', () => {
  const device = (source: string) => volumeOf({ source, target: '/', fsType: 'ext4', uuid: null, options: [] });

  it.each([
    ['/dev/mapper/vg-home', 'vg', 'home'],
    ['/dev/mapper/ubuntu--vg-ubuntu--lv', 'ubuntu-vg', 'ubuntu-lv'],
    ['/dev/mapper/vg---home', 'vg-', 'home'],
    ['/dev/mapper/vg-home[/sub-folder]', 'vg', 'home'],
  ])('%s', (source, group, origin) => {
    expect(device(source)).toEqual({ group, origin });
  });

  it.each(['/dev/sda1', '/dev/dm-0', '/dev/mapper/sda2_crypt', '/dev/mapper/luks-1-2', '/dev/mapper/a-b-c', 'tmpfs'])(
    'is not %s',
    (source) => {
      expect(device(source)).toBeNull();
    },
  );
});

describe('what lvs says of a snapshot', () => {
  const said = (attributes: string): string =>
    JSON.stringify({ report: [{ lv: [{ lv_attr: attributes, data_percent: '12.00' }] }] });

  it.each([
    ['swi-aos--k', null],
    ['Vwi-aotz-k', null],
    ['swi-Ios--k', 'full'],
    ['swi-Sos--k', 'full'],
    ['Vwi-aotzpk', 'unusable'],
    ['swi---s--k', 'unusable'],
  ])('%s', (attributes, state) => {
    expect(brokenVolume(said(attributes))).toBe(state);
  });

  it('is nothing in other words', () => {
    expect(brokenVolume('')).toBe('unusable');
    expect(brokenVolume('{"report":[]}')).toBe('unusable');
  });
});
