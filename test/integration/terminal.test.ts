import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { Backup } from '../support/backup.ts';
import { isCopying, processesAbout, until } from '../support/running.ts';
import { Terminal } from '../support/terminal.ts';
import { makeTempDir } from '../support/tempdir.ts';

const dir = await makeTempDir();
const subject = new Backup(join(dir.path, 'world'), { mode: 'hard-link', sync: 'snapshots.keep.last = 1' });
const temporary = join(subject.sandbox.root, 'tmp');
mkdirSync(temporary);
subject.write({ file: '1' });
for (let run = 0; run < 2; run += 1) subject.run(0, '--no-prune');
const snapshots = subject.entries();
writeFileSync(join(subject.destination, `.nbkp-latest-${snapshots[0] ?? ''}`), '');
const terminal = new Terminal(subject.sandbox, { env: { TMPDIR: temporary } });

afterAll(async () => {
  terminal.close();
  await dir.remove();
});

const QUESTIONS = [
  ['nbkp apply', /Run it\? \[y\/N\]|Type yes to run it/],
  ['nbkp snapshots prune', 'Type yes to run it'],
  ['nbkp restore documents --to restored', 'Run it? [y/N]'],
  ['nbkp recover', /Run it\? \[y\/N\]|Type yes to run it/],
  ['nbkp init --spec new.toml --source laptop --to ./usb', 'Write it? [Y/n]'],
] as const;

describe.each(QUESTIONS)('%s', (command, question) => {
  it('ends with 130 for Ctrl-C at its question, and has done nothing', async () => {
    terminal.run(command);
    await terminal.shows(question);
    terminal.press('C-c');
    const { code, screen } = await terminal.ends();
    expect([code, screen]).toEqual([130, expect.stringContaining('Interrupted. Nothing was done.')]);
    expect(screen).not.toMatch(/error\[|bug/);
    expect(subject.entries()).toEqual(snapshots);
  });

  it('ends with 3 for a no, which is no error', async () => {
    terminal.run(command);
    await terminal.shows(question);
    terminal.answer('n');
    const { code, screen } = await terminal.ends();
    expect([code, screen]).toEqual([3, expect.stringMatching(/Not confirmed. Nothing was (done|written)\./)]);
    expect(screen).not.toContain('error[');
    expect(subject.entries()).toEqual(snapshots);
    expect(readdirSync(subject.sandbox.root)).not.toContain('new.toml');
  });
});

describe('the demo', () => {
  it.each([
    ['at a question', 'nbkp demo', 'Enter to go on'],
    ['while it runs a command', 'nbkp demo --no-pause', '$ nbkp'],
  ])('removes its folder when it is interrupted %s', async (_when, command, shown) => {
    terminal.run(command);
    await terminal.shows(shown);
    const [folder = ''] = readdirSync(temporary);
    expect(folder).toMatch(/^nbkp-demo-/);
    terminal.press('C-c');
    const { code, screen } = await terminal.ends();
    expect([code, screen]).toEqual([
      130,
      expect.stringMatching(/Interrupted\. The demo's folder \S+\s+is\s+removed\./),
    ]);
    expect(screen).not.toContain('bug');
    expect(readdirSync(temporary)).toEqual([]);
    await until(() => processesAbout(folder).length === 0);
  });
});

describe('a run that Ctrl-C ends', () => {
  it('says how many bytes it has copied and how to go on', async () => {
    subject.write({ a: 'a'.repeat(1000), z: 'z'.repeat(8_000_000) });
    subject.respec({ mode: 'hard-link', sync: 'rsync.bandwidth = "1m"' });
    terminal.run('nbkp apply --yes');
    await until(() => isCopying(subject.destination, 'z') && /transfer \d+ %/.test(terminal.screen()));
    terminal.press('C-c');
    const { code, screen } = await terminal.ends();
    expect(code).toBe(130);
    expect(screen).toMatch(/documents +interrupted after .*[\d.]+ [KM]iB copied/);
    expect(screen).toContain('It goes on from here with: nbkp apply');
  });
});

describe('standard input', () => {
  it('is never taken for an argument', () => {
    const piped = ['sh', '-c', 'echo nowhere.plan | "$@"', 'sh'];
    const { code, stderr } = subject.sandbox.nbkpThrough(piped, 'apply', '--only', 'documents');
    expect([code, stderr]).toEqual([3, expect.stringContaining('confirmation-impossible')]);
    expect(subject.sandbox.nbkpThrough(piped, 'restore', '--to', 'x')).toMatchObject({
      code: 64,
      stderr: expect.stringContaining('Which sync?\n  = help: There are: documents') as string,
    });
  });
});

describe('a command line that was not understood', () => {
  it.each([
    ['restore documents', '--to DIR is missing.'],
    ['verify --sample', '--sample'],
    ['run --parallel 0', '--parallel: Expected an integer greater than or equal to 1 but received: 0.'],
    ['plan --mount --keep-mounted', '--keep-mounted does not go together with --mount.'],
    ['plan --only', 'Which sync?\n  = help: There are: documents'],
    ['plan --only a --only b:', 'There are: documents; There are: laptop, usb'],
    ['plan --require', 'Which volume?\n  = help: There are: laptop, usb'],
    ['completions', 'SHELL is missing.\n  = help: There are: bash, zsh, fish'],
    ['show', 'PLAN_FILE is missing.'],
  ])('%s: %s', (words, text) => {
    const { code, stderr } = subject.sandbox.nbkp(...words.split(' '));
    expect([code, stderr]).toEqual([64, expect.stringContaining(text)]);
    expect(stderr).not.toMatch(/\\[nt]/);
  });
});
