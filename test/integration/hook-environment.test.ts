import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { Backup } from '../support/backup.ts';
import { makeTempDir } from '../support/tempdir.ts';

const dir = await makeTempDir();
afterAll(() => dir.remove());

/** A backup whose `before` hook writes down its environment. */
function backupWithHook(name: string, program = 'env'): { backup: Backup; seen: string } {
  const backup = new Backup(join(dir.path, name), { mode: 'none' });
  const seen = join(backup.sandbox.root, 'seen');
  backup.write({ letter: 'Dear reader' });
  backup.respec({ mode: 'none', sync: `before = [["sh", "-c", "${program} > ${seen}"]]` });
  return { backup, seen };
}

it('a hook gets what the user has set, and nothing that puts other code into programs', () => {
  const { backup, seen } = backupWithHook('variables');
  const given = {
    EDITOR: 'vi',
    RSYNC_RSH: 'false',
    PYTHONPATH: '/x',
    GIT_DIR: '/x',
    BASH_ENV: '/x',
    NBKP_PASSPHRASE_A: 'x',
  };
  backup.expectCode(0, backup.sandbox.nbkpWith(given, 'run'));
  const names = readFileSync(seen, 'utf8')
    .split('\n')
    .map((line) => line.split('=')[0]);
  expect(names).toContain('EDITOR');
  for (const withheld of Object.keys(given).filter((each) => each !== 'EDITOR')) expect(names).not.toContain(withheld);
});

it.skipIf(process.getuid?.() !== 0)('a PATH that leads into the current folder is refused to root', () => {
  const { backup, seen } = backupWithHook('root');
  const answer = backup.sandbox.nbkpWith({ PATH: `.:${process.env['PATH'] ?? ''}` }, 'run');
  expect(answer.code).toBe(64);
  expect(answer.stderr).toContain('PATH has the entry "."');
  expect(existsSync(seen)).toBe(false);
});

it.skipIf(process.getuid?.() !== 0)('others never get a program out of the current folder', () => {
  const { backup, seen } = backupWithHook('user', 'planted');
  const { root, home, state, spec } = backup.sandbox;
  mkdirSync(state, { recursive: true });
  const planted = join(root, 'planted');
  writeFileSync(planted, '#!/bin/sh\necho planted\n', { mode: 0o755 });
  // The user of the run writes where root has prepared.
  execFileSync('chown', ['-R', '65534:65534', root]);
  chmodSync(dir.path, 0o755);
  const asNobody = ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups'];
  const variables = ['env', `PATH=.:${process.env['PATH'] ?? ''}`, `HOME=${home}`, `NBKP_SPEC=${spec}`];
  const answer = backup.sandbox.nbkpThrough([...asNobody, ...variables], 'run');
  expect(answer.code).toBe(1);
  expect(answer.stdout + answer.stderr).toContain('planted');
  expect(readFileSync(seen, 'utf8')).toBe('');
});
