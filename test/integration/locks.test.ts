import { hostname } from 'node:os';
import { mkdirSync, readFileSync, renameSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { RunRecord } from '../../src/planner/model/run.ts';
import { Backup } from '../support/backup.ts';
import { isCopying, processesAbout, until, untilWhile } from '../support/running.ts';
import { Sandbox, type Running } from '../support/sandbox.ts';
import { makeTempDir, type TempDir } from '../support/tempdir.ts';
import { wholeTreeOf } from '../support/tree.ts';

let dir: TempDir;
let places = 0;
let subject: Backup;

beforeAll(async () => {
  dir = await makeTempDir();
});

afterAll(() => dir.remove());

const MUSIC = '[syncs.music]\nsource = "laptop:Music"\ndestination = "usb:music"';
const SLOW = 'rsync.bandwidth = "4m"\nsnapshots.keep.last = 1';

/** Documents take a while to copy; music does not. */
beforeEach(() => {
  places += 1;
  subject = new Backup(join(dir.path, String(places)), { mode: 'hard-link' });
  subject.sandbox.files({ 'laptop/Music/song': 'la' });
  subject.respec({ mode: 'hard-link', sync: SLOW, more: MUSIC });
  subject.expectCode(0, subject.sandbox.nbkp('prepare', '--yes'));
});

async function startSlow(...args: string[]): Promise<Running> {
  subject.write({ big: 'x'.repeat(8_000_000) });
  const running = subject.sandbox.start(['run', '--json', ...args]);
  await untilWhile(running, () => isCopying(subject.destination, 'big'));
  return running;
}

const outcomes = ({ syncs }: RunRecord): string[] => syncs.map(({ name, outcome }) => `${name} ${outcome}`);

async function expectRestorable(): Promise<void> {
  const { source, restored } = await subject.roundTrip();
  expect(restored).toEqual(source);
}

describe('a destination that another run holds', () => {
  it('is left alone: 75, who holds it since when and with which command, and the other syncs run', async () => {
    const running = await startSlow();
    const record = subject.run(75);
    expect(outcomes(record)).toEqual(['documents locked', 'music succeeded']);
    const [finding] = record.findings;
    expect(finding).toMatchObject({ severity: 'error', code: 'destination-locked', sync: 'documents' });
    const first = subject.recordOf(0, await running.ended);
    expect(first.pid).toBe(running.process.pid);
    const { pid, startedAt, run } = first;
    const holder = `run ${run} (pid ${pid} on ${hostname()}, since ${startedAt}: nbkp run --json)`;
    expect(finding?.message).toContain(holder);
    expect(finding?.help).toContain('--wait');
    expect(subject.snapshots()).toEqual([first.syncs[0]?.snapshot]);
    await expectRestorable();
  });

  it('is waited for with --wait', async () => {
    const running = await startSlow('--only', 'documents');
    const record = subject.run(0, '--wait', '5m');
    expect(outcomes(record)).toEqual(['documents succeeded', 'music succeeded']);
    const first = subject.recordOf(0, await running.ended);
    expect(record.syncs[0]).toMatchObject({ files: 0 });
    // It was planned before the snapshot that it has to link to existed.
    expect(first.syncs[0]?.snapshot).toBeDefined();
    await expectRestorable();
  });

  it('is seen by another machine too, which has its own state and its own spec', async () => {
    const running = await startSlow('--only', 'documents');
    const other = new Sandbox(join(subject.sandbox.root, 'other'));
    other.writeSpec(readFileSync(subject.sandbox.spec, 'utf8').replace('snapshots.keep.last = 1', ''));
    const answer = other.nbkp('run', '--only', 'documents', '--json');
    expect([answer.code, answer.stdout]).toEqual([75, expect.stringContaining(`pid ${running.process.pid}`)]);
    subject.recordOf(0, await running.ended);
    await expectRestorable();
  });

  it('is not restored from before it is complete, nor cleaned up', async () => {
    subject.run(0);
    const [name = ''] = subject.snapshots();
    symlinkSync(`snapshots/${name}`, join(subject.destination, `.nbkp-latest-${name}`));
    const running = await startSlow('--only', 'documents');
    const to = join(subject.sandbox.root, 'back');
    expect(subject.sandbox.nbkp('restore', 'documents', '--to', to, '--yes').code).toBe(75);
    expect(subject.sandbox.nbkp('recover', '--yes').code).toBe(75);
    expect(subject.sandbox.nbkp('snapshots', 'prune', '--yes').code).toBe(0);
    subject.recordOf(0, await running.ended);
    subject.expectCode(0, subject.sandbox.nbkp('recover', '--yes'));
    await expectRestorable();
  });

  it('is free again as soon as the run has ended, and its lock file stays', async () => {
    subject.run(0);
    const lock = join(subject.destination, '.nbkp-lock');
    expect(statSync(lock).size).toBe(0);
    const { ino } = statSync(lock);
    subject.run(0);
    expect(statSync(lock).ino).toBe(ino);
    await expectRestorable();
  });
});

describe('a run that is killed (-9) while rsync writes', () => {
  it('keeps its destination locked as long as that rsync lives, and is known to be dead', async () => {
    const running = await startSlow();
    running.kill('SIGKILL');
    await running.ended;
    expect(processesAbout(subject.destination)).not.toEqual([]);
    const [held] = subject.run(75, '--only', 'documents').findings;
    expect(held?.message).toContain(`pid ${running.process.pid}`);
    const history = JSON.parse(subject.sandbox.nbkp('history', '--json').stdout) as { runs: { exitCode: number | null }[] };
    expect(history.runs.filter(({ exitCode }) => exitCode === null)).toHaveLength(1);
    await until(() => processesAbout(`${subject.destination}/`).length === 0);

    const record = subject.run(0, '--only', 'documents');
    expect(record.syncs).toMatchObject([{ outcome: 'succeeded', files: 0 }]);
    expect(subject.entries()).toEqual([record.syncs[0]?.snapshot]);
    await expectRestorable();
  });
});

describe('a lock file that is none', () => {
  it('fails its sync and no other: a symlink is not followed', async () => {
    const victim = join(subject.sandbox.root, 'victim');
    subject.sandbox.files({ victim: 'precious' });
    symlinkSync(victim, join(subject.destination, '.nbkp-lock'));
    const record = subject.run(1);
    expect(outcomes(record)).toEqual(['documents failed', 'music succeeded']);
    expect(record.findings).toMatchObject([{ code: 'lock-failed' }]);
    expect(readFileSync(victim, 'utf8')).toBe('precious');
    rmSync(join(subject.destination, '.nbkp-lock'));
    subject.run(0);
    await expectRestorable();
  });

  it('is none of the backup: it is never copied into one', async () => {
    mkdirSync(join(subject.source, 'folder'));
    renameSync(join(subject.source, '.nbkp-src'), join(subject.source, 'x'));
    subject.sandbox.files({ 'laptop/Documents/.nbkp-lock': 'not ours', 'laptop/Documents/.nbkp-src': '' });
    subject.run(0);
    expect((await wholeTreeOf(subject.restore())).some((line) => line.includes('nbkp-'))).toBe(false);
    await expectRestorable();
  });
});
