import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Plan } from '../../src/planner/model/plan.ts';
import { writeExample } from '../support/example-plugin.ts';
import type { Sandbox } from '../support/sandbox.ts';
import { editFile, OWN_ROOT, PLUGIN, specOf, tarProject, trustPlugins } from '../support/tar-project.ts';
import { makeTempDir } from '../support/tempdir.ts';

const dir = await makeTempDir();
afterAll(() => dir.remove());

let sandbox: Sandbox;

beforeAll(() => {
  sandbox = tarProject(join(dir.path, 'project'));
});
beforeEach(() => sandbox.reset());

function edit(file: string, before: string, after: string): void {
  editFile(join(sandbox.root, PLUGIN, file), before, after);
}

function planOf(...args: string[]): Plan {
  return JSON.parse(sandbox.nbkp('plan', '--json', ...args).stdout) as Plan;
}

/** Makes the package note that its code was run. */
function noteRun(): string {
  const note = join(sandbox.root, 'ran');
  edit('index.js', 'const name', `(await import('node:fs')).writeFileSync('${note}', ''); const name`);
  return note;
}

function warned(command: string[]): [number, string, string[]] {
  return [0, 'warning[plugin-not-trusted]', command];
}

/** Commands that only read a spec. */
const READING = [
  ['spec', 'validate'],
  ['spec', 'show'],
  ['spec', 'schema'],
  ['diff', 'nbkp.toml'],
  ['plan', '--offline'],
  ['plan', '--facts', 'facts.json'],
  ['graph', '--offline'],
];

describe('a package beside the spec that nobody has trusted', () => {
  it('is not run by any command, which say so', () => {
    const note = noteRun();
    expect(sandbox.nbkp('plugins', 'trust', '--revoke').code).toBe(0);
    for (const [code, words, command] of [
      [0, '', ['facts', 'export', '--out', 'facts.json']],
      [1, 'error[plugin-not-trusted]', ['plan']],
      [1, '"plugin-not-trusted"', ['run', '--json']],
      [1, 'error[plugin-not-trusted]', ['check']],
      [4, 'error[plugin-not-trusted]', ['status']],
      [1, 'error[plugin-not-trusted]', ['credentials', 'check']],
      [1, 'error[plugin-not-trusted]', ['executors']],
      [1, 'error[plugin-not-trusted]', ['plugins', 'inspect', 'nbkp-executor-tar']],
      [0, '', ['spec', 'show']],
      [0, '`plugin-not-trusted`', ['diff', 'nbkp.toml', '--format', 'markdown']],
      [0, 'not trusted', ['graph', '--offline']],
      ...[
        ['spec', 'validate'],
        ['spec', 'schema'],
        ['diff', 'nbkp.toml'],
      ].map(warned),
      ...[
        ['plan', '--offline'],
        ['plan', '--facts', 'facts.json'],
      ].map(warned),
    ] as const) {
      const { stdout, stderr, code: ended } = sandbox.nbkp(...command);
      const said = (stdout + stderr).includes(words);
      expect({ command, ended, said, ran: existsSync(note) }).toEqual({ command, ended: code, said: true, ran: false });
    }
  });

  it('blocks its own sync and no other one', () => {
    sandbox.nbkp('plugins', 'trust', '--revoke');
    const { syncs } = planOf();
    expect(syncs.map(({ state, code }) => [state, code])).toEqual([
      ['blocked', 'plugin-not-trusted'],
      ['planned', undefined],
    ]);
    expect(sandbox.nbkp('run').code).toBe(1);
    expect(readdirSync(join(sandbox.root, 'usb/plain'))).toContain('letter');
    expect(readdirSync(join(sandbox.root, 'usb/packed'))).not.toContain('archive.tar');
  });

  it('has a table that makes a warning, and all syncs run', () => {
    sandbox.nbkp('plugins', 'trust', '--revoke');
    sandbox.writeSpec(`${specOf(sandbox.root).replace('transfer = "tar"', '')}[tar]\ncompress = "gzip"\n`);
    const plan = sandbox.nbkp('plan');
    expect([plan.code, plan.stdout]).toEqual([0, expect.stringContaining('warning[plugin-not-trusted]')]);
    expect(planOf().syncs.map(({ state }) => state)).toEqual(['planned', 'planned']);
  });

  it('takes no name from one that this user has installed', () => {
    sandbox.nbkp('plugins', 'trust', '--revoke');
    const own = join(sandbox.root, 'own');
    writeExample(own);
    mkdirSync(join(own, 'node_modules'));
    symlinkSync(OWN_ROOT, join(own, 'node_modules/nbkp'));
    expect(sandbox.nbkp('plugins', 'link', own).code).toBe(0);
    const note = noteRun();
    const run = sandbox.nbkp('run');
    expect(run.code, run.stderr).toBe(0);
    expect(existsSync(note)).toBe(false);
    // Of one that is installed the code is run, also where a spec is only read.
    writeFileSync(join(own, 'index.js'), "throw new Error('out of order')");
    expect(sandbox.nbkp('spec', 'validate').stdout).toContain('warning[plugin-failed]');
  });
});

describe('nbkp plugins trust', () => {
  it('lets a package run, and what only reads a spec uses what was recorded', () => {
    const note = noteRun();
    expect(sandbox.nbkp('facts', 'export', '--out', 'facts.json').code).toBe(0);
    expect(existsSync(note)).toBe(true);
    for (const command of READING) {
      rmSync(note, { force: true });
      const answer = sandbox.nbkp(...command);
      expect([command, answer.code, answer.stderr, existsSync(note)]).toEqual([command, 0, '', false]);
    }
    const offline = planOf('--offline');
    expect(offline.steps.map(({ id, executor, commands }) => [id, executor.name, commands.length])).toEqual([
      ['transfer:packed', 'tar', 0],
      ['transfer:plain', 'rsync', 4],
    ]);
    expect(offline.steps[0]?.deferred).toContain('nbkp-executor-tar@1.0.0');
    sandbox.files({ 'other.toml': specOf(sandbox.root, 'tar.compress = "gzip"') });
    expect(sandbox.nbkp('diff', 'nbkp.toml', 'other.toml').stdout).toContain('warning[executor-settings-changed]');
    sandbox.writeSpec(specOf(sandbox.root, 'tar.compress = 7'));
    expect(sandbox.nbkp('spec', 'validate').code).toBe(65);
    expect(existsSync(note)).toBe(false);
  });

  it('lets a plan of the spec alone say that steps around the run are left out', () => {
    edit(
      'index.js',
      'settings: {',
      "planRun: () => ({ steps: [], findings: [] }), settings: { spec: { type: 'object' },",
    );
    trustPlugins(sandbox);
    const note = noteRun();
    sandbox.writeSpec(`${specOf(sandbox.root)}[tar]\n`);
    const { findings } = planOf('--offline');
    expect(findings.map(({ severity, code }) => [severity, code])).toEqual([['info', 'plugin-not-run']]);
    expect(existsSync(note)).toBe(false);
  });

  it.each<[string, () => void]>([
    ['another version', () => edit('package.json', '"version": "1.0.0"', '"version": "1.0.1"')],
    ['another executor', () => edit('package.json', '"executors": ["tar"]', '"executors": ["tar", "more"]')],
    ['another folder', () => renameSync(join(sandbox.root, 'node_modules'), join(sandbox.root, '../node_modules'))],
    ['a record that is damaged', () => writeFileSync(recordFile(), '{"folder":')],
    [
      'a record of another folder',
      () => writeFileSync(recordFile(), readFileSync(recordFile(), 'utf8').replace('"folder":"', '"folder":"/x')),
    ],
  ])('is not for %s', (_, change) => {
    change();
    const answer = sandbox.nbkp('plan');
    rmSync(join(sandbox.root, '../node_modules'), { recursive: true, force: true });
    expect([answer.code, answer.stdout]).toEqual([1, expect.stringContaining('error[plugin-not-trusted]')]);
  });

  it('records nothing of a package that cannot be used, and says why', () => {
    sandbox.nbkp('plugins', 'trust', '--revoke');
    edit('index.js', 'const name', "throw new Error('out of order'); const name");
    const answer = sandbox.nbkp('plugins', 'trust');
    expect([answer.code, answer.stderr]).toEqual([1, expect.stringContaining('error[plugin-failed]')]);
    expect(readdirSync(join(sandbox.state, 'plugins'))).toEqual([]);
  });

  it('names what is not there, and a state directory that cannot be written', () => {
    const unknown = sandbox.nbkp('plugins', 'trust', 'nbkp-other');
    expect([unknown.code, unknown.stderr]).toEqual([1, expect.stringContaining('error[plugin-unknown]')]);
    sandbox.files({ file: '' });
    const failed = sandbox.nbkpWith({ NBKP_STATE_DIR: join(sandbox.root, 'file') }, 'plugins', 'trust');
    expect([failed.code, failed.stderr]).toEqual([1, expect.stringContaining('error[trust-unwritable]')]);
  });

  it('is shown by nbkp plugins', () => {
    expect(JSON.parse(sandbox.nbkp('plugins', '--json').stdout)).toMatchObject({ plugins: [{ trusted: true }] });
    sandbox.nbkp('plugins', 'trust', '--revoke');
    expect(sandbox.nbkp('plugins').stdout).toContain('not trusted');
  });
});

function recordFile(): string {
  const [file = ''] = readdirSync(join(sandbox.state, 'plugins'));
  return join(sandbox.state, 'plugins', file);
}
