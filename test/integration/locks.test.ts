import { spawnSync } from 'node:child_process';
import { hostname } from 'node:os';
import { existsSync, readFileSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { RunRecord } from '../../src/planner/model/run.ts';
import { Backup } from '../support/backup.ts';
import { freeze, isCopying, processesAbout, until, untilWhile } from '../support/running.ts';
import { Sandbox, type Running } from '../support/sandbox.ts';
import { makeTempDir, type TempDir } from '../support/tempdir.ts';
import { stateOf, wholeTreeOf } from '../support/tree.ts';

let dir: TempDir;
let subject: Backup;

afterAll(() => dir.remove());

const SLOW = 'rsync.bandwidth = "4m"';
const MUSIC = '[syncs.music]\nsource = "laptop:Music"\ndestination = "usb:music"';
/** Its first command waits for a file, so that tests decide how long its run takes. */
const HELD = `snapshots.keep.last = 1\nbefore = [["sh", "-c", "echo > begun; until test -e go; do sleep 0.05; done"]]`;

/** Documents take as long as the test wants; music does not. */
beforeAll(async () => {
  dir = await makeTempDir();
  subject = new Backup(join(dir.path, 'world'), { mode: 'hard-link' });
  subject.sandbox.files({ 'laptop/Music/song': 'la' });
  subject.respec({ mode: 'hard-link', sync: HELD, more: MUSIC });
  subject.expectCode(0, subject.sandbox.nbkp('prepare', '--yes'));
  subject.sandbox.save();
});

beforeEach(() => subject.sandbox.reset());

async function startHeld(...args: string[]): Promise<Running> {
  const begun = join(subject.sandbox.root, 'begun');
  const running = subject.sandbox.start(['run', '--json', ...args]);
  await untilWhile(running, () => existsSync(begun));
  return running;
}

/** Its last step has left its note, and nobody holds its lock any more. */
function isDoneWithMusic(): boolean {
  const music = join(subject.drive, 'music');
  if (!existsSync(join(music, '.nbkp-last.json'))) return false;
  return spawnSync('flock', ['--nonblock', join(music, '.nbkp-lock'), 'true']).status === 0;
}

function go(): void {
  subject.sandbox.files({ go: '' });
}

function runNow(code: number, ...args: string[]): RunRecord {
  go();
  return subject.run(code, ...args);
}

const outcomes = ({ syncs }: RunRecord): string[] => syncs.map(({ name, outcome }) => `${name} ${outcome}`);

async function expectRestorable(): Promise<void> {
  const { source, restored } = await subject.roundTrip();
  expect(restored).toEqual(source);
}

describe('a destination that another run holds', () => {
  it('is left alone: 75, who holds it since when and with which command, and the other syncs run', async () => {
    subject.write({ file: '1' });
    const running = await startHeld();
    await untilWhile(running, isDoneWithMusic);
    const record = subject.run(75);
    expect(outcomes(record)).toEqual(['documents locked', 'music succeeded']);
    const [known, finding] = record.findings;
    expect(known).toMatchObject({ severity: 'info', code: 'run-at-work', sync: 'documents' });
    expect(finding).toMatchObject({ severity: 'error', code: 'destination-locked', sync: 'documents' });
    go();
    const first = subject.recordOf(0, await running.ended);
    expect(first.pid).toBe(running.process.pid);
    const { pid, startedAt, run } = first;
    const holder = `run ${run} (pid ${pid} on ${hostname()}, since ${startedAt}: nbkp run --json)`;
    expect(finding?.message).toContain(holder);
    expect(finding?.help).toContain('--wait');
    expect(subject.snapshots()).toEqual([first.syncs[0]?.snapshot]);
    await expectRestorable();
  });

  it('is waited for with --wait, and only then is it planned what there is to do', async () => {
    subject.write({ file: '1' });
    const first = await startHeld('--only', 'documents');
    const second = subject.sandbox.start(['run', '--json', '--wait', '1h']);
    await untilWhile(second, () => second.stderr.includes(`process ${first.process.pid}`));
    go();
    const made = subject.recordOf(0, await first.ended).syncs[0]?.snapshot;
    const record = subject.recordOf(0, await second.ended);
    expect(outcomes(record)).toEqual(['documents succeeded', 'music succeeded']);
    expect(record.syncs[0]).toMatchObject({ files: 0, pruned: [made] });
    await expectRestorable();
  });

  it('is left alone when --wait is over, and the other syncs run', async () => {
    const first = await startHeld('--only', 'documents');
    expect(outcomes(subject.run(75, '--wait', '1s'))).toEqual(['documents locked', 'music succeeded']);
    go();
    subject.recordOf(0, await first.ended);
    await expectRestorable();
  });

  it('is seen by another machine too, which has its own state and its own spec', async () => {
    const running = await startHeld('--only', 'documents');
    const other = new Sandbox(join(subject.sandbox.root, 'other'));
    other.writeSpec(readFileSync(subject.sandbox.spec, 'utf8').replace('snapshots.keep.last = 1', ''));
    const answer = other.nbkp('run', '--only', 'documents', '--json');
    expect([answer.code, answer.stdout]).toEqual([75, expect.stringContaining(`pid ${running.process.pid}`)]);
    go();
    subject.recordOf(0, await running.ended);
    await expectRestorable();
  });

  it('is not restored from, pruned or cleaned up before the run has ended', async () => {
    for (const text of ['first', 'second']) {
      subject.write({ file: text });
      runNow(0, '--no-prune');
    }
    rmSync(join(subject.sandbox.root, 'go'));
    rmSync(join(subject.sandbox.root, 'begun'));
    const [name = ''] = subject.snapshots();
    symlinkSync(`snapshots/${name}`, join(subject.destination, `.nbkp-latest-${name}`));
    const running = await startHeld('--only', 'documents');
    const before = await stateOf(subject.destination);
    const to = join(subject.sandbox.root, 'back');
    expect(subject.sandbox.nbkp('restore', 'documents', '--to', to, '--yes').code).toBe(75);
    expect(subject.sandbox.nbkp('recover', '--yes').code).toBe(75);
    expect(subject.sandbox.nbkp('snapshots', 'prune', '--yes').code).toBe(75);
    expect(await stateOf(subject.destination)).toEqual(before);
    go();
    expect(subject.recordOf(0, await running.ended).syncs[0]?.pruned).toHaveLength(2);
    subject.expectCode(0, subject.sandbox.nbkp('recover', '--yes'));
    await expectRestorable();
  });

  it('is free again as soon as the run has ended, and its lock file stays', async () => {
    runNow(0);
    const lock = join(subject.destination, '.nbkp-lock');
    expect(statSync(lock).size).toBe(0);
    const { ino } = statSync(lock);
    runNow(0);
    expect(statSync(lock).ino).toBe(ino);
    await expectRestorable();
  });
});

describe('a run that is killed (-9) while a command of it works', () => {
  it('keeps its destination locked as long as that command lives, and is known to be dead', async () => {
    subject.write({ file: '1' });
    subject.respec({ mode: 'hard-link', sync: SLOW, more: MUSIC });
    subject.write({ big: 'x'.repeat(8_000_000) });
    const running = subject.sandbox.start(['run', '--json']);
    await untilWhile(running, () => isCopying(subject.destination, 'big'));
    const goOn = freeze(`${subject.destination}/`);
    running.kill('SIGKILL');
    await running.ended;
    const [held] = subject.run(75, '--only', 'documents').findings;
    expect(held?.message).toContain(`pid ${running.process.pid}`);
    const history = JSON.parse(subject.sandbox.nbkp('history', '--json').stdout) as {
      runs: { exitCode: number | null }[];
    };
    expect(history.runs.filter(({ exitCode }) => exitCode === null)).toHaveLength(1);
    goOn();
    await until(() => processesAbout(`${subject.destination}/`).length === 0);

    const record = subject.run(0, '--only', 'documents');
    expect(subject.entries()).toEqual([record.syncs[0]?.snapshot]);
    await expectRestorable();
  });
});

describe('two runs at once', () => {
  it('are in the way of each other only where they write to one place', async () => {
    subject.write({ file: '1' });
    const first = await startHeld('--only', 'documents');
    const second = subject.recordOf(0, subject.sandbox.nbkp('run', '--only', 'music', '--json'));
    expect(outcomes(second)).toEqual(['music succeeded']);
    go();
    expect(outcomes(subject.recordOf(0, await first.ended))).toEqual(['documents succeeded']);
    const { syncs } = subject.plan();
    expect(syncs.map(({ lastSuccess }) => lastSuccess)).toEqual([expect.any(String), expect.any(String)]);
    await expectRestorable();
  });

  it('of one moment never share a snapshot: each that is made is whole, and nothing is left over', async () => {
    subject.write({ file: '1' });
    go();
    const runs = Array.from({ length: 4 }, () => subject.sandbox.start(['run', '--json', '--only', 'documents']));
    const codes = (await Promise.all(runs.map((running) => running.ended))).map(({ code }) => code);
    // Who comes second finds the destination locked, or no longer as it was when it was planned.
    expect(codes).toContain(0);
    expect(codes.filter((code) => ![0, 1, 75].includes(code ?? -1))).toEqual([]);
    for (const name of subject.snapshots()) {
      expect(await wholeTreeOf(subject.snapshot(name))).toEqual(await wholeTreeOf(subject.source));
    }
    expect(subject.entries().filter((name) => name.startsWith('.'))).toEqual([]);
    await expectRestorable();
  });
});

describe('a lock file that is none', () => {
  it('fails its sync and no other: a symlink is not followed', async () => {
    const victim = join(subject.sandbox.root, 'victim');
    subject.sandbox.files({ victim: 'precious' });
    symlinkSync(victim, join(subject.destination, '.nbkp-lock'));
    const record = runNow(1);
    expect(outcomes(record)).toEqual(['documents failed', 'music succeeded']);
    expect(record.findings).toMatchObject([{ code: 'lock-failed' }]);
    expect(readFileSync(victim, 'utf8')).toBe('precious');
    rmSync(join(subject.destination, '.nbkp-lock'));
    runNow(0);
    await expectRestorable();
  });

  it('is none of the backup: it is never copied into one', async () => {
    subject.sandbox.files({ 'laptop/Documents/.nbkp-lock': 'not ours' });
    runNow(0);
    expect((await wholeTreeOf(subject.restore())).some((line) => line.includes('nbkp-'))).toBe(false);
    await expectRestorable();
  });
});
