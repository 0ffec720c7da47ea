import { execFileSync, spawnSync, type SpawnSyncReturns } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeTempDir, type TempDir } from '../support/tempdir.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const { version, optionalDependencies } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
  version: string;
  optionalDependencies: object;
};

const SPEC = `
version = 1

[volumes.laptop]
path = "HERE/laptop"

[volumes.usb]
path = "HERE/usb"

[syncs.documents]
source = "laptop:Documents"
destination = "usb:documents"
`;

interface Packed {
  filename: string;
  files: { path: string }[];
}

describe('the packed tarball', () => {
  let dir: TempDir;
  let packed: Packed;
  const npm = (...words: string[]) =>
    execFileSync('npm', [...words, '--loglevel=error'], {
      cwd: dir.path,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  const nbkp = (...words: string[]): SpawnSyncReturns<string> =>
    spawnSync(join(dir.path, 'bin/nbkp'), words, {
      cwd: dir.path,
      env: { PATH: process.env['PATH'], HOME: dir.path, NBKP_STATE_DIR: join(dir.path, 'state') },
      encoding: 'utf8',
    });

  beforeAll(async () => {
    dir = await makeTempDir();
    const [first] = JSON.parse(npm('pack', ROOT, '--json', '--pack-destination', dir.path)) as [Packed];
    packed = first;
    npm('install', '--global', '--offline', '--prefix', dir.path, join(dir.path, packed.filename));
  });
  afterAll(() => dir.remove());

  it('could be published as it is: npm corrects nothing', () => {
    // To a registry that is not there: a dry run only says what it would do.
    const words = [
      'publish',
      join(dir.path, packed.filename),
      '--dry-run',
      '--registry=http://127.0.0.1:9/',
      '--fetch-retries=0',
    ];
    const { status, stdout, stderr } = spawnSync('npm', words, { cwd: dir.path, encoding: 'utf8' });
    expect(stdout, stderr).toBe(`+ nbkp@${version}\n`);
    expect([status, stderr.match(/^npm (warn|error) .*$/gm)]).toEqual([
      0,
      ['npm warn publish This command requires you to be logged in to http://127.0.0.1:9/ (dry-run)'],
    ]);
  });

  it('holds what running needs, its licences and its schemas, and neither sources nor tests', () => {
    const paths = packed.files.map(({ path }) => path);
    expect(paths).toEqual(
      expect.arrayContaining([
        'LICENSE',
        'bin/package.json',
        'bin/run.js',
        'dist/THIRD-PARTY-NOTICES.txt',
        'dist/early.cjs',
        'dist/index.js',
        'dist/library.js',
        'dist/nbkp.cjs',
        'dist/testkit.js',
        'dist/types/testkit/index.d.ts',
        'docs/testing-an-executor.md',
        'oclif.manifest.json',
        'package.json',
        'schemas/spec.schema.json',
      ]),
    );
    expect(paths.filter((path) => /^(?:src|test|scripts|bench|bin\/dev)/.test(path))).toEqual([]);
  });

  it('installs without a network, because it needs no other package', () => {
    const { dependencies } = JSON.parse(npm('ls', '--global', '--all', '--json', '--prefix', dir.path)) as {
      dependencies: Record<string, { dependencies?: object }>;
    };
    expect(Object.keys(dependencies)).toEqual(['nbkp']);
    const others = Object.keys(dependencies['nbkp']?.dependencies ?? {});
    expect(Object.keys(optionalDependencies)).toEqual(expect.arrayContaining(others));
  });

  it('names the licence of each package whose code it contains', () => {
    const notices = readFileSync(join(dir.path, 'lib/node_modules/nbkp/dist/THIRD-PARTY-NOTICES.txt'), 'utf8');
    for (const name of ['@oclif/core', 'toml', 'yaml'])
      expect(notices).toMatch(new RegExp(`^${name} [0-9.]+ \\(`, 'm'));
    expect(notices).not.toContain('undefined');
  });

  it('runs: --version', () => {
    const { status, stdout } = nbkp('--version');
    expect(stdout).toContain(`nbkp/${version} `);
    expect(status).toBe(0);
  });

  it('runs: prepare and plan of a spec', () => {
    mkdirSync(join(dir.path, 'laptop/Documents'), { recursive: true });
    mkdirSync(join(dir.path, 'usb'));
    writeFileSync(join(dir.path, 'laptop/Documents/letter.txt'), 'Dear reader');
    writeFileSync(join(dir.path, 'nbkp.toml'), SPEC.replaceAll('HERE', dir.path), { mode: 0o600 });
    expect(nbkp('prepare', '--yes')).toMatchObject({ status: 0 });
    const { status, stdout } = nbkp('plan', '--json');
    expect(JSON.parse(stdout)).toMatchObject({ summary: { syncs: { planned: 1, blocked: 0 } } });
    expect(status).toBe(0);
  });

  it('is imported: openSpec and plan', () => {
    const script = `import { openSpec, plan } from 'nbkp';
      const { ok, value } = await openSpec({ file: 'nbkp.toml', cwd: process.cwd(), env: process.env });
      console.log(ok, (await plan(value)).value.summary.syncs.planned);
      await value.close();`;
    writeFileSync(join(dir.path, 'lib/program.mjs'), script);
    const env = { PATH: process.env['PATH'], HOME: dir.path, NBKP_STATE_DIR: join(dir.path, 'state') };
    const how = { cwd: dir.path, env, encoding: 'utf8' } as const;
    expect(spawnSync(process.execPath, ['lib/program.mjs'], how)).toMatchObject({ stderr: '', stdout: 'true 1\n' });
  });

  it('runs: the demo', () => {
    const { status, stderr } = nbkp('demo');
    expect({ status, stderr: stderr.includes('bug in nbkp') }).toEqual({ status: 0, stderr: false });
  });
});
