import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Backup } from '../support/backup.ts';
import { newFolders } from '../support/tempdir.ts';

describe('a latest whose snapshot somebody has deleted', () => {
  const newFolder = newFolders();

  it('is the same to every command: an error that says how to mend it', () => {
    const root = newFolder();
    const copy = '[syncs.copy]\nsource = "usb:documents"\ndestination = "laptop:copy"';
    const backup = new Backup(root, { mode: 'hard-link', more: copy });
    backup.write({ file: 'one' });
    backup.run(0);
    backup.write({ file: 'the second' });
    backup.run(0);
    const [older = '', newest = ''] = backup.snapshots();
    rmSync(backup.snapshot(newest), { recursive: true });

    const mend = `ln -sfnT snapshots/${older} ${backup.destination}/latest`;
    const commands: Record<string, string[]> = {
      plan: ['plan'],
      'the plan of what reads from there': ['plan', '--only', 'copy'],
      run: ['run'],
      restore: ['restore', 'documents', '--to', join(root, 'out'), '--yes'],
      verify: ['verify', 'documents'],
      'snapshots diff': ['snapshots', 'diff', 'documents'],
    };
    const answers = Object.entries(commands).map(([name, args]) => {
      const { code, stdout, stderr } = backup.sandbox.nbkp(...args);
      const said = `${stdout}${stderr}`.replace(/\s*\n\s*/g, ' ');
      return [name, code, said.includes('latest-dangling'), said.includes(mend)];
    });
    expect(answers).toEqual(Object.keys(commands).map((name) => [name, 1, true, true]));
  });
});
