import { afterAll, describe, expect, it } from 'vitest';
import { Sandbox } from '../support/sandbox.ts';
import { makeTempDir } from '../support/tempdir.ts';

const dir = await makeTempDir();
const sandbox = new Sandbox(dir.path);
afterAll(() => dir.remove());

const SPEC = `version = 1
[volumes.laptop]
path = "/home/sam"
[volumes.usb]
path = "/media/usb"
[syncs.documents]
source = "laptop:Documents"
destination = "usb:documents"
snapshots.mode = "hard-link"
`;

describe('check of a spec without volumes', () => {
  it('says so, and nothing of this machine', () => {
    sandbox.files({ 'empty.toml': 'version = 1\n' });
    const { code, stdout } = sandbox.nbkp('check', '--spec', 'empty.toml');
    expect([code, stdout]).toEqual([
      1,
      expect.stringContaining('error[spec-without-volumes]: The spec has no volumes'),
    ]);
    expect(stdout).not.toContain('could not be looked at');
  });
});

describe('a spec without syncs', () => {
  it('is nothing to do, and apply makes no run of it', () => {
    sandbox.files({ 'empty.toml': 'version = 1\n' });
    const applied = sandbox.nbkp('apply', '--yes', '--spec', 'empty.toml');
    expect(applied).toMatchObject({ code: 0, stderr: '' });
    expect(applied.stdout).toMatch(/\n\nNothing to do: there are no syncs\.\nPlan: no steps\.\n$/);
    const ran = sandbox.nbkp('run', '--spec', 'empty.toml');
    expect(ran).toMatchObject({ code: 0, stdout: 'Nothing to do: there are no syncs.\n' });
  });
});

describe('diff', () => {
  it('never marks another rule than the one that has changed', () => {
    const spec = (keep: string): string => `${SPEC}[syncs.documents.snapshots]\nmode = "hard-link"\n${keep}`;
    const two = 'keep.last = 3\nkeep.daily = 7\n';
    const table = spec('').replace('snapshots.mode = "hard-link"\n', '');
    sandbox.files({ 'two.toml': `${table}${two}`, 'one.toml': `${table}keep.last = 3\n` });
    const { code, stdout } = sandbox.nbkp('diff', 'two.toml', 'one.toml', '--detailed-exitcode');
    expect(stdout.replaceAll(/\s+/g, ' ')).toContain(
      'fewer snapshots than before (keep.daily 0 instead of 7); how many',
    );
    expect(stdout).toMatch(/retention-shrinks.*\| \[syncs\.documents\]\n +\| +\^/s);
    expect(stdout).toContain('The steps are the same; which snapshots are kept is not.\n');
    expect(code).toBe(2);
  });

  it('marks the rule of retention that has changed, and has command lines only when asked', () => {
    const spec = (daily: number): string =>
      `${SPEC}snapshots.keep.last = 3\nsnapshots.keep.daily = ${daily}\nrsync.compress = ${daily > 5}\n`;
    sandbox.files({ 'was.toml': spec(7), 'is.toml': spec(2) });
    const { stdout } = sandbox.nbkp('diff', 'was.toml', 'is.toml');
    expect(stdout).toMatch(/retention-shrinks.*\| snapshots\.keep\.daily = 2\n +\| +\^/s);
    expect(stdout).toMatch(/^ +- .*--compress/m);
    expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThan(120);
    expect(sandbox.nbkp('diff', 'was.toml', 'is.toml', '--commands').stdout).toMatch(/^ +- rsync .*--compress/m);
  });
});
