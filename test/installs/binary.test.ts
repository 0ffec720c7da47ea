import { spawnSync, type SpawnSyncReturns } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeExample } from '../support/example-plugin.ts';
import { makeTempDir, type TempDir } from '../support/tempdir.ts';
import { packaged, specOf, version } from './packages.ts';

const MIB = 1024 ** 2;
const HOST = { x64: 'x64', arm64: 'arm64' }[process.arch as string];

/** Where nbkp is for another processor, an emulator runs it, with the libraries that Debian's cross-compilers use. */
const EMULATORS: Record<string, string[]> = { arm64: ['qemu-aarch64-static', '-L', '/usr/aarch64-linux-gnu'] };

describe.each(['x64', 'arm64'])('nbkp as one file, %s', (architecture) => {
  const file = packaged(`nbkp-${version}-linux-${architecture}`);
  const isForeign = architecture !== HOST;
  let dir: TempDir;
  let home: string;
  /** As a person has it: a link in a folder of `PATH`. */
  let link: string;

  const nbkp = (...words: string[]): SpawnSyncReturns<string> =>
    spawnSync(...command(words), {
      cwd: home,
      env: { PATH: `${dirname(link)}:${process.env['PATH'] ?? ''}`, HOME: home, NBKP_STATE_DIR: join(home, 'state') },
      encoding: 'utf8',
    });
  const command = (words: string[]): [string, string[]] => {
    const [program = 'nbkp', ...options] = isForeign ? (EMULATORS[architecture] ?? []) : [];
    return [program, program === 'nbkp' ? words : [...options, file, ...words]];
  };

  beforeAll(async () => {
    dir = await makeTempDir();
    home = join(dir.path, 'home of ada');
    mkdirSync(join(home, 'laptop/Documents'), { recursive: true });
    mkdirSync(join(home, 'usb'));
    mkdirSync(join(home, 'bin'));
    link = join(home, 'bin/nbkp');
    symlinkSync(file, link);
    writeFileSync(join(home, 'laptop/Documents/letter.txt'), 'Dear reader');
    writeFileSync(join(home, 'nbkp.toml'), specOf(home), { mode: 0o600 });
  });
  afterAll(() => dir.remove());

  it('is at most 45 MiB as .xz', () => {
    expect(statSync(`${file}.xz`).size).toBeLessThanOrEqual(45 * MIB);
  });

  it('says its version and its Node', () => {
    expect(nbkp('--version')).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(new RegExp(`^nbkp/${version} linux-${architecture} node-v\\d`)),
    });
    expect(JSON.parse(nbkp('doctor', '--json').stdout)).toMatchObject({ nbkp: { version, form: 'file' } });
  });

  it('has the licences of all that is in it', () => {
    const { stdout } = nbkp('version', '--licenses');
    for (const part of ['Apache License', '@oclif/core', 'Node.js is licensed']) expect(stdout).toContain(part);
  });

  it('backs up and restores', () => {
    for (const words of [['prepare', '--yes'], ['plan'], ['run'], ['restore', 'documents', '--to', 'back', '--yes']]) {
      const { status, stderr } = nbkp(...words);
      expect({ words, status, stderr: status === 0 ? '' : stderr }).toEqual({ words, status: 0, stderr: '' });
    }
    expect(readFileSync(join(home, 'back/letter.txt'), 'utf8')).toBe('Dear reader');
  });

  it('keeps what was compiled, as an install of npm does', () => {
    nbkp('executors');
    const names = readdirSync(join(home, '.cache/nbkp')).filter((name) => name.endsWith('-executors.v8'));
    const inode = () => names.map((name) => statSync(join(home, '.cache/nbkp', name)).ino);
    const before = inode();
    expect(before).toHaveLength(1);
    expect(nbkp('executors').stdout).toContain('hard-link');
    expect(inode()).toEqual(before);
  });

  // What it starts again is the file itself, which the emulator is not asked for.
  it.skipIf(isForeign)('plays the demo, which starts it many times', () => {
    const { status, stderr } = nbkp('demo');
    expect({ status, stderr: stderr.includes('bug in nbkp') }).toEqual({ status: 0, stderr: false });
  });

  it.skipIf(isForeign)('is called by its schedule under the name that it was called by', () => {
    const { stdout } = nbkp('schedule', 'show', '--json');
    const { files } = JSON.parse(stdout) as { files: { text: string }[] };
    const lines = files.flatMap(({ text }) => text.split('\n').filter((line) => line.startsWith('ExecStart=')));
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain(`bin/nbkp`);
    expect(lines[0]).not.toContain(version);
    expect(lines[0]).toMatch(/nbkp"? run /);
  });

  it('gives the schema of the spec to editors, in a first spec too', () => {
    mkdirSync(join(home, 'other'));
    const written = join(home, 'first.toml');
    const { status, stderr } = nbkp(
      'init',
      '--yes',
      '--source',
      'laptop',
      '--to',
      join(home, 'other'),
      '--spec',
      written,
    );
    expect(status, stderr).toBe(0);
    const [, schema = ''] = /^#:schema (.*)$/m.exec(readFileSync(written, 'utf8')) ?? [];
    expect(JSON.parse(readFileSync(schema, 'utf8'))).toMatchObject({ type: 'object' });
    expect(JSON.parse(nbkp('spec', 'schema').stdout)).toMatchObject({ type: 'object' });
  });

  it('loads plugins, which find its API', () => {
    const plugin = join(home, 'plugin');
    writeExample(plugin);
    const { status, stderr } = nbkp('plugins', 'install', plugin);
    expect(status, stderr).toBe(0);
    expect(existsSync(join(home, '.local/share/nbkp/node_modules/nbkp/dist/executor.js'))).toBe(true);
    const { executors } = JSON.parse(nbkp('executors', '--json').stdout) as { executors: { origin: string }[] };
    expect(executors.some(({ origin }) => origin !== 'built-in')).toBe(true);
  });
});
