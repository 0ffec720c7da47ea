import { cpSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { RunRecord } from '../../src/planner/model/run.ts';
import { Backup } from '../support/backup.ts';
import { makeBtrfs } from '../support/btrfs.ts';
import { describeWithMounts } from '../support/requirements.ts';
import { newFolders } from '../support/tempdir.ts';

describeWithMounts('a folder that another one replaces between the look and the write', () => {
  const newFolder = newFolders();

  function findings({ steps }: RunRecord): object[] {
    return steps.flatMap((step) => step.findings);
  }

  /** A shell command before the sync, when the plan is made already. */
  const before = (script: string): string => `before = [["sh", "-c", ${JSON.stringify(script)}]]`;

  it.each(['snapshots', '.'] as const)('gets nothing, and nothing in it goes (hard-link, %s)', (what) => {
    const backup = new Backup(newFolder(), { mode: 'hard-link', sync: 'snapshots.keep.last = 1' });
    backup.write({ file: '1' });
    backup.run(0);
    const [place, twin, aside] = [
      join(backup.destination, what),
      join(backup.drive, 'twin'),
      join(backup.drive, 'aside'),
    ];
    cpSync(place, twin, { recursive: true, verbatimSymlinks: true });
    const entries = readdirSync(twin, { recursive: true }).sort();
    const swap = `mv ${join(place)} ${aside} && mv ${twin} ${join(place)}`;
    backup.respec({ mode: 'hard-link', sync: `snapshots.keep.last = 1\n${before(swap)}` });
    backup.write({ file: '2' });
    const [first] = findings(backup.run(1));
    const named = what === '.' ? 'the inode of' : 'the folder snapshots of';
    expect(first).toMatchObject({ code: 'plan-stale', message: expect.stringContaining(named) });
    expect(readdirSync(place, { recursive: true }).sort()).toEqual(entries);
    renameSync(place, twin);
    renameSync(aside, place);
    backup.respec({ mode: 'hard-link' });
    backup.run(0);
  });

  it('gets nothing without snapshots either', () => {
    const backup = new Backup(newFolder(), { mode: 'none' });
    backup.write({ file: '1' });
    backup.run(0);
    cpSync(backup.destination, join(backup.drive, 'twin'), { recursive: true });
    const swap = `mv ${backup.destination} ${join(backup.drive, 'aside')} && mv ${join(backup.drive, 'twin')} ${backup.destination}`;
    backup.respec({ mode: 'none', sync: before(swap) });
    backup.write({ more: '2' });
    expect(findings(backup.run(1))).toMatchObject([{ code: 'plan-stale', message: expect.stringContaining('inode') }]);
    expect(readdirSync(backup.destination)).not.toContain('more');
  });

  it('or that somebody else owns by then gets nothing', () => {
    const backup = new Backup(newFolder(), { mode: 'hard-link' });
    backup.write({ file: '1' });
    backup.run(0);
    backup.respec({ mode: 'hard-link', sync: before(`chown 65534 ${join(backup.destination, 'snapshots')}`) });
    expect(findings(backup.run(1))).toMatchObject([{ code: 'plan-stale', message: expect.stringContaining('owner') }]);
    expect(backup.entries()).toHaveLength(1);
  });

  /**
   * Programs that put a link in the place of `snapshots/` just before the real program of this name runs: no test can time
   * that otherwise.
   */
  function swapping(root: string, program: string, snapshots: string, foreign: string): string {
    const folder = join(root, `programs-${program}`);
    mkdirSync(folder);
    // Only the script that enters the folder, not the probe.
    const meant = program === 'sh' ? "*'cd -P ./snapshots'*" : '*';
    const script = `#!/bin/sh
PATH=\${PATH#*:}
case $* in ${meant})
  if [ -e ${folder}/armed ]; then rm ${folder}/armed; mv ${snapshots} ${snapshots}-moved; ln -s ${foreign} ${snapshots}; fi ;;
esac
exec ${program} "$@"
`;
    writeFileSync(join(folder, program), script, { mode: 0o755 });
    return folder;
  }

  it.each(['sh', 'mkdir', 'sync', 'mv'])('gets nothing through a link that is made before %s runs', (program) => {
    const root = newFolder();
    const foreign = join(root, 'foreign');
    mkdirSync(foreign);
    const snapshots = join(root, 'usb/documents/snapshots');
    const programs = swapping(root, program, snapshots, foreign);
    const through = ['env', `PATH=${programs}:${process.env['PATH'] ?? ''}`];
    const backup = new Backup(root, { mode: 'hard-link', through });
    backup.write({ file: '1' });
    backup.run(0);
    const [first] = backup.snapshots();
    writeFileSync(join(programs, 'armed'), '');
    backup.write({ file: '2' });
    backup.run(1);
    expect(readdirSync(foreign)).toEqual([]);
    expect(existsSync(join(programs, 'armed'))).toBe(false);
    rmSync(snapshots);
    renameSync(`${snapshots}-moved`, snapshots);
    expect(backup.snapshots()).toContain(first);
    backup.run(0);
  });

  it.each(['sync', 'sh'])('of btrfs gets no snapshot through a link that is made before %s runs', async (program) => {
    const btrfs = await makeBtrfs();
    try {
      const root = newFolder();
      const foreign = join(btrfs.path, 'foreign');
      mkdirSync(foreign);
      const programs = swapping(root, program, join(btrfs.path, 'documents/snapshots'), foreign);
      const through = ['env', `PATH=${programs}:${process.env['PATH'] ?? ''}`];
      const backup = new Backup(root, { mode: 'btrfs', drive: btrfs.path, through });
      backup.write({ file: '1' });
      backup.run(0);
      writeFileSync(join(programs, 'armed'), '');
      backup.write({ file: '2' });
      backup.run(1);
      expect(readdirSync(foreign)).toEqual([]);
    } finally {
      await btrfs.remove();
    }
  });
});
