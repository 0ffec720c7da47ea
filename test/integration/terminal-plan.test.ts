import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { Backup } from '../support/backup.ts';
import { Terminal } from '../support/terminal.ts';
import { makeTempDir } from '../support/tempdir.ts';

const dir = await makeTempDir();
const subject = new Backup(join(dir.path, 'world'), { mode: 'hard-link' });
subject.write({ file: '1' });
subject.run(0);
const terminal = new Terminal(subject.sandbox);

afterAll(async () => {
  terminal.close();
  await dir.remove();
});

describe('nbkp plan on a terminal', () => {
  it('looks at the files of what is on this machine, and says what to type next', async () => {
    subject.write({ file: '1', another: '2' });
    terminal.run('nbkp plan --only documents');
    const { code, screen } = await terminal.ends();
    expect(code).toBe(0);
    expect(screen).toContain('(by a dry run)');
    expect(screen).toContain('To run it: nbkp apply --only documents');
    expect(screen).not.toContain('not looked at');
  });

  it('does not where it is told so, where its answer is for a program, and where nobody is', async () => {
    terminal.run('nbkp plan --no-files');
    expect((await terminal.ends()).screen).not.toContain('To run it');
    terminal.run('nbkp plan --json | grep -c previews');
    expect((await terminal.ends()).screen).not.toContain('To run it');
    expect(subject.sandbox.nbkp('plan').stdout).not.toContain('To run it');
  });
});
