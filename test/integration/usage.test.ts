import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { Backup } from '../support/backup.ts';
import { makeTempDir } from '../support/tempdir.ts';

const dir = await makeTempDir();
afterAll(() => dir.remove());
const subject = new Backup(join(dir.path, 'world'), { mode: 'hard-link' });
subject.write({ file: '1' });
subject.run(0);

describe('standard input', () => {
  it('is never taken for an argument', () => {
    const piped = ['sh', '-c', 'echo nowhere.plan | "$@"', 'sh'];
    const { code, stderr } = subject.sandbox.nbkpThrough(piped, 'apply', '--only', 'documents');
    expect([code, stderr]).toEqual([3, expect.stringContaining('confirmation-impossible')]);
    expect(subject.sandbox.nbkpThrough(piped, 'restore', '--to', 'x')).toMatchObject({
      code: 64,
      stderr: expect.stringContaining('Which sync?\n  = help: There are: documents') as string,
    });
  });
});

describe('a command line that was not understood', () => {
  it.each([
    ['restore documents', '--to DIR is missing.'],
    ['verify --sample', '--sample'],
    ['run --parallel 0', '--parallel: Expected an integer greater than or equal to 1 but received: 0.'],
    ['plan --mount --keep-mounted', '--keep-mounted does not go together with --mount.'],
    ['plan --only', 'Which sync?\n  = help: There are: documents'],
    ['plan --only a --only b:', 'There are: documents; There are: laptop, usb'],
    ['plan --require', 'Which volume?\n  = help: There are: laptop, usb'],
    ['completions', 'SHELL is missing: type `nbkp completions SHELL`.\n  = help: There are: bash, zsh, fish'],
    ['show', 'PLAN_FILE is missing: type `nbkp show PLAN_FILE`.'],
    ['diff', 'A is missing: type `nbkp diff A [B]`.'],
    ['plan --location home documents', 'Unexpected argument: documents'],
    ['backup', 'That is `nbkp apply`, which asks, or `nbkp run`, which does not.'],
    ['mount usb', 'That is `nbkp volumes mount`.'],
  ])('%s: %s', (words, text) => {
    const { code, stderr } = subject.sandbox.nbkp(...words.split(' '));
    expect([code, stderr]).toEqual([64, expect.stringContaining(text)]);
    expect(stderr).not.toMatch(/\\[nt]/);
  });
});
