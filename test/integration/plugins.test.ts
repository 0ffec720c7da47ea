import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ExecutorsDocument } from '../../src/planner/model/plugin-documents.ts';
import type { Plan } from '../../src/planner/model/plan.ts';
import type { Sandbox } from '../support/sandbox.ts';
import { addPlugin, editFile, packageJson, PLUGIN, specOf, tarProject, trustPlugins } from '../support/tar-project.ts';
import { makeTempDir } from '../support/tempdir.ts';

const dir = await makeTempDir();
afterAll(() => dir.remove());

let sandbox: Sandbox;
let plugin: string;

beforeAll(() => {
  sandbox = tarProject(join(dir.path, 'project'));
});
beforeEach(() => {
  sandbox.reset();
  plugin = join(sandbox.root, PLUGIN);
});

/** Replaces a text in a file of the plugin, which has to be there. */
function edit(file: string, before: string, after: string): void {
  editFile(join(plugin, file), before, after);
}

function planOf(...args: string[]): Plan {
  const answer = sandbox.nbkp('plan', '--json', ...args);
  return JSON.parse(answer.stdout) as Plan;
}

describe('an executor of a package beside the spec', () => {
  it('plans and runs like those that come with nbkp, and its version is in the plan', () => {
    const steps = planOf().steps.map(({ id, executor }) => [id, executor.name, executor.version]);
    expect(steps).toEqual([
      ['transfer:packed', 'tar', '1.0.0'],
      ['record:packed', 'prepare', '1.0.0'],
      ['transfer:plain', 'rsync', '1.0.0'],
      ['record:plain', 'prepare', '1.0.0'],
    ]);
    const run = sandbox.nbkp('run');
    expect(run.code, run.stderr).toBe(0);
    expect(readdirSync(join(sandbox.root, 'usb/packed'))).toContain('archive.tar');
    expect(run.stdout).not.toContain('no file had to be copied');
  });

  it('is listed with its kinds and where it comes from', () => {
    const { executors, findings } = JSON.parse(sandbox.nbkp('executors', '--json').stdout) as ExecutorsDocument;
    expect(executors.at(-1)).toEqual({
      ...{ name: 'tar', version: '1.0.0', apiVersion: 1, kinds: ['transfer'] },
      ...{ origin: 'nbkp-executor-tar@1.0.0', path: plugin },
    });
    expect(findings).toEqual([]);
  });

  it('has its table in the schema of the spec', () => {
    const { stdout } = sandbox.nbkp('spec', 'schema');
    const { definitions } = JSON.parse(stdout) as { definitions: { sync: { properties: Record<string, unknown> } } };
    expect(definitions.sync.properties['tar']).toMatchObject({ properties: { compress: { enum: expect.any(Array) } } });
  });

  it.each([
    ['tar.compres = "gzip"', 'unknown-key', '`compress`'],
    ['tar.compress = "gzp"', 'not-allowed', '"gzip"'],
  ])('has mistakes in its table shown like ours: %s', (line, code, help) => {
    sandbox.writeSpec(specOf(sandbox.root, line));
    const answer = sandbox.nbkp('spec', 'validate', '--json');
    expect(answer.code).toBe(65);
    const { findings } = JSON.parse(answer.stdout) as { findings: object[] };
    expect(findings).toEqual([
      expect.objectContaining({ code, help: `Did you mean ${help}?`, location: expect.objectContaining({ line: 10 }) }),
    ]);
  });

  it('asks its questions when a run is planned, and before a step only if the step relies on an answer', () => {
    const asked = join(sandbox.root, 'asked');
    const question = `{ id: 'x', host: 'local', argv: ['sh', '-c', 'echo asked >>"$1"', 'sh', '${asked}'] }`;
    edit('index.js', 'const planning = {', `const planning = { questions: () => [${question}],`);
    expect(sandbox.nbkp('run', '--only', 'packed').code).toBe(0);
    expect(readFileSync(asked, 'utf8')).toBe('asked\n');
    const precondition = "{ fact: '/answers/tar/packed/x/code', check: 'equals', value: 0, description: 'the answer' }";
    edit('index.js', 'placePreconditions(input, target)', `[...placePreconditions(input, target), ${precondition}]`);
    expect(sandbox.nbkp('run', '--only', 'packed').code).toBe(0);
    expect(readFileSync(asked, 'utf8')).toBe('asked\n'.repeat(3));
  });

  it('of another major version refuses a plan that was made before, and of another minor one does not', () => {
    const file = join(sandbox.root, 'a.plan');
    expect(sandbox.nbkp('plan', '--out', file).code).toBe(0);
    edit('index.js', "version = '1.0.0'", "version = '2.0.0'");
    const refused = sandbox.nbkp('apply', file, '--yes');
    expect([refused.code, refused.stderr]).toEqual([3, expect.stringContaining('plan-other-executor')]);
    expect(readdirSync(join(sandbox.root, 'usb/packed'))).not.toContain('archive.tar');
    edit('index.js', "version = '2.0.0'", "version = '1.1.0'");
    const applied = sandbox.nbkp('apply', file, '--yes');
    expect(applied.code, applied.stderr).toBe(0);
  });

  it('is not loaded for a spec that does not name it', () => {
    edit('index.js', 'const name', "throw new Error('loaded'); const name");
    sandbox.writeSpec(specOf(sandbox.root).replace('transfer = "tar"', ''));
    const plan = planOf();
    expect(plan.findings.map(({ code }) => code)).not.toContain('plugin-failed');
    expect(plan.syncs.map(({ state }) => state)).toEqual(['planned', 'planned']);
  });
});

describe('a table that no executor claims', () => {
  it('is an error that says how to install one', () => {
    sandbox.writeSpec(`${specOf(sandbox.root)}[notify]\nurl = "https://example.org"\n`);
    const answer = sandbox.nbkp('spec', 'validate');
    expect(answer.code).toBe(65);
    expect(answer.stderr).toContain('error[executor-unknown]: The table [notify]');
    expect(answer.stderr).toContain('nbkp plugins install');
  });
});

/** What is done to a plugin, and how a plan that needs it says so. */
const BROKEN: Record<string, [make: () => void, code: string, words: string]> = {
  'throws when it is loaded': [
    () => edit('index.js', 'const name', "throw new Error('out of order'); const name"),
    'plugin-failed',
    'out of order',
  ],
  'has a hook that throws': [
    () => edit('index.js', '() => [tar]', "() => { throw new Error('no hook today') }"),
    'plugin-failed',
    'no hook today',
  ],
  'has a hook whose file is missing': [() => rmSync(join(plugin, 'index.js')), 'plugin-failed', 'index.js'],
  'has no hook': [() => edit('package.json', 'nbkp:executors', 'init'), 'plugin-failed', 'nbkp:executors'],
  'returns no list': [() => edit('index.js', '() => [tar]', '() => tar'), 'plugin-failed', 'no list of executors'],
  'brings another executor than it says': [
    () => edit('index.js', "name = 'tar'", "name = 'zip'"),
    'plugin-failed',
    'but zip',
  ],
  'hangs in its hook': [
    () => edit('index.js', '() => [tar]', '() => new Promise(() => undefined)'),
    'plugin-hangs',
    'after 5 s',
  ],
  'hangs when it is loaded': [
    () => edit('index.js', 'const name', 'await new Promise(() => undefined); const name'),
    'plugin-hangs',
    'after 5 s',
  ],
  'is made for another interface': [
    () => edit('index.js', 'apiVersion: API_VERSION', 'apiVersion: 9'),
    'plugin-api-version',
    'version 9',
  ],
  'has a schema that is none': [
    () => edit('index.js', "type: 'object'", "type: 'objekt'"),
    'plugin-schema',
    'nbkp-executor-tar@1.0.0',
  ],
  'has a name that another package has too': [
    () => {
      addPlugin(sandbox, 'nbkp-executor-tar-too', (text) => text.replaceAll('executor-tar', 'executor-tar-too'));
      writeFileSync(join(sandbox.root, 'package.json'), packageJson('nbkp-executor-tar', 'nbkp-executor-tar-too'));
      trustPlugins(sandbox);
    },
    'executor-conflict',
    'nbkp-executor-tar-too',
  ],
  'declares a kind twice': [
    () => edit('index.js', "kinds: ['transfer']", "kinds: ['transfer', 'transfer']"),
    'executor-conflict',
    'twice',
  ],
  'declares a kind of ours': [
    () => edit('index.js', "kinds: ['transfer']", "kinds: ['transfer', 'unlock']"),
    'executor-conflict',
    'udisks',
  ],
  'throws while it plans': [
    () => edit('index.js', 'const problem = ', "throw new Error('no plan'); const problem = "),
    'executor-failed',
    'no plan',
  ],
  'plans a step without commands': [
    () => edit('index.js', 'commands: planning.commands(params)', 'commands: []'),
    'executor-step-refused',
    'without commands',
  ],
  'plans a step without a summary': [
    () => edit('index.js', 'summary: `pack', 'summary: `` && `'),
    'executor-step-refused',
    'without a summary',
  ],
  'plans a step in the name of another executor': [
    () => edit('index.js', 'executor: { name, version }', "executor: { name: 'rsync', version }"),
    'executor-step-refused',
    'in the name of another',
  ],
};

describe('a plugin that', () => {
  it.each(Object.entries(BROKEN))(
    '%s blocks what needs it, is named, and the rest goes on',
    (_, [make, code, words]) => {
      make();
      const plan = planOf();
      expect(plan.syncs.map(({ name, state, code: why }) => [name, state, why])).toEqual([
        ['packed', 'blocked', code],
        ['plain', 'planned', undefined],
      ]);
      const finding = plan.findings.find((each) => each.code === code);
      expect(finding?.message).toContain(words);
      expect(finding?.message).toContain('nbkp-executor-tar@1.0.0');
      const validated = sandbox.nbkp('spec', 'validate', '--json');
      // It runs none of the code: of all this it knows only that two packages have one name.
      expect([validated.code, validated.stdout.includes(`"${code}"`)]).toEqual([0, words.endsWith('-too')]);
      const run = sandbox.nbkp('run', '--json');
      expect(run.code).toBe(1);
      expect(readdirSync(join(sandbox.root, 'usb/plain'))).toContain('letter');
    },
  );

  it('throws while it runs fails its own sync only', () => {
    edit('index.js', "sequence('tar-failed')", "() => { throw new Error('no run') }");
    const run = sandbox.nbkp('run', '--json');
    const { syncs } = JSON.parse(run.stdout) as { syncs: { name: string; outcome: string }[] };
    expect(syncs.map(({ name, outcome }) => [name, outcome])).toEqual([
      ['packed', 'failed'],
      ['plain', 'succeeded'],
    ]);
    expect(run.stdout).toContain('executor-failed');
    expect(run.stdout).not.toContain('internal-error');
  });

  it('leaves a timer behind does not keep nbkp from ending', () => {
    edit('index.js', 'const name', 'setInterval(() => undefined, 1e6); const name');
    const run = sandbox.nbkp('run');
    expect(run.code, run.stderr).toBe(0);
  });

  it('somebody else can write to is not loaded', () => {
    edit('index.js', 'const name', "throw new Error('loaded'); const name");
    chmodSync(plugin, 0o777);
    const answer = sandbox.nbkp('plan');
    expect(answer.stderr.replaceAll(/\n\s+/g, ' ')).toContain(
      `warning[plugin-exposed]: ${plugin} can be written to by everybody`,
    );
    expect(answer.stdout + answer.stderr).not.toContain('loaded');
    expect(answer.stdout).toContain('executor-unknown');
  });

  it('cannot be read is named where it is missing', () => {
    writeFileSync(join(plugin, 'package.json'), 'not JSON');
    const answer = sandbox.nbkp('plan');
    expect(answer.stderr).toContain('warning[plugin-unreadable]: The plugin nbkp-executor-tar');
    expect(answer.stdout).toContain('executor-unknown');
  });
});

describe('plugins install changes nothing where', () => {
  const data = (): string => join(sandbox.home, '.local/share/nbkp');
  const install = (env: Record<string, string> = {}): string => {
    const answer = sandbox.nbkpWith(env, 'plugins', 'install', `file:${plugin}`);
    expect(answer.code).toBe(1);
    return answer.stderr;
  };

  it('npm is not installed', () => {
    const bin = join(sandbox.root, 'bin');
    mkdirSync(bin);
    symlinkSync(execFileSync('which', ['flock'], { encoding: 'utf8' }).trim(), join(bin, 'flock'));
    expect(install({ PATH: bin })).toContain('error[npm-missing]: npm is not installed');
  });

  it('another one is at work', async () => {
    mkdirSync(data(), { recursive: true });
    const other = spawn('flock', [join(data(), '.lock'), 'sh', '-c', 'echo held; cat']);
    try {
      await once(other.stdout, 'data');
      expect(install()).toContain('error[plugins-busy]: Another nbkp plugins');
    } finally {
      const ended = once(other, 'close');
      other.stdin.end();
      await ended;
    }
  });

  it('there is a file in place of the directory of the plugins', () => {
    mkdirSync(join(data(), '..'), { recursive: true });
    writeFileSync(data(), '');
    expect(install()).toContain(`error[plugins-unwritable]: The plugins in ${data()}`);
  });
});
