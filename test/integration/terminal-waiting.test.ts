import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { Backup } from '../support/backup.ts';
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

describe('a dry run that takes a while', () => {
  it('is told of on a terminal until it is over', async () => {
    const { root } = subject.sandbox;
    const rsync = execFileSync('sh', ['-c', 'command -v rsync'], { encoding: 'utf8' }).trim();
    mkdirSync(join(root, 'slow'));
    // Only the time that it takes is forced: a dry run ends when it may.
    const wait = `case "$*" in *--dry-run*) while [ ! -e '${root}/go-on' ]; do sleep 0.05; done ;; esac`;
    writeFileSync(join(root, 'slow/rsync'), `#!/bin/sh\n${wait}\nexec ${rsync} "$@"\n`, { mode: 0o755 });
    const path = `${join(root, 'slow')}:${process.env['PATH'] ?? ''}`;
    terminal.run(`(export PATH='${path}'; nbkp apply)`);
    await terminal.shows('dry run 1 of 1 …');
    writeFileSync(join(root, 'go-on'), '');
    expect(await terminal.shows(/Run it\? \[y\/N\]|Type yes to run it/)).not.toContain('dry run 1');
    terminal.answer('n');
    await terminal.ends();
  });
});
