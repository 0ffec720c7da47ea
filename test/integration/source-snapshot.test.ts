import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Backup, type BackupOptions } from '../support/backup.ts';
import { makeBtrfs, type BtrfsMount } from '../support/btrfs.ts';
import { KillAt } from '../support/kill-at.ts';
import { describeWithMounts } from '../support/requirements.ts';
import { freeze, isCopying, until, untilWhile } from '../support/running.ts';

const FROM_SNAPSHOT = 'source-snapshot = "btrfs"';

describeWithMounts('a transfer that reads a temporary snapshot of its source', () => {
  let btrfs: BtrfsMount;
  let places = 0;

  beforeAll(async () => {
    btrfs = await makeBtrfs();
  });
  afterAll(() => btrfs.remove());

  const subvolume = (path: string): void => void execFileSync('btrfs', ['-q', 'subvolume', 'create', path]);

  /** The laptop's folder is a subvolume, and its source a folder in it. */
  function backup(options: Partial<BackupOptions> = {}): Backup {
    places += 1;
    const root = join(btrfs.path, String(places));
    mkdirSync(root);
    subvolume(join(root, 'laptop'));
    const { sync = '', ...others } = options;
    return new Backup(root, { mode: 'hard-link', sync: `${FROM_SNAPSHOT}\n${sync}`, ...others });
  }

  const folder = ({ source }: Backup): string => join(source, '.nbkp-source');
  /** Names of snapshots that are there; locks stay. */
  const left = (subject: Backup): string[] => readdirSync(folder(subject)).filter((name) => !name.endsWith('.lock'));

  it('shows each step, reads it and removes it; the next run finds nothing to copy', () => {
    const subject = backup({ sync: 'snapshots.when = "changed"' });
    subject.write({ 'a/b': '1' });
    const { steps } = subject.plan();
    expect(steps.map(({ id }) => id)).toEqual([
      'source-snapshot:documents',
      'transfer:documents',
      'source-release:documents',
      'snapshot:documents',
      'record:documents',
    ]);
    const [, transfer, release] = steps;
    const read = `${folder(subject)}/documents/Documents/`;
    expect(transfer?.commands.filter(([program]) => program === 'rsync').flat()).toContain(read);
    expect(release?.releases).toBe('source-snapshot:documents');
    expect(subject.run(0).syncs).toMatchObject([{ outcome: 'succeeded', files: 1 }]);
    expect(readFileSync(join(subject.copy(), 'a/b'), 'utf8')).toBe('1');
    expect(readdirSync(subject.copy())).toEqual(['a']);
    expect(left(subject)).toEqual([]);
    const again = subject.run(0);
    expect(again.steps.find(({ id }) => id === 'transfer:documents')?.outcome).toBe('unneeded');
    expect(subject.snapshots()).toHaveLength(1);
    expect(left(subject)).toEqual([]);
    // A look at the files reads the source itself: there is no snapshot yet.
    subject.write({ c: '22' });
    const looked = subject.plan('--files');
    expect(looked.syncs[0]?.items).toMatchObject([{ change: 'create', path: 'c', size: 2 }]);
    expect(left(subject)).toEqual([]);
  });

  it.each(['none', 'hard-link', 'btrfs'] as const)(
    'copies subvolumes within, and deletes no copy of one (mode %s)',
    async (mode) => {
      const subject = backup({ mode });
      const odd = 'in\nner {} *';
      subvolume(join(subject.source, 'inner'));
      subject.write({ file: '1', 'inner/i': 'i', 'd/e': 'e' });
      subvolume(join(subject.source, 'd', odd));
      subvolume(join(subject.source, 'd', odd, 'deep'));
      subject.write({ [`d/${odd}/z`]: 'z', [`d/${odd}/deep/x`]: 'x' });
      const { findings } = subject.plan();
      expect(findings.map(({ code }) => code)).toContain('source-snapshot-inner');
      expect(subject.run(0).syncs).toMatchObject([{ outcome: 'succeeded', files: 5 }]);
      expect(subject.run(0).syncs).toMatchObject([{ outcome: 'succeeded', files: 0, deleted: 0 }]);
      expect(readFileSync(join(subject.copy(), 'd', odd, 'deep/x'), 'utf8')).toBe('x');
      expect(left(subject)).toEqual([]);
      const { source, restored } = await subject.roundTrip();
      // Files of several subvolumes have one inode number each, which looks as if they were linked.
      const told = (lines: string[]) => lines.filter((line) => !/^linked |\.nbkp-source/.test(line));
      expect(told(restored)).toEqual(told(source));
    },
  );

  it('refuses what is mounted in the source, unless filters leave it out: its copy stays', () => {
    const subject = backup({ mode: 'none' });
    subject.write({ file: '1', 'mnt/m': 'm' });
    subject.run(0);
    execFileSync('mount', ['-t', 'tmpfs', 'none', join(subject.source, 'mnt')]);
    try {
      subject.run(1);
      expect(subject.plan().syncs).toMatchObject([{ state: 'blocked', code: 'source-snapshot-mounts' }]);
      expect(readFileSync(join(subject.destination, 'mnt/m'), 'utf8')).toBe('m');
      subject.respec({ mode: 'none', sync: `${FROM_SNAPSHOT}\nfilters = [{ exclude = "/mnt" }]` });
      expect(subject.run(0).syncs).toMatchObject([{ outcome: 'succeeded' }]);
    } finally {
      execFileSync('umount', [join(subject.source, 'mnt')]);
    }
  });

  it('refuses what a command before it has mounted in the source, unless filters leave it out: its copy stays', () => {
    const subject = backup({ mode: 'none' });
    const elsewhere = join(subject.sandbox.root, 'elsewhere');
    const enc = join(subject.source, 'enc');
    mkdirSync(elsewhere);
    subject.write({ file: '1', 'enc/e': 'e' });
    subject.run(0);
    execFileSync('mv', [join(enc, 'e'), elsewhere]);
    const before = `before = [["mount", "--bind", ${JSON.stringify(elsewhere)}, ${JSON.stringify(enc)}]]`;
    subject.respec({ mode: 'none', sync: `${FROM_SNAPSHOT}\n${before}` });
    expect(subject.plan().syncs).toMatchObject([{ state: 'planned' }]);
    const mounted = (filters: string, code: number) => {
      subject.respec({ mode: 'none', sync: `${FROM_SNAPSHOT}\n${before}\n${filters}` });
      try {
        return subject.run(code);
      } finally {
        execFileSync('umount', [enc]);
      }
    };
    const { steps } = mounted('', 1);
    const made = steps.find(({ id }) => id === 'source-snapshot:documents');
    expect(made).toMatchObject({ outcome: 'failed', findings: [{ code: 'source-snapshot-mounts' }] });
    expect(made?.findings[0]?.message).toContain(enc);
    expect(steps.find(({ id }) => id === 'transfer:documents')?.outcome).toBe('not-run');
    expect(readFileSync(join(subject.destination, 'enc/e'), 'utf8')).toBe('e');
    expect(left(subject)).toEqual([]);
    const filters = 'filters = ["P /enc", { exclude = "/enc" }]';
    expect(mounted(filters, 0).syncs).toMatchObject([{ outcome: 'succeeded' }]);
  });

  it('refuses a rule for absolute paths, in the spec or in a file: what it copied stays', () => {
    const subject = backup({ mode: 'none' });
    const rules = join(subject.sandbox.root, 'rules');
    const keep = `+/ ${subject.source}/a/*.tmp`;
    writeFileSync(rules, `${keep}\n- *.tmp\n`);
    subject.write({ file: '1', 'a/kept.tmp': 'k' });
    for (const filters of [
      `filters = [${JSON.stringify(keep)}, "- *.tmp"]`,
      `filter-file = ${JSON.stringify(rules)}`,
    ]) {
      subject.respec({ mode: 'none', sync: filters });
      subject.run(0);
      subject.respec({ mode: 'none', sync: `${FROM_SNAPSHOT}\n${filters}` });
      expect(subject.plan().syncs).toMatchObject([{ state: 'blocked', code: 'source-snapshot-absolute-rule' }]);
      subject.run(1);
      expect(readFileSync(join(subject.destination, 'a/kept.tmp'), 'utf8')).toBe('k');
    }
    subject.respec({ mode: 'none', sync: `${FROM_SNAPSHOT}\nfilters = ["+ /a/*.tmp", "- *.tmp"]` });
    expect(subject.run(0).syncs).toMatchObject([{ outcome: 'succeeded', deleted: 0 }]);
    expect(readFileSync(join(subject.destination, 'a/kept.tmp'), 'utf8')).toBe('k');
  });

  it('loses nothing when a folder becomes a subvolume after the plan was made', () => {
    const subject = backup({ mode: 'none' });
    subject.write({ file: '1', 'folder/f': 'f' });
    subject.run(0);
    const grow = 'mv folder old && btrfs -q subvolume create folder && mv old/f folder/ && rmdir old';
    const [planned, , release] = subject.plan().steps;
    const before = `before = [["sh", "-c", "cd ${subject.source} && ${grow}"]]`;
    subject.respec({ mode: 'none', sync: `${FROM_SNAPSHOT}\n${before}` });
    const record = subject.run(0);
    expect(record.findings.map(({ code }) => code)).toContain('plan-renewed');
    expect(readFileSync(join(subject.destination, 'folder/f'), 'utf8')).toBe('f');
    // What would happen between the last look and the snapshot: the commands of the plan that does not know it.
    const run = ([program = '', ...args]: string[]) => spawnSync(program, args, { encoding: 'utf8' });
    const [make, check] = planned?.commands ?? [];
    expect(run(make ?? []).status).toBe(0);
    expect(run(check ?? [])).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('Documents/folder') as string,
    });
    expect(run(make ?? [])).toMatchObject({ status: 1, stderr: expect.stringContaining('is there already') as string });
    expect(run(release?.commands[0] ?? []).status).toBe(0);
    expect(left(subject)).toEqual([]);
  });

  it('removes the snapshot when the transfer fails, and when it is interrupted', async () => {
    const subject = backup({ sync: 'rsync.bandwidth = "4m"' });
    subject.write({ z: 'z'.repeat(8_000_000) });
    const running = subject.sandbox.start(['run', '--json']);
    await untilWhile(running, () => isCopying(subject.destination, 'z'));
    expect(left(subject)).toEqual(['documents']);
    running.kill('SIGINT');
    subject.recordOf(130, await running.ended);
    expect(left(subject)).toEqual([]);
    // A character set that rsync does not know.
    subject.respec({ mode: 'hard-link', sync: `${FROM_SNAPSHOT}\nrsync.extra-options = ["--iconv=no-such-set"]` });
    const failed = subject.run(1);
    expect(failed.steps.find(({ id }) => id === 'source-release:documents')?.outcome).toBe('done');
    expect(left(subject)).toEqual([]);
  });

  it('says so when the snapshot cannot be removed; the next run removes it', () => {
    const subject = backup();
    subject.write({ file: '1' });
    const bin = join(subject.sandbox.root, 'bin');
    mkdirSync(bin);
    // It forces a fault: the real program removes what root may remove.
    const script =
      '#!/bin/sh\ncase " $* " in *" delete "*) echo "ERROR: refused" >&2; exit 1 ;; esac\nexec /usr/bin/btrfs "$@"\n';
    writeFileSync(join(bin, 'btrfs'), script, { mode: 0o755 });
    const answer = subject.sandbox.nbkpWith({ PATH: `${bin}:${process.env['PATH'] ?? ''}` }, 'run', '--json');
    const { steps } = subject.recordOf(1, answer);
    expect(steps.flatMap(({ findings }) => findings)).toMatchObject([{ code: 'source-snapshot-left' }]);
    expect(subject.snapshots()).toHaveLength(1);
    expect(left(subject)).toEqual(['documents']);
    subject.run(0);
    expect(left(subject)).toEqual([]);
  });

  it('is removed by recover or by the next run when nbkp is killed, and not while its run is at work', async () => {
    const subject = backup({ sync: 'rsync.bandwidth = "4m"' });
    subvolume(join(subject.source, 'inner'));
    subject.write({ 'inner/i': 'i' });
    const killed = async (name: string): Promise<void> => {
      subject.write({ [name]: name.repeat(8_000_000) });
      const running = subject.sandbox.start(['run', '--json']);
      await untilWhile(running, () => isCopying(subject.destination, name));
      const goOn = freeze(`${subject.destination}/`);
      expect(subject.sandbox.nbkp('recover', '--yes').code).toBe(75);
      expect(left(subject)).toEqual(['documents']);
      running.kill('SIGKILL');
      await running.ended;
      goOn();
    };
    await killed('y');
    // Its rsync holds the lock until it has ended.
    await until(() => subject.sandbox.nbkp('recover', '--json', '--yes').code === 0);
    expect(left(subject)).toEqual([]);
    await killed('z');
    expect(left(subject)).toEqual(['documents']);
    subject.respec({ mode: 'hard-link', sync: FROM_SNAPSHOT });
    expect(subject.run(0, '--wait', '1m').syncs).toMatchObject([{ outcome: 'succeeded' }]);
    expect(left(subject)).toEqual([]);
    expect(readFileSync(join(subject.copy(), 'inner/i'), 'utf8')).toBe('i');
  });

  it('leaves nothing behind and loses nothing, wherever nbkp is killed', () => {
    const subject = backup({ mode: 'none' });
    subvolume(join(subject.source, 'inner'));
    subject.write({ file: '1', 'inner/i': 'i' });
    subject.run(0);
    const faults = new KillAt(join(subject.sandbox.root, 'bin'));
    subject.recordOf(0, subject.sandbox.nbkpWith(faults.environment(0), 'run', '--json'));
    const starts = faults.count();
    expect(starts).toBeGreaterThan(2);
    for (let at = 1; at <= starts; at += 1) {
      subject.sandbox.nbkpWith(faults.environment(at), 'run', '--json');
      expect(readFileSync(join(subject.destination, 'inner/i'), 'utf8')).toBe('i');
      expect(subject.sandbox.nbkp('run', '--json').code).toBe(0);
      expect(left(subject)).toEqual([]);
    }
  });

  it('neither makes nor removes anything behind a link that stands for its folder', () => {
    const subject = backup();
    subject.write({ file: '1' });
    const elsewhere = join(subject.sandbox.root, 'elsewhere');
    mkdirSync(elsewhere);
    subvolume(join(elsewhere, 'documents'));
    writeFileSync(join(elsewhere, 'documents/precious'), 'p');
    const swap = JSON.stringify(`rm -r "${folder(subject)}"; ln -s "${elsewhere}" "${folder(subject)}"`);
    subject.respec({ mode: 'hard-link', sync: `${FROM_SNAPSHOT}\nbefore = [["sh", "-c", ${swap}]]` });
    const said = subject.run(1).steps.flatMap(({ findings }) => findings.map(({ code }) => code));
    expect(said).toContain('source-snapshot-failed');
    rmSync(join(elsewhere, 'documents.lock'), { force: true });
    expect(subject.run(1).syncs[0]?.reason).toContain('.nbkp-source is a symlink');
    subject.sandbox.nbkp('recover', '--yes');
    expect(readdirSync(elsewhere)).toEqual(['documents']);
    expect(readFileSync(join(elsewhere, 'documents/precious'), 'utf8')).toBe('p');
    expect(subject.snapshots()).toEqual([]);
  });

  it('says what is not as it has to be: prepare makes the folder, a source elsewhere is refused', () => {
    const subject = backup();
    subject.write({ file: '1' });
    renameSync(folder(subject), join(subject.source, '../kept'));
    expect(subject.plan().syncs).toMatchObject([{ state: 'blocked', code: 'source-snapshot-unprepared' }]);
    const check = subject.sandbox.nbkp('check');
    expect(check.code).toBe(1);
    expect(check.stdout).toContain('nbkp prepare laptop');
    subject.expectCode(0, subject.sandbox.nbkp('prepare', '--yes'));
    expect(subject.run(0).syncs).toMatchObject([{ outcome: 'succeeded' }]);
    expect(existsSync(folder(subject))).toBe(true);
  });
});
