import { execFileSync } from 'node:child_process';
import { linkSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { Backup } from '../support/backup.ts';
import { makeFileSystem, type BtrfsMount } from '../support/btrfs.ts';
import { describeWithMounts } from '../support/requirements.ts';

const drives: BtrfsMount[] = [];

afterEach(async () => {
  for (const drive of drives.splice(0)) await drive.remove();
});

async function drive(mb: number, ...mkfs: string[]): Promise<string> {
  const made = await makeFileSystem(mb, mkfs);
  drives.push(made);
  return made.path;
}

const apart = [{ code: 'names-copied-apart' }];

describeWithMounts('a file with more names than one can have at the destination', () => {
  it('is copied with all of them to ext4, whose limit is 65,000', async () => {
    const home = await drive(300, 'mkfs.btrfs', '-q');
    const subject = new Backup(home, {
      mode: 'none',
      drive: await drive(100, 'mkfs.ext4', '-q', '-F', '-N', '140000'),
    });
    subject.write({ f0: 'text' });
    const link = 'for (1 .. 65_004) { link "f0", "f$_" or die $! }';
    execFileSync('perl', ['-e', link], { cwd: subject.source });
    const run = subject.run(0);
    expect(run.steps.flatMap(({ findings }) => findings)).toMatchObject(apart);
    const names = readdirSync(subject.destination).filter((name) => name.startsWith('f'));
    expect(names).toHaveLength(65_005);
  });

  it('is verified by what it holds, whichever names are of one file', async () => {
    // Without its newer kind of references btrfs has room for about twenty such names of a file in a folder.
    const few = await drive(120, 'mkfs.btrfs', '-q', '-O', '^extref', '-n', '4096');
    const subject = new Backup(await drive(100, 'mkfs.ext4', '-q'), { mode: 'hard-link', drive: few });
    const names = Array.from({ length: 50 }, (_, index) => `n${index}${'x'.repeat(200)}`);
    subject.write({ [names[0] ?? '']: 'text' });
    for (const name of names.slice(1)) linkSync(join(subject.source, names[0] ?? ''), join(subject.source, name));
    const run = subject.run(0);
    expect(run.steps.flatMap(({ findings }) => findings)).toMatchObject(apart);
    expect(readdirSync(subject.copy())).toEqual(expect.arrayContaining(names));
    subject.expectCode(0, subject.sandbox.nbkp('verify'));
  });
});
