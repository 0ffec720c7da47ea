import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { identityOf, isAlive } from '../../../src/store/process-identity.ts';
import { withTempDir } from '../../support/tempdir.ts';

describe('a process', () => {
  it('is alive while it is', () => {
    expect(isAlive(identityOf(process.pid), true)).toBe(true);
  });

  it('is found by its start in spite of a name with spaces and parentheses', () =>
    withTempDir(async (dir) => {
      const program = join(dir, 'a) Z 1 (b');
      copyFileSync('/bin/sleep', program);
      const child = spawn(program, ['1000']);
      await once(child, 'spawn');
      const identity = identityOf(child.pid ?? 0);
      expect(identity.startTicks).toMatch(/^\d{2,}$/);
      expect(isAlive(identity, true)).toBe(true);
      child.kill('SIGKILL');
      await once(child, 'exit');
      expect(isAlive(identity, true)).toBe(false);
    }));

  it('is dead when it has ended and nobody has asked how', async () => {
    // The shell becomes a program that does not know of the child that it has.
    const parent = spawn('sh', ['-c', 'sleep 1000 & echo $!; exec sleep 1000'], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const [line] = (await once(parent.stdout, 'data')) as [Buffer];
    const pid = Number(line.toString());
    const identity = identityOf(pid);
    while (!readFileSync(`/proc/${parent.pid ?? 0}/cmdline`, 'utf8').startsWith('sleep')) await setImmediate();
    expect(isAlive(identity, true)).toBe(true);
    process.kill(pid, 'SIGKILL');
    while (!readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z ')) await setImmediate();
    expect(isAlive(identity, true)).toBe(false);
    parent.kill('SIGKILL');
    await once(parent, 'exit');
  });

  it('is not the one that has its pid later', () => {
    const own = identityOf(process.pid);
    expect(isAlive({ ...own, startTicks: '1' }, true)).toBe(false);
  });

  it('is dead when its machine has booted since, and not judged when it was another machine', () => {
    const other = { ...identityOf(process.pid), bootId: '00000000-0000-0000-0000-000000000000' };
    expect(isAlive(other, true)).toBe(false);
    expect(isAlive(other, false)).toBe(true);
  });
});
