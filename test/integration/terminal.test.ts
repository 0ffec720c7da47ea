import { chmodSync, existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { HistoryDocument } from '../../src/planner/model/documents.ts';
import { Backup } from '../support/backup.ts';
import { freeze, isCopying, processesAbout, until, untilWhile } from '../support/running.ts';
import { Sandbox } from '../support/sandbox.ts';
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
      expect.stringMatching(/Interrupted\. What the demo has made in\s+\S+\s+is\s+removed\./),
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
    await until(() => isCopying(subject.destination, 'z') && /transfer [1-9]\d* %/.test(terminal.screen()));
    terminal.press('C-c');
    const { code, screen } = await terminal.ends();
    expect(code).toBe(130);
    expect(screen).toMatch(/documents +interrupted after .*[\d.]+ [KM]iB copied/);
    expect(screen).toContain('It goes on from here with: nbkp apply');
  });
});

describe('history', () => {
  const runs = (...args: string[]): string[] =>
    (JSON.parse(subject.sandbox.nbkp('history', '--json', ...args).stdout) as HistoryDocument).runs.map(
      ({ run }) => run,
    );
  const lines = (text: string): string[] => text.match(/\d{8}T\d{6}Z-[0-9a-f]{4}/g) ?? [];

  it('shows the newest last on a terminal, a screen at a time, and first elsewhere', async () => {
    const all = runs();
    expect(all.length).toBeGreaterThan(2);
    expect(lines(subject.sandbox.nbkp('history').stdout)).toEqual(all);
    terminal.run('nbkp history');
    const { screen } = await terminal.ends();
    expect(screen).toContain(`Runs of ${subject.sandbox.spec}`);
    expect(lines(screen)).toEqual(all.toReversed());
    const small = new Terminal(subject.sandbox, { rows: 8 });
    small.run('nbkp history');
    await small.shows('(END)');
    small.press('q');
    expect((await small.ends()).code).toBe(0);
    small.close();
  });

  it('lists what is asked for', () => {
    const all = runs();
    expect(runs('--limit', '2')).toEqual(all.slice(0, 2));
    expect(runs('--failed')).toEqual(all.slice(0, 1));
    expect(runs('--only', 'documents')).toEqual(all.slice(0, 3));
    expect(runs('--since', '1h')).toEqual(all);
    expect(runs('--since', '2099-01-01')).toEqual([]);
    expect(subject.sandbox.nbkp('history', '--only', 'music')).toMatchObject({
      code: 64,
      stderr: expect.stringContaining('There are: documents') as string,
    });
    expect(subject.sandbox.nbkp('history', '--since', 'soon')).toMatchObject({
      code: 64,
      stderr: expect.stringContaining('30s, 10m, 2h, 7d; or a day such as 2026-03-06') as string,
    });
  });

  it('has the runs of this spec, and with --all-specs of others too', () => {
    subject.sandbox.files({ 'other.toml': subject.read('nbkp.toml') });
    subject.expectCode(0, subject.sandbox.nbkp('run', '--spec', 'other.toml'));
    expect(runs('--spec', 'other.toml')).toHaveLength(1);
    expect(runs('--all-specs')).toEqual([...runs('--spec', 'other.toml'), ...runs()]);
    expect(subject.sandbox.nbkp('history', '--all-specs').stdout).toMatch(/other\.toml/);
    subject.sandbox.files({ 'elsewhere/other.toml': subject.read('nbkp.toml') });
    const elsewhere = ['env', '-C', join(subject.sandbox.root, 'elsewhere')];
    const { stdout } = subject.sandbox.nbkpThrough(elsewhere, 'history', '--spec', './other.toml', '--json');
    expect((JSON.parse(stdout) as HistoryDocument).runs).toEqual([]);
  });
});

describe('status', () => {
  it('names its spec, and the run that is at work with its process and how far it is', async () => {
    subject.write({ y: 'y'.repeat(8_000_000) });
    subject.respec({ mode: 'hard-link', sync: 'rsync.bandwidth = "1m"' });
    const running = subject.sandbox.start(['run']);
    const progress = (): string[] =>
      readdirSync(join(subject.sandbox.state, 'runs')).filter((run) =>
        existsSync(join(subject.sandbox.state, 'runs', run, 'progress.json')),
      );
    await untilWhile(running, () => progress().length === 1);
    const goOn = freeze(`${subject.destination}/`);
    const { stdout } = subject.sandbox.nbkp('status');
    goOn();
    expect(stdout).toContain(`That is ${subject.sandbox.spec} on `);
    expect(stdout).toMatch(
      new RegExp(
        `> +nbkp run \\(process ${running.process.pid}, run ${progress()[0]}\\)\\s+since .*UTC:\\s+documents\\s+\\d+ %`,
      ),
    );
    running.kill('SIGINT');
    expect((await running.ended).code).toBe(130);
    expect(progress()).toEqual([]);
  });
});

describe('help', () => {
  it('lists each topic and each command once', () => {
    const { stdout } = subject.sandbox.nbkp('help');
    const names = [...stdout.matchAll(/^ {2}([a-z]+) {2,}\S/gm)].map(([, name]) => name);
    expect(names).toEqual(expect.arrayContaining(['plugins', 'snapshots', 'apply', 'ls', 'status']));
    expect(names).toHaveLength(new Set(names).size);
    expect(stdout.indexOf('  ls ')).toBeGreaterThan(stdout.indexOf('COMMANDS'));
  });
});

describe('30 syncs that are not prepared', () => {
  it('are some lines of prepare, check and plan, and with --all each of them', () => {
    const numbers = Array.from({ length: 30 }, (_, index) => index);
    const sandbox = new Sandbox(join(dir.path, 'many'));
    sandbox.files(Object.fromEntries(numbers.map((number) => [`laptop/d${number}/file`, '1'])));
    mkdirSync(join(sandbox.root, 'usb'));
    const syncs = numbers.map(
      (number) => `[syncs.s${number}]\nsource = "laptop:d${number}"\ndestination = "usb:d${number}"`,
    );
    const volumes = ['laptop', 'usb'].map((name) => `[volumes.${name}]\npath = "${join(sandbox.root, name)}"`);
    sandbox.writeSpec(['version = 1', ...volumes, ...syncs].join('\n'));
    for (const words of [['prepare'], ['check'], ['plan']]) {
      const { stdout } = sandbox.nbkp(...words);
      expect([words, stdout.split('\n').length]).toEqual([
        words,
        expect.toSatisfy((lines: number) => lines > 5 && lines < 45),
      ]);
      expect(stdout).toMatch(/and \d+ more/);
      expect(sandbox.nbkp(...words, '--all').stdout.split('\n').length).toBeGreaterThan(35);
    }
  });
});

describe('what a command says', () => {
  const log = join(subject.sandbox.root, 'nbkp.log');
  const timed = /^\d{4}-\d\d-\d\dT[\d:.]+Z \S/;

  it('is nothing with -q unless something goes wrong, and then everything', () => {
    subject.respec({ mode: 'hard-link' });
    expect(subject.sandbox.nbkp('-q', 'run')).toMatchObject({ code: 0, stdout: '', stderr: '' });
    expect(subject.sandbox.nbkp('apply', '-yq')).toMatchObject({ code: 0, stdout: '', stderr: '' });
    subject.respec({ mode: 'hard-link', sync: 'before = [["false"]]' });
    const failed = subject.sandbox.nbkp('run', '--quiet');
    expect([failed.code, failed.stdout]).toEqual([1, expect.stringContaining('1 failed')]);
    expect(subject.sandbox.nbkp('run', '-q', '--only', 'music')).toMatchObject({
      code: 64,
      stderr: expect.stringContaining('There are: documents') as string,
    });
    expect(JSON.parse(subject.sandbox.nbkp('status', '-q', '--json').stdout)).toHaveProperty('syncs');
  });

  it('is a plan before a question, with -q too', async () => {
    terminal.run('nbkp apply -q');
    await terminal.shows('Run it? [y/N]');
    expect(terminal.screen()).toContain('Plan: 1 sync to run');
    terminal.answer('n');
    expect((await terminal.ends()).code).toBe(3);
  });

  it('has each step with -v, and each command with its time with -vv', () => {
    subject.respec({ mode: 'hard-link' });
    expect(subject.sandbox.nbkp('run', '-v').stderr).not.toContain('rsync');
    expect(subject.sandbox.nbkp('run', '-vv').stderr).toMatch(/Z local: exit 0, \d+ ms, .*: rsync /);
  });

  it('is kept in a file that nbkp has begun, and in no other', () => {
    expect(subject.sandbox.nbkp('run', '-q', '--log-file', log).stderr).toBe('');
    expect(subject.sandbox.nbkp('run', '--only', 'music', `--log-file=${log}`).code).toBe(64);
    const lines = subject.read('nbkp.log').trimEnd().split('\n');
    expect(lines.filter((line) => !timed.test(line))).toEqual([]);
    for (const text of ['nbkp run -q', 'documents: transfer done', '1 succeeded', 'no sync named music'])
      expect(lines.some((line) => line.includes(text))).toBe(true);
    expect(subject.sandbox.nbkp('run', '--log-file', join(subject.source, 'file'))).toMatchObject({
      code: 64,
      stderr: expect.stringContaining('holds something else') as string,
    });
  });

  it("is written to the system's log by logger, which here is a script, since the machine's log is nobody's to fill", () => {
    const bin = join(subject.sandbox.root, 'bin');
    subject.sandbox.files({ 'bin/logger': `#!/bin/sh\necho "$@" >> '${bin}/said'; cat >> '${bin}/said'\n` });
    chmodSync(join(bin, 'logger'), 0o755);
    const env = { PATH: `${bin}:${process.env['PATH'] ?? ''}` };
    expect(subject.sandbox.nbkpWith(env, 'run', '--syslog').code).toBe(0);
    const said = subject.read('bin/said');
    for (const text of ['--tag nbkp', 'nbkp run --syslog\n', 'documents: transfer done', '1 succeeded'])
      expect(said).toContain(text);
    subject.sandbox.files({ 'bin/logger': '#!/bin/sh\nexit 7\n' });
    expect(subject.sandbox.nbkpWith(env, 'run', '--syslog')).toMatchObject({
      code: 0,
      stderr: expect.stringContaining("The system's log cannot be written to: logger ended with 7") as string,
    });
  });

  it('is about lists by commas, and flags before the command', () => {
    const planned = (...args: string[]): string => subject.expectCode(0, subject.sandbox.nbkp(...args)).stdout;
    expect(planned('-s', 'documents,usb:', 'plan')).toContain('1 sync to run');
    expect(subject.sandbox.nbkp('plan', '--only', 'documents,music').stderr).toContain('no sync named music');
    expect(planned('--spec', subject.sandbox.spec, 'status')).toContain(subject.sandbox.spec);
  });
});
