import { readFileSync } from 'node:fs';
import { spawnSync, type SpawnSyncReturns } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeTempDir, type TempDir } from '../support/tempdir.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const BIN = join(ROOT, 'bin/run.js');

interface Manifest {
  commands: Record<string, { hidden?: boolean; summary?: string; examples?: string[]; exitCodes: [number, string][] }>;
}
const { commands } = JSON.parse(readFileSync(join(ROOT, 'oclif.manifest.json'), 'utf8')) as Manifest;
const COMMANDS = Object.entries(commands).map(([id, command]) => ({ words: id.split(':'), ...command }));

describe('the command line', () => {
  let dir: TempDir;
  const environment = () => ({ PATH: process.env['PATH'], HOME: dir.path, XDG_CACHE_HOME: join(dir.path, 'cache') });
  const nbkp = (...words: string[]): SpawnSyncReturns<string> =>
    spawnSync(process.execPath, [BIN, ...words], { env: environment(), cwd: dir.path, encoding: 'utf8' });

  beforeAll(async () => {
    dir = await makeTempDir();
  });
  afterAll(() => dir.remove());

  it.each([
    [['plann'], 'There is no command `plann`.', 'Did you mean `nbkp plan`?'],
    [['snapshots', 'lst'], 'There is no command `snapshots lst`.', 'Did you mean `nbkp snapshots list`?'],
    [['wholly-unlike-anything'], 'There is no command', 'See `nbkp --help`.'],
    [['plan', 'now'], '`nbkp plan` takes no `now`.', 'See `nbkp plan --help`.'],
    [['--strict', 'plann'], 'There is no command `plann`.', 'Did you mean `nbkp plan`?'],
    [['plan', '--ofline'], 'There is no flag `--ofline`.', 'Did you mean `--offline`?'],
    [['plan', '--jsn'], 'There is no flag `--jsn`.', 'Did you mean `--json`?'],
    [['plan', '--format', 'pdf'], 'Expected --format=pdf to be one of', 'See `nbkp plan --help`.'],
    [['plan', '--spec'], '--spec FILE is missing.', 'See `nbkp plan --help`.'],
    [['restore'], '--to DIR is missing.', 'See `nbkp restore --help`.'],
    [['help', 'plann'], 'There is no command `plann`.', 'Did you mean `nbkp plan`?'],
    [['plann', '--help'], 'There is no command `plann`.', 'Did you mean `nbkp plan`?'],
  ])('answers %j with what is wrong and what to type, and exit code 64', (words, message, help) => {
    const { status, stdout, stderr } = nbkp(...words);
    expect(stderr).toContain(message);
    expect(stderr.replaceAll(/\n\s+/g, ' ')).toContain(help);
    expect(stderr).not.toMatch(/\n\s+at /);
    expect(stdout).toBe('');
    expect(status).toBe(64);
  });

  it('answers a usage error in JSON when JSON was asked for', () => {
    const { status, stdout, stderr } = nbkp('plan', '--ofline', '--json');
    expect(JSON.parse(stdout)).toMatchObject({
      formatVersion: '1.0',
      findings: [{ severity: 'error', code: 'usage', message: 'There is no flag `--ofline`.' }],
    });
    expect(stderr).toBe('');
    expect(status).toBe(64);
  });

  it('answers a missing spec with findings and exit code 65', () => {
    const { status, stdout } = nbkp('spec', 'validate', '--spec', 'absent.toml', '--json');
    expect(JSON.parse(stdout)).toMatchObject({ findings: [{ code: 'spec-unreadable' }] });
    expect(status).toBe(65);
  });

  it('shows its commands and topics without any word', () => {
    const { status, stdout } = nbkp();
    const visible = COMMANDS.filter(({ hidden }) => hidden !== true);
    for (const { words } of visible) expect(stdout).toContain(`\n  ${words[0] ?? ''}`);
    expect(status).toBe(0);
  });

  it.each(COMMANDS)('explains $words in 80 columns, with examples and exit codes', ({ words, examples, exitCodes }) => {
    const { status, stdout } = nbkp(...words, '--help');
    expect(stdout.split('\n').filter((line) => line.length > 80)).toEqual([]);
    expect(stdout).toContain(`$ nbkp ${words.join(' ')}`);
    expect(examples?.length).toBeGreaterThan(0);
    for (const [code, meaning] of exitCodes)
      expect(stdout).toMatch(new RegExp(`^  ${code}\\s+${meaning.slice(0, 20)}`, 'm'));
    expect(exitCodes.map(([code]) => code)).toEqual(expect.arrayContaining([0, 64]));
    expect(nbkp('help', ...words).stdout).toBe(stdout);
    expect(status).toBe(0);
  });

  it('ends quietly when its reader has seen enough', () => {
    const { status, stderr } = spawnSync(
      'bash',
      ['-o', 'pipefail', '-c', `"$0" "$1" spec schema | head -c 1 | wc -c`, process.execPath, BIN],
      {
        env: environment(),
        encoding: 'utf8',
      },
    );
    expect(stderr).toBe('');
    expect(status).toBe(0);
  });

  it.each([
    [{}, false],
    [{ FORCE_COLOR: '1' }, true],
    [{ FORCE_COLOR: '1', NO_COLOR: '1' }, true],
    [{ FORCE_COLOR: '0' }, false],
  ])('with %j and without a terminal, writes colours: %j', (env, coloured) => {
    const { stdout } = spawnSync(process.execPath, [BIN, 'executors'], {
      env: { ...environment(), ...env },
      encoding: 'utf8',
    });
    expect(stdout.includes('\u001b[')).toBe(coloured);
  });
});
