import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Backup } from '../support/backup.ts';
import { newFolders } from '../support/tempdir.ts';

describe('a latest that somebody has broken', () => {
  const newFolder = newFolders();

  it.each([
    [
      'its snapshot is gone',
      'latest-dangling',
      (latest: string, snapshot: string): void => rmSync(snapshot, { recursive: true }),
    ],
    ['it is gone itself', 'latest-missing', (latest: string): void => rmSync(latest)],
  ])('(%s) is the same to every command: an error that says how to mend it', (_, expected, breakIt) => {
    const root = newFolder();
    const copy = '[syncs.copy]\nsource = "usb:documents"\ndestination = "laptop:copy"';
    const backup = new Backup(root, { mode: 'hard-link', more: copy });
    backup.write({ file: 'one' });
    backup.run(0);
    backup.write({ file: 'the second' });
    backup.run(0);
    const [older = '', newest = ''] = backup.snapshots();
    breakIt(join(backup.destination, 'latest'), backup.snapshot(newest));
    const good = expected === 'latest-missing' ? newest : older;

    const mend = `ln -sfnT snapshots/${good} ${backup.destination}/latest`;
    const commands: Record<string, string[]> = {
      plan: ['plan'],
      'the plan of what reads from there': ['plan', '--only', 'copy'],
      run: ['run'],
      restore: ['restore', 'documents', '--to', join(root, 'out'), '--yes'],
      verify: ['verify', 'documents'],
      'snapshots list': ['snapshots', 'list'],
      'snapshots diff': ['snapshots', 'diff', 'documents'],
    };
    const answers = Object.entries(commands).map(([name, args]) => {
      const { code, stdout, stderr } = backup.sandbox.nbkp(...args);
      const said = `${stdout}${stderr}`.replace(/\s*\n\s*/g, ' ');
      return [name, code, said.includes(expected), said.includes(mend)];
    });
    expect(answers).toEqual(Object.keys(commands).map((name) => [name, 1, true, true]));
    const before = backup.snapshots();
    backup.expectCode(0, backup.sandbox.nbkp('prepare', '--yes'));
    expect(backup.sandbox.nbkp('run').code).toBe(1);
    expect(backup.snapshots()).toEqual(before);
  });
});
