import { spawnSync, type SpawnSyncReturns } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { makeTempDir, type TempDir } from '../support/tempdir.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const DAY = 86_400_000;

describe('bin/run.js', () => {
  let dir: TempDir;
  let cache: string;
  let round = 0;

  const run = (words: string[], from = ROOT): SpawnSyncReturns<string> =>
    spawnSync(process.execPath, [join(from, 'bin/run.js'), ...words], {
      env: { PATH: process.env['PATH'], HOME: dir.path, XDG_CACHE_HOME: cache },
      encoding: 'utf8',
    });
  const kept = (): string[] => readdirSync(join(cache, 'nbkp'));
  const onlyKept = (): string => join(cache, 'nbkp', kept()[0] ?? '');

  beforeAll(async () => {
    dir = await makeTempDir();
  });
  afterAll(() => dir.remove());
  beforeEach(() => {
    cache = join(dir.path, `cache-${round++}`);
  });

  it('answers --version with the line that oclif would print', () => {
    const fast = run(['--version']);
    // With a second word the shortcut is not taken.
    const slow = run(['--version', '--json']);
    expect(fast.stdout).toMatch(/^nbkp\/\d+\.\d+\.\d+ linux-\w+ node-v\d+/);
    expect(fast.stdout).toBe(slow.stdout);
    expect([fast.status, slow.status]).toEqual([0, 0]);
    expect(run(['-V']).stdout).toBe(fast.stdout);
  });

  it('keeps compiled code where only its user can write', () => {
    expect(run(['executors']).status).toBe(0);
    expect(kept()).toHaveLength(1);
    expect(statSync(join(cache, 'nbkp')).mode & 0o777).toBe(0o700);
    expect(statSync(onlyKept()).mode & 0o777).toBe(0o600);
  });

  it('keeps nothing for a word that is no command', () => {
    expect(run(['nonsense']).status).toBe(64);
    run(['executors']);
    expect(kept().filter((name) => name.includes('nonsense'))).toEqual([]);
  });

  it('uses what it kept instead of writing it again', () => {
    run(['executors']);
    const before = statSync(onlyKept()).ino;
    expect(run(['executors']).stdout).toContain('rsync');
    expect(statSync(onlyKept()).ino).toBe(before);
  });

  it('uses it after a run too, in which V8 has other options', () => {
    for (const name of ['source', 'drive']) mkdirSync(join(dir.path, name));
    const spec = join(dir.path, 'nbkp.toml');
    const volumes = `[volumes.source]\npath = "${dir.path}/source"\n[volumes.drive]\npath = "${dir.path}/drive"\n`;
    writeFileSync(spec, `version = 1\n${volumes}[syncs.tree]\nsource = "source"\ndestination = "drive"\n`);
    const words = ['--spec', spec];
    expect(run(['prepare', '--yes', ...words])).toMatchObject({ status: 0 });
    const file = (): string => join(cache, 'nbkp', kept().find((name) => name.includes('-run.')) ?? '');
    expect(run(['run', ...words])).toMatchObject({ status: 0, stdout: expect.not.stringContaining('flag') as string });
    const before = statSync(file()).ino;
    expect(run(['run', ...words])).toMatchObject({ status: 0, stderr: expect.not.stringContaining('flag') as string });
    expect(statSync(file()).ino).toBe(before);
  });

  it('works the same with kept code that is damaged, and replaces it', () => {
    const { stdout } = run(['executors']);
    const good = readFileSync(onlyKept());
    // V8 checks the beginning; given a hole further on, as a power cut leaves, it would end the process.
    const middle = Math.floor(good.length / 2);
    writeFileSync(onlyKept(), Buffer.from(good).fill(0, middle, middle + 4096));
    const answer = run(['executors']);
    expect({ status: answer.status, stdout: answer.stdout, stderr: answer.stderr }).toEqual({
      status: 0,
      stdout,
      stderr: '',
    });
    expect(readFileSync(onlyKept()).subarray(0, 16)).toEqual(good.subarray(0, 16));
    expect(run(['executors']).stdout).toBe(stdout);
  });

  it('works the same with kept code of which only the beginning is left', () => {
    const { stdout } = run(['executors']);
    for (const length of [0, 3, 4, 100]) {
      writeFileSync(onlyKept(), readFileSync(onlyKept()).subarray(0, length));
      expect(run(['executors']).stdout).toBe(stdout);
    }
  });

  it('replaces kept code that others could have written, unused', () => {
    run(['executors']);
    const before = statSync(onlyKept()).ino;
    chmodSync(onlyKept(), 0o660);
    expect(run(['executors']).status).toBe(0);
    expect(statSync(onlyKept()).ino).not.toBe(before);
    expect(statSync(onlyKept()).mode & 0o777).toBe(0o600);
  });

  it('keeps nothing in a directory that others can write to', () => {
    mkdirSync(join(cache, 'nbkp'), { recursive: true });
    chmodSync(join(cache, 'nbkp'), 0o770);
    expect(run(['executors']).status).toBe(0);
    expect(kept()).toEqual([]);
  });

  it('runs without a home and without a cache', () => {
    const { status, stdout } = spawnSync(process.execPath, [join(ROOT, 'bin/run.js'), 'executors'], {
      env: { PATH: process.env['PATH'] },
      encoding: 'utf8',
    });
    expect(status).toBe(0);
    expect(stdout).toContain('rsync');
  });

  it('runs when the cache cannot be written', () => {
    writeFileSync(cache, 'a file where the directory should be');
    const { status, stderr } = run(['executors']);
    expect(status).toBe(0);
    expect(stderr).toBe('');
  });

  it('removes what other builds left a day ago, and nothing else', () => {
    mkdirSync(join(cache, 'nbkp'), { recursive: true, mode: 0o700 });
    const names = ['old-v20.0.0-x64-plan.v8', 'recent-v20.0.0-x64-plan.v8', 'something-else'];
    for (const name of names) writeFileSync(join(cache, 'nbkp', name), '');
    const longAgo = (Date.now() - 2 * DAY) / 1000;
    for (const name of [names[0]!, names[2]!]) utimesSync(join(cache, 'nbkp', name), longAgo, longAgo);
    run(['executors']);
    expect(kept()).not.toContain(names[0]);
    expect(kept()).toEqual(expect.arrayContaining([names[1], names[2]]));
  });

  it('takes no command from a user plugin, which it would have to look at at every start', () => {
    const plugin = join(dir.path, 'plugin');
    const write = (path: string, text: string) => {
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, text);
    };
    write(
      join(plugin, 'package.json'),
      '{"name":"plugin","version":"1.0.0","type":"module","oclif":{"commands":"./commands"}}',
    );
    write(join(plugin, 'commands/hello.js'), 'export default class { static async run() { console.log("hello"); } }');
    const plugins = [{ name: 'plugin', type: 'link', root: plugin }];
    write(join(dir.path, '.local/share/nbkp/package.json'), JSON.stringify({ oclif: { schema: 1, plugins } }));
    const { status, stderr } = run(['hello']);
    rmSync(join(dir.path, '.local'), { recursive: true });
    expect({ status, stderr }).toMatchObject({ status: 64, stderr: expect.stringContaining('no command `hello`') });
  });

  it('says how to build it where it is not built', () => {
    const clone = join(dir.path, 'clone');
    cpSync(join(ROOT, 'bin'), join(clone, 'bin'), { recursive: true });
    const { status, stderr } = run(['plan'], clone);
    expect(status).toBe(1);
    expect(stderr).toContain('npm run build');
  });
});
