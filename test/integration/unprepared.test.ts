import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CheckDocument, StatusDocument } from '../../src/planner/model/documents.ts';
import { Backup } from '../support/backup.ts';
import { describeWithMounts } from '../support/requirements.ts';
import { makeTempDir } from '../support/tempdir.ts';

const dir = await makeTempDir();
afterAll(() => dir.remove());

describe('what is here without its marks', () => {
  const root = join(dir.path, 'marks');
  mkdirSync(root);
  const subject = new Backup(root, { mode: 'none' });
  const { sandbox } = subject;
  const mark = join(root, 'laptop', '.nbkp-vol');
  subject.write({ letter: 'Dear reader' });
  subject.run(0);

  it('is told with the way on by plan, run, status and check, and is never green', () => {
    rmSync(mark);
    const [sync] = subject.plan().syncs;
    expect(sync).toMatchObject({ state: 'skipped', absence: 'unprepared', code: 'sentinel-missing' });
    expect(sandbox.nbkp('plan')).toMatchObject({ code: 0, stdout: expect.stringContaining('nbkp prepare laptop') });
    expect(sandbox.nbkp('plan', '--detailed-exitcode').code).toBe(4);
    expect(subject.run(4).syncs).toMatchObject([
      { outcome: 'skipped', reason: expect.stringContaining('nbkp prepare laptop') },
    ]);
    const status = subject.expectCode(4, sandbox.nbkp('status', '--json'));
    const { volumes, syncs } = JSON.parse(status.stdout) as StatusDocument;
    expect(volumes.find(({ name }) => name === 'laptop')).toMatchObject({ available: false, absence: 'unprepared' });
    expect(syncs).toMatchObject([{ well: false, absence: 'unprepared' }]);
    const text = sandbox.nbkp('status').stdout;
    expect(text).toMatch(/^ *✗ +laptop /m);
    expect(text).toMatch(/^ *✗ +documents /m);
    const { checks } = JSON.parse(subject.expectCode(1, sandbox.nbkp('check', '--json')).stdout) as CheckDocument;
    expect(checks.filter(({ outcome }) => outcome === 'failed')).toMatchObject([
      { volume: 'laptop', fix: [['nbkp', 'prepare', 'laptop']] },
    ]);
    subject.expectCode(0, sandbox.nbkp('prepare', 'laptop', '--yes'));
    subject.run(0);
  });

  it('is also a sync that was added without prepare; the others run', () => {
    mkdirSync(join(root, 'laptop', 'Music'));
    subject.respec({ mode: 'none', more: '[syncs.music]\nsource = "laptop:Music"\ndestination = "usb:music"' });
    expect(subject.run(4).syncs).toMatchObject([
      { name: 'documents', outcome: 'succeeded' },
      { name: 'music', outcome: 'skipped' },
    ]);
    subject.expectCode(0, sandbox.nbkp('prepare', '--yes'));
    subject.run(0);
  });

  it('is a volume that was emptied, mark and all, on the file system of its last success', () => {
    execFileSync('find', [subject.drive, '-mindepth', '1', '-delete']);
    expect(subject.plan().syncs[0]).toMatchObject({ absence: 'unprepared' });
  });
});

describeWithMounts('the bare mountpoint of an absent drive', () => {
  const root = join(dir.path, 'mounts');
  const drive = join(root, 'usb');
  const mount = (): void => void execFileSync('mount', ['-t', 'tmpfs', 'tmpfs', drive]);
  const unmount = (): void => void execFileSync('umount', [drive]);
  beforeAll(() => {
    mkdirSync(drive, { recursive: true });
    mount();
  });

  it('is absent, whatever is in it, and marked only by --here', () => {
    const subject = new Backup(root, { mode: 'none', drive });
    try {
      subject.write({ letter: 'Dear reader' });
      subject.run(0);
    } finally {
      unmount();
    }
    expect(subject.plan().syncs).toMatchObject([{ absence: 'absent', code: 'volume-not-mounted' }]);
    writeFileSync(join(drive, 'stray'), '');
    expect(subject.plan().syncs).toMatchObject([{ absence: 'absent', code: 'volume-not-mounted' }]);
    subject.run(0);
    const { sandbox } = subject;
    subject.expectCode(0, sandbox.nbkp('status'));
    const outcomes = (code: number, ...args: string[]): string[] => {
      const { stdout } = subject.expectCode(code, sandbox.nbkp('check', '--json', ...args));
      return (JSON.parse(stdout) as CheckDocument).checks.map(({ outcome }) => outcome);
    };
    expect(outcomes(0)).toContain('absent');
    expect(outcomes(4, '--strict')).toContain('absent');
    expect(outcomes(0, '--ignore', 'absent')).toEqual(outcomes(0).filter((outcome) => outcome !== 'absent'));
    const refused = subject.expectCode(3, sandbox.nbkp('prepare', 'usb', '--yes'));
    expect(refused.stdout + refused.stderr).toContain('mountpoint-empty');
    expect(readdirSync(drive)).toEqual(['stray']);
    expect(sandbox.nbkp('prepare', '--here', '--yes').code).toBe(64);
    subject.expectCode(0, sandbox.nbkp('prepare', 'usb', '--here', '--yes'));
    expect(subject.run(0).syncs).toMatchObject([{ outcome: 'succeeded' }]);
  });
});
