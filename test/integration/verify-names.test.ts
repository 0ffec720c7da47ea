import { expect, it } from 'vitest';
import type { VerifyDocument } from '../../src/planner/model/verification.ts';
import { Backup } from '../support/backup.ts';
import { newFolders } from '../support/tempdir.ts';

const newFolder = newFolders();

it('verify finds files with a TAB, a DEL or another control character in their names', () => {
  const backup = new Backup(newFolder(), { mode: 'hard-link' });
  const names = ['a\tb', 'c\x7fd', 'e\nf', 'g\x01h', '\\#011', 'é'];
  backup.write(Object.fromEntries(names.map((name) => [name, 'content'])));
  backup.run(0);
  const answer = backup.expectCode(0, backup.sandbox.nbkp('verify', '--json'));
  const document = JSON.parse(answer.stdout) as VerifyDocument;
  expect(document.syncs[0]?.counts).toMatchObject({ files: names.length, recorded: names.length, bad: 0 });
});
