import { readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Backup } from '../support/backup.ts';
import type { Answer } from '../support/sandbox.ts';
import { makeTempDir, type TempDir } from '../support/tempdir.ts';
import { growTree, wholeTreeOf } from '../support/tree.ts';

let dir: TempDir;
let subject: Backup;
/** Where the destination is on the other machine. */
let folder: string;
let targets = 0;

beforeAll(async () => {
  dir = await makeTempDir();
  subject = new Backup(join(dir.path, 'hard-link'), { mode: 'hard-link', sync: 'rsync.extra-options = ["-H"]' });
  growTree(subject.source);
  subject.write({ 'Documents/letter': 'first' });
  subject.run(0);
  subject.write({ 'Documents/letter': 'second' });
  subject.run(0);
  folder = join(dir.path, 'other drive', 'with@sign');
  subject.sandbox.files({ '../other drive/.keep': '' });
  renameSync(subject.destination, folder);
});

afterAll(() => dir.remove());

/** On a machine that has neither the spec nor the source, nor a state folder. */
function restore(from: string, ...paths: string[]): Answer & { to: string } {
  return restoreTo(join(dir.path, `restored-${(targets += 1)}`), from, ...paths);
}

function restoreTo(to: string, from: string, ...paths: string[]): Answer & { to: string } {
  const env = { NBKP_SPEC: '/nonexistent', NBKP_STATE_DIR: join(dir.path, 'other-state') };
  return { to, ...subject.sandbox.nbkpWith(env, 'restore', '--from', from, '--to', to, '--yes', ...paths) };
}

describe('restore --from', () => {
  it('restores from a destination alone, all that is in it', async () => {
    const answer = restore(folder);
    subject.expectCode(0, answer);
    expect(await wholeTreeOf(answer.to)).toEqual(await wholeTreeOf(subject.source));
    expect(answer.stdout).toContain(`the backups of ${folder}`);
  });

  it('takes paths, and a snapshot as SYNC@SNAPSHOT does', () => {
    const answer = restore(`${folder}@-2`, 'Documents');
    subject.expectCode(0, answer);
    expect(readFileSync(join(answer.to, 'Documents/letter'), 'utf8')).toBe('first');
    expect(restore(`${folder}@1999`)).toMatchObject({ code: 1, stdout: expect.stringContaining('snapshot-unknown') });
  });

  it('takes what has a path in this home folder as the same in the one that was backed up', () => {
    for (const path of ['~/Documents/letter', `${subject.sandbox.home}/Documents/letter`]) {
      const answer = restore(folder, path);
      subject.expectCode(0, answer);
      expect(readFileSync(join(answer.to, 'Documents/letter'), 'utf8')).toBe('second');
    }
  });

  it('says what it does not find, and where to look without a spec', () => {
    const inOne = (answer: Answer): string => `${answer.stdout}${answer.stderr}`.replace(/\s+/g, ' ');
    const missing = inOne(restore(folder, 'Documents/leter'));
    expect(missing).toMatch(/path-not-in-snapshot.*Did you mean `letter`\? What is there: ls '\/.*\/Documents'/);
    const unknown = inOne(restore(`${folder}@1999`));
    expect(unknown).toContain(`What is there: ls '${folder}/snapshots'`);
    const elsewhere = inOne(restore(folder, '/somewhere/else'));
    expect(elsewhere).toContain('restore-path-invalid');
    // Neither a place in a spec, nor a source, nor a history.
    for (const answer of [missing, unknown, elsewhere])
      expect(answer).not.toMatch(/nbkp ls|nbkp snapshots|-->|→|success/);
  });

  it('restores the copy of a sync that makes no snapshots', () => {
    const plain = new Backup(join(dir.path, 'none'), { mode: 'none' });
    plain.write({ letter: 'plain' });
    plain.run(0);
    const answer = restore(plain.destination, 'letter');
    subject.expectCode(0, answer);
    expect(readFileSync(join(answer.to, 'letter'), 'utf8')).toBe('plain');
  });

  it('never restores into the destination', () => {
    const inside = restoreTo(join(folder, 'Documents'), folder, 'Documents');
    expect(inside).toMatchObject({ code: 1, stdout: expect.stringContaining('restore-into-destination') });
  });

  it('names the destinations below a folder that is none', () => {
    const none = restore(join(dir.path, 'other drive'));
    expect(none).toMatchObject({ code: 1, stderr: expect.stringContaining('not-a-destination') });
    expect(none.stderr.replace(/\s+/g, ' ')).toContain(`There is one in '${folder}'`);
    rmSync(join(dir.path, 'other drive/.keep'));
    expect(restore(subject.source).stderr).toContain('Name the folder that has .nbkp-dst');
    subject.expectCode(64, subject.sandbox.nbkp('restore', '--to', folder));
  });
});
