import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { Backup } from '../support/backup.ts';
import { makeTempDir } from '../support/tempdir.ts';

const dir = await makeTempDir();
afterAll(() => dir.remove());

const [prompt = '', monitor = ''] = [
  ...readFileSync('docs/looking-after.md', 'utf8').matchAll(/^```sh\n([^]*?)^```$/gm),
].map(([, script]) => script ?? '');

const subject = new Backup(dir.path, { mode: 'none', sync: 'max-age = "7d"' });
const { sandbox } = subject;
const bin = join(dir.path, 'bin');
mkdirSync(bin);
mkdirSync(join(sandbox.home, '.cache'));
writeFileSync(join(bin, 'nbkp'), `#!/bin/sh\nexec ${process.execPath} ${join(process.cwd(), 'bin/run.js')} "$@"\n`);
chmodSync(join(bin, 'nbkp'), 0o755);

function shell(program: string, script: string): { code: number | null; stdout: string } {
  const variables = { HOME: sandbox.home, NBKP_SPEC: sandbox.spec, NBKP_STATE_DIR: sandbox.state };
  const env = { PATH: `${bin}:${process.env['PATH'] ?? ''}`, ...variables };
  const { status, stdout } = spawnSync(program, ['-c', script], { env, encoding: 'utf8' });
  return { code: status, stdout };
}

/** What cron runs, and then the prompt of a bash that has read the lines for ~/.bashrc. */
function shownByPrompt(): string {
  const [, command = ''] = /^\*\/15 \* \* \* \* (.*)$/m.exec(prompt) ?? [];
  const [, rc = ''] = /^# ~\/\.bashrc\n([^]*)/m.exec(prompt) ?? [];
  return shell('bash', `${command}\nPS1='$ '\n${rc}\nprintf %s "\${PS1@P}"`).stdout;
}

describe('the examples of docs/looking-after.md', () => {
  it('say in a prompt and in a monitor that a sync has never succeeded', () => {
    expect(shownByPrompt()).toBe('look at backup: documents $ ');
    expect(shell('sh', monitor)).toEqual({ code: 2, stdout: 'CRITICAL: a sync is not well\n' });
  });

  it('say nothing in a prompt, and that all is well in a monitor, after a backup', () => {
    subject.write({ letter: 'Dear reader' });
    subject.run(0);
    expect(shownByPrompt()).toBe('$ ');
    expect(shell('sh', monitor)).toEqual({ code: 0, stdout: 'OK: all syncs are well\n' });
  });

  it('say that somebody has to look after a run that failed, until one succeeds', () => {
    subject.respec({ mode: 'none', sync: 'max-age = "7d"\nbefore = [["false"]]' });
    subject.run(1);
    expect(shownByPrompt()).toBe('look at backup: documents $ ');
    expect(shell('sh', monitor)).toEqual({ code: 2, stdout: 'CRITICAL: a sync is not well\n' });
    expect(sandbox.nbkp('status').stdout).toMatch(/^ *✗ +documents /m);
    subject.respec({ mode: 'none', sync: 'max-age = "7d"' });
    subject.run(0);
    expect(shell('sh', monitor)).toEqual({ code: 0, stdout: 'OK: all syncs are well\n' });
  });

  it('do not call well in a monitor what cannot be asked', () => {
    sandbox.writeSpec('version = 2');
    expect(shell('sh', monitor)).toEqual({ code: 3, stdout: 'UNKNOWN\n' });
  });
});

it('a sync that was prepared and never ran is overdue after 30 days, for status alone', () => {
  const idle = new Backup(join(dir.path, 'idle'), { mode: 'none' });
  idle.expectCode(0, idle.sandbox.nbkp('status'));
  const [key = ''] = readdirSync(join(idle.sandbox.state, 'specs'));
  const file = join(idle.sandbox.state, 'specs', key, 'documents.json');
  const known = JSON.parse(readFileSync(file, 'utf8')) as { since: string };
  const since = new Date(Date.parse(known.since) - 31 * 86_400_000).toISOString();
  writeFileSync(file, JSON.stringify({ ...known, since }));
  const { stdout } = idle.expectCode(4, idle.sandbox.nbkp('status'));
  expect(stdout).toMatch(/✗ +documents +overdue; no success so far \(max-age 30 d, the default\)/);
  idle.expectCode(0, idle.sandbox.nbkp('run', '--dry-run'));
});
