import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Backup, type BackupOptions } from '../support/backup.ts';
import { freeze, isCopying, untilWhile } from '../support/running.ts';
import { makeTempDir, type TempDir } from '../support/tempdir.ts';
import { wholeTreeOf } from '../support/tree.ts';

/** What other tools do wrong, tried on a real destination. The drives that go away are in `backup-drives.test.ts`. */
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

const KEEP_ONE = 'snapshots.keep.last = 1';
const SLOW = 'rsync.bandwidth = "4m"';
/** Of different lengths: rsync does not see a change of the same size within one second. */
const VERSIONS = ['first', 'second', 'the third'];
const BIG = 'x'.repeat(4_000_000);

async function expectRestorable(subject: Backup): Promise<void> {
  const { source, restored } = await subject.roundTrip();
  expect(restored).toEqual(source);
}

describe('a failed transfer', () => {
  // With this option rsync follows links, and a link to nothing is exit code 23, for root too.
  const follow = 'rsync.extra-options = ["--copy-links"]';

  it.each(['none', 'hard-link'] as const)('is no success: exit code 23 is 1 (mode %s)', (mode) => {
    const subject = backup({ mode, sync: follow });
    subject.write({ good: '1' });
    symlinkSync('/nowhere', join(subject.source, 'dangling'));
    const { syncs, findings, steps } = subject.run(1);
    expect(syncs).toMatchObject([{ outcome: 'failed' }]);
    expect(findings.concat(steps.flatMap((step) => step.findings))).toMatchObject([{ code: 'link-leads-nowhere' }]);
    expect(subject.plan().syncs).toMatchObject([{ lastSuccess: null }]);
  });

  it('moves no latest, names no snapshot and prunes nothing', async () => {
    const subject = backup({ sync: follow });
    for (const text of VERSIONS) {
      subject.write({ file: text });
      subject.run(0);
    }
    const [entries, latest] = [subject.entries(), subject.latest()];
    expect(entries).toHaveLength(3);
    subject.respec({ mode: 'hard-link', sync: `${follow}\n${KEEP_ONE}` });
    subject.write({ file: 'number four' });
    symlinkSync('/nowhere', join(subject.source, 'dangling'));
    expect(subject.run(1).steps.map(({ outcome }) => outcome)).toEqual(['failed', 'not-run', 'not-run', 'not-run']);
    expect([subject.snapshots(), subject.latest()]).toEqual([entries, latest]);
    expect(readFileSync(join(subject.restore(), 'file'), 'utf8')).toBe('the third');

    rmSync(join(subject.source, 'dangling'));
    expect(subject.run(0).syncs).toMatchObject([{ outcome: 'succeeded', pruned: entries }]);
    await expectRestorable(subject);
  });
});

describe('a file that vanishes while it is read (rsync exit code 24)', () => {
  it('throws no good snapshot away: it is named, with a warning', async () => {
    const subject = backup({ sync: SLOW });
    subject.write({ a: BIG, z: 'vanishes' });
    const running = subject.sandbox.start(['run', '--json']);
    await untilWhile(running, () => isCopying(subject.destination, 'a'));
    const goOn = freeze(`${subject.destination}/`);
    rmSync(join(subject.source, 'z'));
    goOn();
    const record = subject.recordOf(0, await running.ended);
    expect(record.steps[0]?.findings).toMatchObject([{ severity: 'warning', code: 'files-vanished' }]);
    expect(subject.snapshots()).toEqual([record.syncs[0]?.snapshot]);
    await expectRestorable(subject);
  });
});

describe('snapshots later than latest', () => {
  it('are good ones when somebody moved latest back, and stay', async () => {
    const subject = backup();
    for (const text of VERSIONS) {
      subject.write({ file: text });
      subject.run(0);
    }
    const [first = '', second = '', third = ''] = subject.snapshots();
    rmSync(join(subject.destination, 'latest'));
    symlinkSync(`snapshots/${first}`, join(subject.destination, 'latest'));
    subject.respec({ mode: 'hard-link', sync: KEEP_ONE });
    const record = subject.run(0);
    expect(record.findings).toMatchObject([{ severity: 'warning', code: 'snapshot-unverified' }]);
    expect(subject.snapshots()).toEqual(expect.arrayContaining([second, third]));
    expect(readFileSync(join(subject.snapshot(third), 'file'), 'utf8')).toBe('the third');
    await expectRestorable(subject);
  });

  it('stay when the clock went backwards, and nothing is pruned until it has caught up', async () => {
    const subject = backup({ sync: KEEP_ONE });
    subject.write({ file: 'from the future' });
    subject.run(0);
    const [name = ''] = subject.snapshots();
    const future = '2199-01-01T00:00:00.000Z';
    renameSync(subject.snapshot(name), subject.snapshot(future));
    rmSync(join(subject.destination, 'latest'));
    symlinkSync(`snapshots/${future}`, join(subject.destination, 'latest'));
    subject.write({ file: 'now' });
    const first = subject.run(0);
    expect(first.findings).toMatchObject([{ severity: 'warning', code: 'clock-behind-latest' }]);
    subject.write({ file: 'later' });
    subject.run(0);
    expect(subject.snapshots()).toContain(future);
    expect(readFileSync(join(subject.snapshot(future), 'file'), 'utf8')).toBe('from the future');
    expect(subject.latest()).not.toContain(future);
    await expectRestorable(subject);
  });
});

describe('a second run', () => {
  it('leaves the unfinished snapshot of the first alone, and the first completes it', async () => {
    const subject = backup({ sync: `${SLOW}\n${KEEP_ONE}` });
    subject.write({ a: BIG });
    const running = subject.sandbox.start(['run']);
    await untilWhile(running, () => isCopying(subject.destination, 'a'));
    const goOn = freeze(`${subject.destination}/`);
    const unfinished = subject.entries();
    expect(unfinished).toMatchObject([expect.stringMatching(/^\.partial-/)]);
    expect(subject.run(75).syncs).toMatchObject([{ outcome: 'locked' }]);
    expect(subject.sandbox.nbkp('recover', '--yes').code).toBe(75);
    expect(subject.entries()).toEqual(unfinished);
    goOn();
    expect((await running.ended).code).toBe(0);
    expect(subject.snapshots()).toEqual(unfinished.map((name) => name.slice('.partial-'.length)));
    await expectRestorable(subject);
  });
});

describe('one thing that is not as it should be', () => {
  const two = (more = ''): string => `
[syncs.music]
source = "laptop:Music"
destination = "usb:music"
${more}`;

  it('does not stop the other syncs when it is a sync that is disabled or whose folder is missing', async () => {
    const subject = backup();
    subject.write({ file: '1' });
    const missing = two().replaceAll(/music/gi, 'pictures');
    subject.respec({ mode: 'hard-link', more: `${two('enabled = false')}\n${missing}` });
    const outcomes = subject.run(4).syncs.map(({ name, outcome }) => [name, outcome]);
    expect(outcomes).toEqual([
      ['documents', 'succeeded'],
      ['music', 'disabled'],
      ['pictures', 'skipped'],
    ]);
    await expectRestorable(subject);
  });

  it('does not stop anything when it is a foreign entry of snapshots/, and is never touched', async () => {
    const subject = backup({ sync: KEEP_ONE });
    const foreign = {
      'a file of mine': 'mine',
      '2020-01-01T00:00:00.000Z': 'a file whose name is that of a snapshot',
      'notes/of mine': 'mine',
      '2021-01-01/x': 'not a time of ours',
    };
    for (const [name, text] of Object.entries(foreign)) {
      mkdirSync(join(subject.snapshot(name), '..'), { recursive: true });
      writeFileSync(subject.snapshot(name), text);
    }
    symlinkSync('/etc', subject.snapshot('2022-01-01T00:00:00.000Z'));
    const before = await wholeTreeOf(join(subject.destination, 'snapshots'));
    for (const text of VERSIONS) {
      subject.write({ file: text });
      subject.run(0);
    }
    expect(await wholeTreeOf(join(subject.destination, 'snapshots'))).toEqual(expect.arrayContaining(before.slice(1)));
    expect(subject.sandbox.nbkp('recover', '--yes').code).toBe(0);
    expect(readFileSync(subject.snapshot('a file of mine'), 'utf8')).toBe('mine');
    await expectRestorable(subject);
  });
});

describe('sentinels', () => {
  it('are neither deleted nor copied when the user replaces the options', async () => {
    const options = 'rsync.options = ["-rlptgoD", "--delete", "--delete-excluded"]';
    const subject = backup({ mode: 'none', sync: `${options}\nfilters = ["- *.tmp"]` });
    subject.write({ file: '1', 'x.tmp': 'not wanted' });
    subject.run(0);
    subject.write({ file: 'changed' });
    subject.run(0);
    expect(readdirSync(subject.destination).sort()).toEqual(['.nbkp-dst', '.nbkp-last.json', '.nbkp-lock', 'file']);
    expect(existsSync(join(subject.source, '.nbkp-src'))).toBe(true);
    rmSync(join(subject.source, 'x.tmp'));
    await expectRestorable(subject);
  });
});

describe('a mistake in what a person wrote', () => {
  it('is never ignored: an unknown key of the spec is an error with its line and the near name', () => {
    const subject = backup({ sync: '' });
    subject.respec({ mode: 'hard-link', sync: 'fliters = ["- *.tmp"]' });
    for (const command of ['plan', 'run', 'status', 'check']) {
      const { code, stderr } = subject.sandbox.nbkp(command);
      expect([command, code]).toEqual([command, 65]);
      expect(stderr).toMatch(/nbkp\.toml:\d+:\d+/);
      expect(stderr).toContain('filters');
    }
    expect(subject.entries()).toEqual([]);
  });

  it('is never ignored: --only with an unknown name runs nothing, and the near name is said', () => {
    const subject = backup();
    subject.write({ file: '1' });
    for (const command of ['plan', 'apply', 'run', 'status', 'recover', 'graph']) {
      const { code, stderr } = subject.sandbox.nbkp(command, '--only', 'docments');
      expect([command, code, stderr]).toEqual([command, 64, expect.stringContaining('documents')]);
    }
    expect(subject.entries()).toEqual([]);
  });
});

describe('links in the source', () => {
  it('are copied as they are, absolute ones and those that lead out of it included', async () => {
    const subject = backup();
    const links = { '/etc/hostname': 'absolute', '../../../etc': 'outwards', '/no/where': 'dangling' };
    for (const [target, name] of Object.entries(links)) symlinkSync(target, join(subject.source, name));
    subject.run(0);
    expect((await wholeTreeOf(subject.copy())).filter((line) => line.includes('\tl '))).toHaveLength(3);
    await expectRestorable(subject);
  });
});
