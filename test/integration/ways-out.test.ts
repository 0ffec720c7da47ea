import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { forgetPartialFiles } from '../../src/planner/kinds/rsync/clean-up.ts';
import { Backup } from '../support/backup.ts';
import { describeWithMounts } from '../support/requirements.ts';
import { processesAbout, until, untilWhile } from '../support/running.ts';
import { makeTempDir, type TempDir } from '../support/tempdir.ts';

let dir: TempDir;
let subject: Backup;

beforeAll(async () => {
  dir = await makeTempDir();
  subject = new Backup(join(dir.path, 'world'), { mode: 'hard-link' });
  subject.write({ file: '1' });
});

afterAll(() => dir.remove());

describe('Ctrl-C on a terminal', () => {
  it('ends the run at once the second time, with the whole message, also when it comes a third time', async () => {
    const { root } = subject.sandbox;
    // A command that does not listen stands for an rsync that hangs in the kernel.
    const deaf = `["sh", "-c", "trap '' TERM; echo > begun; while :; do sleep 0.1; done", "${root}"]`;
    subject.respec({ mode: 'hard-link', sync: `before = [${deaf}]` });
    const running = subject.sandbox.startOnTerminal(['run', '--events', 'events']);
    const told = (): boolean => readFileSync(join(root, 'events'), 'utf8').includes('"interrupted"');
    await untilWhile(running, () => existsSync(join(root, 'begun')));
    running.process.stdin?.write('\x03');
    await untilWhile(running, told);
    running.process.stdin?.write('\x03\x03');
    const { code, stdout } = await running.ended;
    expect(code).toBe(130);
    expect(stdout).toContain('run-killed');
    expect(stdout.replace(/\s+/g, ' ')).toContain('The next run goes on from there.');
    // The cursor is there again.
    expect(stdout.lastIndexOf('\x1b[?25h')).toBeGreaterThan(stdout.lastIndexOf('\x1b[?25l'));
    await until(() => processesAbout(root).length === 0);
  });
});

describeWithMounts('a run', () => {
  const json = (...args: string[]): unknown => jsonWith(0, ...args);
  const jsonWith = (code: number, ...args: string[]): unknown =>
    JSON.parse(subject.expectCode(code, subject.sandbox.nbkp(...args)).stdout);

  it('at work is seen as such by all commands, and what it owes once it was killed is for recover', async () => {
    const { root } = subject.sandbox;
    const hold = `["sh", "-c", "echo > holding; while test -e holding; do sleep 0.1; done", "${root}"]`;
    subject.respec({ mode: 'hard-link', sync: `before = [${hold}]\non-failure = [["touch", "started"]]` });
    const running = subject.sandbox.start(['run']);
    await untilWhile(running, () => existsSync(join(root, 'holding')));
    // As an interrupted removal and a moving link look while a run is at work.
    mkdirSync(join(subject.destination, 'snapshots/.prune-2020-01-01T00:00:00.000Z'));
    const run = readdirSync(join(subject.sandbox.state, 'runs')).sort().at(-1) ?? '';
    expect(json('history', '--json')).toMatchObject({
      runs: expect.arrayContaining([expect.objectContaining({ run, state: 'running' })]) as unknown[],
    });
    expect(json('status', '--json')).toMatchObject({ syncs: [{ name: 'documents', running: run }] });
    expect(subject.sandbox.nbkp('status').stdout).toContain('running now');
    expect(json('plan', '--json')).toMatchObject({ findings: [{ code: 'run-at-work', sync: 'documents' }] });
    const left = jsonWith(75, 'recover', '--json');
    expect(left).toMatchObject({ steps: [], syncs: [{ state: 'skipped', code: 'run-at-work' }] });
    expect(subject.sandbox.nbkp('recover').stdout).not.toContain('Left behind');

    running.process.kill('SIGKILL');
    await running.ended;
    rmSync(join(root, 'holding'));
    await until(() => processesAbout(root).length === 0);
    expect(subject.sandbox.nbkp('recover').stdout).toMatch(
      new RegExp(`documents: touch\\s+will be run: run ${run} died[^]*will be removed`),
    );
    // Also when the spec says another way to the same place since.
    const spec = readFileSync(subject.sandbox.spec, 'utf8');
    symlinkSync(subject.drive, join(root, 'link'));
    subject.sandbox.writeSpec(spec.replace(JSON.stringify(subject.drive), JSON.stringify(join(root, 'link'))));
    expect(subject.sandbox.nbkp('recover').stdout).toMatch(
      new RegExp(`documents: touch\\s+will be run: run ${run} died`),
    );
    subject.sandbox.writeSpec(spec);
    // One thing that cannot be removed keeps nothing else from being done, and no other is done twice.
    const busy = join(subject.destination, 'snapshots/.prune-2020-01-01T00:00:00.000Z/busy');
    mkdirSync(busy);
    execFileSync('mount', ['-t', 'tmpfs', 'tmpfs', busy]);
    try {
      subject.expectCode(1, subject.sandbox.nbkp('recover', '--yes'));
      expect(existsSync(join(root, 'started'))).toBe(true);
      rmSync(join(root, 'started'));
      subject.expectCode(1, subject.sandbox.nbkp('recover', '--yes'));
    } finally {
      execFileSync('umount', [busy]);
    }
    subject.expectCode(0, subject.sandbox.nbkp('recover', '--yes'));
    expect(existsSync(join(root, 'started'))).toBe(false);
    expect(json('recover', '--json')).toMatchObject({ steps: [] });
  });
});

describe('what an interrupted transfer has left', () => {
  it('is removed from folders that the user may neither enter nor write to', () => {
    const copy = join(dir.path, 'copy');
    for (const folder of ['closed', 'read-only']) {
      mkdirSync(join(copy, folder, '.rsync-partial'), { recursive: true });
      writeFileSync(join(copy, folder, '.rsync-partial/piece'), '');
      writeFileSync(join(copy, folder, 'file'), '');
    }
    // Root may do everything, so that another user has to.
    const isRoot = process.getuid?.() === 0;
    const user = isRoot ? ['setpriv', '--reuid=65534', '--clear-groups'] : ['env'];
    if (isRoot) execFileSync('chown', ['-R', '65534', copy]);
    chmodSync(dir.path, 0o755);
    chmodSync(join(copy, 'closed'), 0o000);
    chmodSync(join(copy, 'read-only'), 0o555);
    for (const argv of forgetPartialFiles(copy)) {
      const [program = '', ...words] = [...user, ...argv];
      execFileSync(program, words);
    }
    chmodSync(join(copy, 'closed'), 0o700);
    const left = execFileSync('find', [copy, '-type', 'f', '-o', '-name', '.rsync-partial'], { encoding: 'utf8' });
    expect(left.trim().split('\n').sort()).toEqual([`${copy}/closed/file`, `${copy}/read-only/file`]);
  });
});
