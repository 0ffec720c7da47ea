import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunRecord } from '../../src/planner/model/run.ts';
import { Backup, type BackupOptions } from '../support/backup.ts';
import { isCopying, processesAbout, until, untilWhile } from '../support/running.ts';
import { makeTempDir, type TempDir } from '../support/tempdir.ts';
import { wholeTreeOf } from '../support/tree.ts';

let dir: TempDir;
let places = 0;

beforeAll(async () => {
  dir = await makeTempDir();
});

afterAll(() => dir.remove());

function backup(options: Partial<BackupOptions> = {}): Backup {
  places += 1;
  return new Backup(join(dir.path, String(places)), { mode: 'hard-link', ...options });
}

const SLOW = 'rsync.bandwidth = "4m"';
/** Small files come first, and then one that takes seconds. */
const FILES = {
  ...Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`f${index}`, `${index}`])),
  z: 'z'.repeat(8_000_000),
};

async function expectRestorable(subject: Backup): Promise<void> {
  const { source, restored } = await subject.roundTrip();
  expect(restored).toEqual(source);
}

const outcomes = ({ syncs }: RunRecord): string[] => syncs.map(({ name, outcome }) => `${name} ${outcome}`);

describe('a signal in the middle of a first backup', () => {
  it.each([
    ['SIGINT', 130, 'none'],
    ['SIGINT', 130, 'hard-link'],
    ['SIGTERM', 143, 'hard-link'],
    ['SIGHUP', 143, 'none'],
  ] as const)(
    '%s ends it in order with %i: no rsync left, the lock free, what was copied kept (mode %s)',
    async (signal, code, mode) => {
      const subject = backup({ mode, sync: `${SLOW}\non-failure = [["touch", "alarm"]]` });
      subject.write(FILES);
      const running = subject.sandbox.start(['run', '--json']);
      await untilWhile(running, () => isCopying(subject.destination, 'z'));
      running.kill(signal);
      const record = subject.recordOf(code, await running.ended);
      expect(record.exitCode).toBe(code);
      expect(outcomes(record)).toEqual(['documents interrupted']);
      await until(() => processesAbout(subject.sandbox.root).length === 0);
      // It may have to start again what a command before the sync had stopped.
      expect(existsSync(join(subject.sandbox.root, 'alarm'))).toBe(true);
      expect(subject.snapshots()).toEqual([]);
      expect(subject.plan().syncs[0]?.lastSuccess).toBeNull();

      // Of 51 files only the one that was not complete is copied again, and of that only the rest.
      subject.respec({ mode });
      const again = subject.run(0);
      expect(again.syncs).toMatchObject([{ outcome: 'succeeded', files: 1, entries: 51 }]);
      expect(subject.entries()).toEqual(mode === 'none' ? [] : [again.syncs[0]?.snapshot]);
      expect(readdirSync(subject.copy())).not.toContain('.rsync-partial');
      await expectRestorable(subject);
    },
  );
});

describe('a signal that comes twice', () => {
  // A command that does not listen stands for an rsync that hangs in the kernel.
  const deaf = (mark: string): string =>
    `before = [["sh", "-c", "trap '' TERM; echo > begun; while :; do sleep 0.1; done", "${mark}"]]`;

  it('ends the run at once, whatever a process of it does', async () => {
    const subject = backup();
    subject.write({ file: '1' });
    subject.respec({ mode: 'hard-link', sync: deaf(subject.sandbox.root) });
    const running = subject.sandbox.start(['run']);
    await untilWhile(running, () => existsSync(join(subject.sandbox.root, 'begun')));
    running.kill('SIGINT');
    // Two that are pending at once would be one.
    await untilWhile(running, () => /interrupted/i.test(running.stderr));
    running.kill('SIGINT');
    const { code, stderr } = await running.ended;
    expect(code).toBe(130);
    expect(stderr).toContain('run-killed');
    await until(() => processesAbout(subject.sandbox.root).length === 0);

    subject.expectCode(0, subject.sandbox.nbkp('recover', '--yes'));
    subject.respec({ mode: 'hard-link' });
    expect(outcomes(subject.run(0))).toEqual(['documents succeeded']);
    await expectRestorable(subject);
  });
});

describe('a step that fails', () => {
  const syncs = `
[volumes.shelf]
path = "SHELF"
[syncs.offsite]
source = "usb:documents"
destination = "shelf:documents"
[syncs.further]
source = "shelf:documents"
destination = "usb:further"
[syncs.music]
source = "laptop:Music"
destination = "usb:music"
`;

  it('blocks those that depend on it through a chain, and independent syncs go on', async () => {
    places += 1;
    const root = join(dir.path, String(places));
    const more = syncs.replace('SHELF', join(root, 'shelf'));
    const subject = new Backup(root, { mode: 'hard-link' });
    subject.sandbox.files({ 'laptop/Music/song': 'la', 'shelf/x': '' });
    subject.respec({ mode: 'hard-link', more });
    subject.expectCode(0, subject.sandbox.nbkp('prepare', '--yes'));
    subject.write({ file: '1' });
    subject.respec({ mode: 'hard-link', sync: 'before = [["false"]]', more });
    const record = subject.run(1);
    expect(outcomes(record)).toEqual(['documents failed', 'further blocked', 'music succeeded', 'offsite blocked']);
    const notRun = record.steps.filter(({ outcome }) => outcome === 'not-run');
    expect(notRun.map(({ id }) => id).sort()).toEqual([
      'record:documents',
      'record:further',
      'record:offsite',
      'snapshot:documents',
      'transfer:documents',
      'transfer:further',
      'transfer:offsite',
    ]);
    expect(notRun.map(({ reason }) => reason)).toEqual(
      Array(7).fill(expect.stringContaining('before:documents:1 failed')),
    );
    expect(subject.entries()).toEqual([]);

    subject.respec({ mode: 'hard-link', more });
    expect(new Set(subject.run(0).syncs.map(({ outcome }) => outcome))).toEqual(new Set(['succeeded']));
    for (const sync of ['documents', 'offsite', 'further']) {
      expect(await wholeTreeOf(subject.restore(sync))).toEqual(await wholeTreeOf(subject.source));
    }
  });
});

describe('commands of the user', () => {
  const note = (word: string, more = ''): string => `["sh", "-c", "echo ${word} >> notes${more}"]`;
  const hooks = (before: string, after = note('after')): string =>
    `before = [${note('before 1')}, ${before}]\nafter = [${after}]\non-failure = [${note('on-failure 1')}, ${note('on-failure 2')}]`;
  const notes = (subject: Backup): string[] => subject.read('notes').trim().split('\n');

  it('run before the transfer and after the success, in their order', async () => {
    const subject = backup();
    subject.write({ file: '1' });
    const seen = (when: string): string =>
      note(when, `; test -e ${subject.destination}/latest/file && echo there >> notes || echo not there >> notes`);
    subject.respec({ mode: 'hard-link', sync: hooks(seen('before 2'), seen('after')) });
    subject.run(0);
    expect(notes(subject)).toEqual(['before 1', 'before 2', 'not there', 'after', 'there']);
    await expectRestorable(subject);
  });

  it('fail the sync when one before it fails: nothing is copied, and on-failure runs', () => {
    const subject = backup();
    subject.write({ file: '1' });
    subject.respec({ mode: 'hard-link', sync: hooks(note('before 2', '; exit 7')) });
    const record = subject.run(1);
    expect(record.steps[1]).toMatchObject({
      outcome: 'failed',
      findings: [{ message: expect.stringContaining('exit code 7') }],
    });
    expect(notes(subject).slice(0, 2)).toEqual(['before 1', 'before 2']);
    expect(notes(subject).slice(2).sort()).toEqual(['on-failure 1', 'on-failure 2']);
    expect(subject.entries()).toEqual([]);
  });

  it('after it make the run fail too, but the snapshot that was made stays', async () => {
    const subject = backup();
    subject.write({ file: '1' });
    subject.respec({ mode: 'hard-link', sync: hooks(note('before 2'), note('after', '; exit 1')) });
    const record = subject.run(1);
    expect(outcomes(record)).toEqual(['documents failed']);
    expect(subject.snapshots()).toEqual([record.syncs[0]?.snapshot]);
    expect(notes(subject)).toContain('on-failure 1');
    await expectRestorable(subject);
  });
});

describe('apply where nobody can be asked', () => {
  it('refuses without --yes (3), says so and touches nothing', async () => {
    const subject = backup();
    subject.write({ file: '1' });
    const { code, stderr } = subject.sandbox.nbkp('apply');
    expect(code).toBe(3);
    expect(stderr).toMatch(/confirmation-impossible.*--yes/s);
    expect(subject.entries()).toEqual([]);
    expect(subject.sandbox.nbkp('apply', '--yes').code).toBe(0);
    expect(readFileSync(join(subject.copy(), 'file'), 'utf8')).toBe('1');
    await expectRestorable(subject);
  });

  it('refuses in the same way for prepare, recover, restore and snapshots prune', () => {
    const subject = backup({ sync: 'snapshots.keep.last = 1' });
    subject.write({ file: '1' });
    for (let run = 0; run < 2; run += 1) subject.run(0, '--no-prune');
    const [first = ''] = subject.snapshots();
    const entries = subject.entries();
    writeFileSync(join(subject.destination, `.nbkp-latest-${first}`), '');
    const commands = [
      ['restore', 'documents', '--to', join(subject.sandbox.root, 'x')],
      ['recover'],
      ['snapshots', 'prune'],
    ];
    for (const words of commands) expect([words, subject.sandbox.nbkp(...words).code]).toEqual([words, 3]);
    expect(subject.entries()).toEqual(entries);
    expect(existsSync(join(subject.sandbox.root, 'x'))).toBe(false);
  });
});
