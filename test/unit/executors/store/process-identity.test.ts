import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { identityOf, isAlive } from '../../../../src/executors/store/process-identity.ts';

describe('a process', () => {
  it('is alive while it is', () => {
    expect(isAlive(identityOf(process.pid), true)).toBe(true);
  });

  it('is found by its start in spite of a name with spaces and parentheses', async () => {
    const child = spawn('sleep', ['1000'], { argv0: 'sleep) Z 1 (' });
    await once(child, 'spawn');
    const identity = identityOf(child.pid ?? 0);
    expect(identity.startTicks).toMatch(/^\d+$/);
    expect(isAlive(identity, true)).toBe(true);
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(isAlive(identity, true)).toBe(false);
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
