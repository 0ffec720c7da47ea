import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { Backup } from '../support/backup.ts';
import { processesAbout, until } from '../support/running.ts';
import { Terminal } from '../support/terminal.ts';
import { makeTempDir } from '../support/tempdir.ts';

const dir = await makeTempDir();
const subject = new Backup(join(dir.path, 'world'), { mode: 'none' });
subject.write({ file: '1' });
const terminal = new Terminal(subject.sandbox);

afterAll(async () => {
  terminal.close();
  await dir.remove();
});

/** Only the time that it takes is forced: a dry run ends when it may. */
function slowly(command: string): string {
  const { root } = subject.sandbox;
  const rsync = execFileSync('sh', ['-c', 'command -v rsync'], { encoding: 'utf8' }).trim();
  mkdirSync(join(root, 'slow'), { recursive: true });
  const wait = `case "$*" in *--dry-run*) while [ ! -e '${root}/go-on' ]; do sleep 0.05; done ;; esac`;
  writeFileSync(join(root, 'slow/rsync'), `#!/bin/sh\n${wait}\nexec ${rsync} "$@"\n`, { mode: 0o755 });
  // A shell of its own would end before nbkp does.
  return `export PATH='${join(root, 'slow')}:${process.env['PATH'] ?? ''}'; ${command}`;
}

describe('a dry run that takes a while', () => {
  it.each(['plan', 'apply'])('leaves nothing behind on the screen when Ctrl-C ends %s meanwhile', async (command) => {
    terminal.run(slowly(`nbkp ${command}`));
    await terminal.shows('dry run 1 of 1 …');
    terminal.press('C-c');
    const { code, screen } = await terminal.ends();
    expect([code, screen.trim()]).toEqual([130, expect.stringMatching(/^\[130\] \d+\nready>$/)]);
    await until(() => processesAbout(subject.sandbox.root).every((line) => line.includes('tmux')));
  });

  it('is told of on a terminal until it is over', async () => {
    terminal.run(slowly('nbkp apply'));
    await terminal.shows('dry run 1 of 1 …');
    writeFileSync(join(subject.sandbox.root, 'go-on'), '');
    expect(await terminal.shows(/Run it\? \[y\/N\]|Type yes to run it/)).not.toContain('dry run 1');
    terminal.answer('n');
    await terminal.ends();
  });
});
