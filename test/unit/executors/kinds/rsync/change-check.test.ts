import { describe, expect, it } from 'vitest';
import type { StepContext } from '../../../../../src/executors/contract.ts';
import { changedSince } from '../../../../../src/executors/kinds/rsync/change-check.ts';
import { Sieve } from '../../../../../src/hosts/rsync/left-out.ts';
import { limitsOf } from '../../../../../src/planner/file-systems/names.ts';
import { fileSystemOf } from '../../../../../src/planner/file-systems/of.ts';

const ARGV = ['rsync', '--dry-run'];
const FAT = limitsOf(fileSystemOf({ fsType: 'vfat', uuid: null, options: [] })!)!;

/** A dry run that says this, in pieces that end anywhere. */
async function checked(said: string, code: number | null = 0, sieve: Sieve | null = null) {
  const calls: { argv: readonly string[]; stdin: unknown }[] = [];
  const run: StepContext['run'] = (argv, options = {}) => {
    calls.push({ argv, stdin: options.stdin });
    for (const piece of said.match(/.{1,7}/gs) ?? []) options.onStdout?.(Buffer.from(piece, 'latin1'));
    return Promise.resolve({ code, signal: null, error: null, timedOut: false, stdout: Buffer.alloc(0), stderr: [] });
  };
  return { changed: await changedSince(ARGV, sieve, { run } as StepContext), calls };
}

describe('whether anything has changed since the last snapshot', () => {
  it.each([
    ['', false],
    ['sending incremental file list\n', false],
    ['>f+++++++++ 1 new\n', true],
    ['.d..t...... 4096 ./\n', true],
    ['*deleting   0 gone\n', true],
    ['some text\n>f.st...... 10 last, without an end of its line', true],
  ])('is what the dry run lists: %j', async (said, changed) => {
    expect(await checked(said)).toEqual({ changed, calls: [{ argv: ARGV, stdin: undefined }] });
  });

  it.each([23, 12, null])('counts as so where the dry run ends with %s', async (code) => {
    expect((await checked('', code)).changed).toBe(true);
  });

  it('counts nothing that the destination holds under a name that is one with its own', async () => {
    const sieve = new Sieve(FAT);
    sieve.read('>f+++++++++ 1 2026/03/10-10:00:00 Readme');
    sieve.read('>f+++++++++ 1 2026/03/10-10:00:00 a:b');
    const rules = sieve.rules();
    expect(rules.toString()).toContain('H /a:b\n');
    const { changed, calls } = await checked('*deleting   0 README\n', 0, sieve);
    expect(changed).toBe(false);
    expect(calls[0]?.stdin).toEqual([rules]);
    expect((await checked('*deleting   0 other\n', 0, sieve)).changed).toBe(true);
  });
});
