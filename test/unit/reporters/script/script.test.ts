import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { EndpointFacts, Facts } from '../../../../src/planner/model/facts.ts';
import { selectSyncs } from '../../../../src/planner/compile/select.ts';
import type { Result } from '../../../../src/planner/model/result.ts';
import type { ScriptInput } from '../../../../src/reporters/script/obstacles.ts';
import { FOLDER_FUNCTIONS } from '../../../../src/reporters/sh/folder-functions.ts';
import { HOLD_FUNCTIONS } from '../../../../src/reporters/sh/locks-functions.ts';
import { LOSS_FUNCTIONS } from '../../../../src/reporters/sh/loss-functions.ts';
import { NAMING_FUNCTIONS } from '../../../../src/reporters/sh/naming-functions.ts';
import { PROCESS_FUNCTIONS } from '../../../../src/reporters/sh/process-functions.ts';
import { SCRIPT_FUNCTIONS } from '../../../../src/reporters/sh/script.ts';
import { TRANSFER_FUNCTIONS } from '../../../../src/reporters/sh/transfer-functions.ts';
import { COMMON_FUNCTIONS, specScript } from '../../../../src/reporters/script/script.ts';
import { SYNC_FUNCTIONS } from '../../../../src/reporters/script/sync-functions.ts';
import { HERE_FUNCTIONS } from '../../../../src/reporters/script/world-functions.ts';
import { SERVER_FUNCTIONS } from '../../../../src/reporters/script/server-functions.ts';
import { word, variable, wordsWhere } from '../../../../src/reporters/script/words.ts';
import { planOf, requestFor, specFrom } from '../../../support/planning.ts';
import { readScenario } from '../../../support/scenarios.ts';

const SCENARIOS = join(import.meta.dirname, '../../../golden/scenarios');
const GOLDEN = join(import.meta.dirname, '../../../golden/reporters/script');

function inputOf(toml: string, facts: Facts): ScriptInput {
  const spec = specFrom(toml);
  const asked = { drives: 'leave', conditions: 'ignore' } as const;
  return { spec, facts, plan: planOf(spec, facts, asked, 'script'), request: requestFor(asked) };
}

function scriptFrom(toml: string, facts: Facts, ways: ReadonlyMap<string, string> = new Map()): Result<string> {
  const input = inputOf(toml, facts);
  const selected = selectSyncs(input.spec, input.request);
  if (!selected.ok) throw new Error('these are all syncs');
  return specScript(input, selected.value, ways);
}

function textOf(result: Result<string>): string {
  if (!result.ok) throw new Error(result.findings.map(({ message }) => message).join('\n'));
  return result.value;
}

const scenario = (name: string) => readScenario(join(SCENARIOS, name));
const PRUNES = scenario('second-run-prunes');

/** What all scripts have in common is in golden files of its own. */
const COMMON = { 'functions.sh': COMMON_FUNCTIONS, 'sync-functions.sh': SYNC_FUNCTIONS };
/** One of these two comes after the former. */
const HERE = { HERE_FUNCTIONS };
const SERVERS = { 'server-functions.sh': SERVER_FUNCTIONS };
/** Parts of it that a plan's script has too are in the golden file of that. */
const SHARED = {
  PROCESS_FUNCTIONS,
  FOLDER_FUNCTIONS,
  HOLD_FUNCTIONS,
  TRANSFER_FUNCTIONS,
  NAMING_FUNCTIONS,
  LOSS_FUNCTIONS,
};

function without(parts: Readonly<Record<string, string>>, script: string): string {
  return Object.entries(parts).reduce((text, [name, part]) => {
    const around = `\n${text}`.split(`\n${part}`);
    expect(around, `what is around ${name}`).toHaveLength(2);
    return around.join(`\n#### ${name} ####\n`).slice(1);
  }, script);
}

it.each(Object.entries({ ...COMMON, ...SERVERS }))(
  'what all scripts have is as in its golden file: %s',
  async (file, part) => {
    const own = part === COMMON_FUNCTIONS ? without(SHARED, part) : part;
    await expect(own).toMatchFileSnapshot(join(GOLDEN, file));
  },
);

it.each(Object.entries(SHARED))('what they share with the script of a plan is in that: %s', (_, part) => {
  expect(SCRIPT_FUNCTIONS).toContain(part);
});

/** The same with the volume "hub" on a server, and two ways to that; one goes over another machine. */
function onServer({ spec, facts, ...given }: ReturnType<typeof scenario>): ReturnType<typeof scenario> {
  const ways = `[ssh.lan]
host = "hub.lan"
locations = ["home"]
[ssh.wan]
host = "hub's.example.org"
port = 2222
key = "~/.ssh/my key"
connect-timeout = 20
proxy-jump = "bastion"
[ssh.bastion]
host = "bastion.example.org"
`;
  const toml = spec.replace('[volumes.hub]\n', '[volumes.hub]\nssh = ["lan", "wan"]\n');
  const local = facts.hosts['local']!;
  return { ...given, spec: `${toml}\n${ways}`, facts: { ...facts, hosts: { local, 'ssh:lan,wan': local } } };
}

const CHAIN = scenario('chain');
const WORLDS: Readonly<Record<string, ReturnType<typeof scenario>>> = {
  ...Object.fromEntries(['second-run-prunes', 'disabled-and-hooks', 'btrfs'].map((name) => [name, scenario(name)])),
  ...{ chain: CHAIN, server: onServer(CHAIN) },
};

describe.each(Object.entries(WORLDS))('the script of the spec "%s"', (name, { spec, facts }) => {
  const script = textOf(scriptFrom(spec, facts));

  it('is as in its golden file', async () => {
    await expect(without({ ...COMMON, ...(name === 'server' ? SERVERS : HERE) }, script)).toMatchFileSnapshot(
      join(GOLDEN, `${name}.sh`),
    );
  });

  it('is the same for the same spec and facts', () => {
    expect(textOf(scriptFrom(spec, facts))).toBe(script);
    expect(textOf(scriptFrom(spec, { ...facts, observedAt: '2027-01-01T00:00:00.000Z' }))).toBe(script);
  });

  it.each([['dash'], ['busybox', 'ash'], ['bash']])('is one that a shell can read: %s %s', (program, ...words) => {
    const { error, stderr } = spawnSync(program, [...words.filter((each) => each !== ''), '-n'], {
      input: script,
      encoding: 'utf8',
    });
    if (error === undefined) expect(stderr).toBe('');
  });

  const missing = spawnSync('shellcheck', ['--version']).error === undefined ? '' : ' (skipped: shellcheck is missing)';
  // What all have is read once with a server and once without.
  const isWhole = name === 'server' || name === 'chain';
  const read = isWhole ? script : without({ ...COMMON, ...HERE }, script);
  it.skipIf(missing !== '')(`is clean to shellcheck${missing}`, () => {
    expect(spawnSync('shellcheck', ['-'], { input: read, encoding: 'utf8' }).stdout).toBe('');
  });
});

describe('a spec that asks for more than a script does', () => {
  const sync = (more: string): string => `${PRUNES.spec}\n${more}\n`;

  it.each<[string, string, RegExp]>([
    ['btrfs snapshots on ext4', sync('snapshots.mode = "btrfs"'), /cannot be planned: .*btrfs/],
    ['snapshots of the source', sync('source-snapshot = "btrfs"'), /has source-snapshot = "btrfs"/],
    ['what cannot be held to be left out', sync('unholdable = "skip"'), /has unholdable = "skip"/],
    ['another executor', sync('transfer = "rclone"'), /is copied by rclone/],
    ['room before the copy', sync('policy.prune-first = true'), /has policy.prune-first/],
    ['power', `${PRUNES.spec}\n[policy]\non-battery = "skip"\n`, /waits for power/],
    ['a word for something else', sync('filters = ["- {script:root}"]'), /is written with - \{script:root\}/],
    [
      'both ends on a server',
      PRUNES.spec.replaceAll(/^path = .*/gm, '$&\nssh = "pi"') + '\n[ssh.pi]\nhost = "pi"\n',
      /has both laptop:Documents and usb:documents on a server/,
    ],
    [
      'a server that is out of reach',
      PRUNES.spec.replace('path = "/mnt/usb"', 'path = "/mnt/usb"\nssh = "pi"') + '\n[ssh.pi]\nhost = "pi"\n',
      /has an end that is not here/,
    ],
  ])('has %s, and is refused by name', (_, toml, why) => {
    expect(scriptFrom(toml, PRUNES.facts)).toMatchObject({
      ok: false,
      findings: [{ code: 'script-not-possible', sync: 'documents', message: expect.stringMatching(why) as string }],
    });
  });

  it('is refused too where a drive is not here, or a file system cannot hold everything', () => {
    const { volumes, endpoints } = PRUNES.facts;
    const gone = { ...PRUNES.facts, volumes: { ...volumes, usb: { ...volumes['usb']!, directory: null } } };
    expect(scriptFrom(PRUNES.spec, gone)).toMatchObject({ ok: false, findings: [{ code: 'script-not-possible' }] });
    const end = endpoints['usb:documents']!;
    const directory = { ...end.directory!, mount: { ...end.directory!.mount!, fsType: 'vfat' } };
    const small = { ...PRUNES.facts, endpoints: { ...endpoints, 'usb:documents': { ...end, directory } } };
    const toml = PRUNES.spec.replace('"hard-link"', '"none"').replace(/^snapshots\.keep.*$/m, '');
    expect(scriptFrom(toml, small)).toMatchObject({ ok: false, findings: [{ code: 'script-not-possible' }] });
  });
});

/** What stops a run of today, or makes another plan of it. */
const TODAY: readonly [string, (facts: Facts) => Facts][] = [
  [
    'no room',
    (facts) => endsWith(facts, ({ directory }) => ({ directory: { ...directory!, freeBytes: 0, freeInodes: 0 } })),
  ],
  ['an empty source', (facts) => endsWith(facts, ({ directory }) => ({ directory: { ...directory!, empty: true } }))],
  [
    'no right to write',
    (facts) => endsWith(facts, ({ directory }) => ({ directory: { ...directory!, writable: false } })),
  ],
  ['snapshots and no latest', (facts) => endsWith(facts, () => ({ latest: { kind: 'absent' } }))],
  ['a run that was refused', (facts) => ({ ...facts, history: {} })],
];

function endsWith(facts: Facts, other: (end: EndpointFacts) => Partial<EndpointFacts>): Facts {
  const { endpoints } = facts;
  const changed = Object.entries(endpoints).map(([key, end]) => [key, { ...end, ...other(end) }]);
  return { ...facts, endpoints: Object.fromEntries(changed) as Facts['endpoints'] };
}

describe('a script that is made while a guard would stop a run', () => {
  const spec = `${PRUNES.spec}\npolicy = { min-free = "1TB", max-prune = 1 }\n`;
  const script = textOf(
    scriptFrom(
      spec,
      endsWith(PRUNES.facts, ({ directory }) => ({ directory: { ...directory!, freeBytes: 1e15 } })),
    ),
  );

  it.each(TODAY)('is the same as on a good day: %s', (_, today) => {
    expect(textOf(scriptFrom(spec, today(PRUNES.facts)))).toBe(script);
  });
});

describe('a script that goes along with its drive', () => {
  const ways = new Map([['usb', '../backups']]);

  it('finds that from its own folder, wherever it is mounted', () => {
    const script = textOf(scriptFrom(PRUNES.spec, PRUNES.facts, ways));
    expect(script).toContain(`volume_here usb "$script_folder"/../backups '' ''`);
    expect(script).toMatch(/^ {2}target_before=''$/m);
  });
});

it('writes what ten alike syncs do once', () => {
  const [sync] = /\[syncs\.documents\][^]*/.exec(PRUNES.spec) ?? [''];
  const names = Array.from({ length: 9 }, (_, index) => `more-${index}`);
  const { endpoints } = PRUNES.facts;
  const facts = {
    ...PRUNES.facts,
    endpoints: {
      ...endpoints,
      ...Object.fromEntries(
        names.map((name, index) => {
          const seen = endpoints['usb:documents']!;
          const directory = { ...seen.directory!, realPath: `/mnt/usb/${name}`, inode: `${9000 + index}` };
          return [`usb:${name}`, { ...seen, path: `/mnt/usb/${name}`, directory }];
        }),
      ),
    },
  };
  const more = names.map((name) => sync.replaceAll('documents', name));
  const one = textOf(scriptFrom(PRUNES.spec, PRUNES.facts));
  const ten = textOf(scriptFrom([PRUNES.spec, ...more].join('\n'), facts));
  for (const part of [/ {4}first\) pass rsync/g, /mv -T "\$root"\/snapshots\/"\$doomed"/g])
    expect(ten.match(part)?.length).toBe(one.match(part)?.length);
  expect(ten).toContain('commands_10() { commands_1 "$@"; }');
});

describe('a word of a script', () => {
  it.each(["it's", '$HOME `id` $(id)', 'a\nb', '*', '', '-', 'a=b', 'ä\u202e', '!x', '\\', '#', '~'])(
    'is just the text %j to every shell',
    (text) => {
      for (const [program = '', ...words] of [['dash'], ['busybox', 'ash'], ['bash']]) {
        const { stdout } = spawnSync(program, [...words, '-c', `printf %s ${word(text)}`], { encoding: 'utf8' });
        expect(stdout).toBe(text);
      }
    },
  );

  it('has the values of variables within it', () => {
    const text = word(`/it's/${variable('root')}/x`);
    const { stdout } = spawnSync('dash', ['-c', `root='a b'; printf %s ${text}`], { encoding: 'utf8' });
    expect(stdout).toBe("/it's/a b/x");
  });

  it('is there or not by another variable', () => {
    const line = wordsWhere(['a', 'c'], ['a', `--link=${variable('base')}`, 'c'], () => 'base');
    const run = (base: string): string =>
      spawnSync('dash', ['-c', `base='${base}'; printf '<%s>' ${line}`], { encoding: 'utf8' }).stdout;
    expect([run(''), run('x y')]).toEqual(['<a><c>', '<a><--link=x y><c>']);
    expect(() => wordsWhere(['b'], ['a'], () => 'base')).toThrow('not the same command');
  });
});

it('puts no line feed of a name into a comment', () => {
  const toml = PRUNES.spec.replace('[syncs.documents]', '[syncs.documents]\nenabled = true');
  const input = inputOf(toml, PRUNES.facts);
  const spec = { ...input.spec, path: 'x\nrm -rf /\r\u2028' };
  expect(textOf(specScript({ ...input, spec }, Object.values(spec.syncs), new Map()))).not.toMatch(/^rm -rf/m);
});
