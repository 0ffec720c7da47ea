import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import type { Plan } from '../../src/planner/model/plan.ts';
import type { RunRecord } from '../../src/planner/model/run.ts';
import { Backup } from '../support/backup.ts';
import { describeWithMounts } from '../support/requirements.ts';
import { Sandbox, type Answer } from '../support/sandbox.ts';
import { newFolders } from '../support/tempdir.ts';

function must(code: number, answer: Answer): Answer {
  expect(answer.code, `${answer.stdout}${answer.stderr}`).toBe(code);
  return answer;
}

const transferred = (answer: Answer) => (JSON.parse(answer.stdout) as RunRecord).syncs.map(({ files }) => files);

describeWithMounts('a folder of a server behind sshfs', () => {
  const newFolder = newFolders();
  let mounted: string | null = null;

  afterEach(() => {
    if (mounted !== null) execFileSync('umount', [mounted]);
    mounted = null;
  });

  /** The real sshfs and sftp-server, without a connection between them: nothing here is about that. */
  function mount(root: string, ...options: string[]): string {
    const path = join(root, 'nas');
    for (const folder of [path, join(root, 'server')]) mkdirSync(folder, { recursive: true });
    const connect = join(root, 'connect');
    writeFileSync(connect, '#!/bin/sh\nexec /usr/lib/openssh/sftp-server\n', { mode: 0o755 });
    execFileSync('sshfs', [
      '-o',
      [`ssh_command=${connect}`, ...options].join(','),
      `nas:${join(root, 'server')}`,
      path,
    ]);
    mounted = path;
    return path;
  }

  it('gets a copy as init proposes it, and the second run copies nothing', () => {
    const root = newFolder();
    const nas = mount(root);
    const box = new Sandbox(root);
    box.files({ 'home/letter.txt': 'Dear reader', 'home/photos/sea.jpg': 'x'.repeat(3000) });
    const photos = join(root, 'home/photos');
    execFileSync('sh', ['-c', 'chmod 600 sea.jpg; ln -s sea.jpg link; ln sea.jpg again; mkfifo pipe'], { cwd: photos });
    must(0, box.nbkp('init', '--yes', '--to', nas));
    expect(readFileSync(box.spec, 'utf8')).toContain('sshfs does not show hard links.');
    must(0, box.nbkp('prepare', '--yes'));
    const plan = JSON.parse(must(0, box.nbkp('plan', '--json')).stdout) as Plan;
    expect(plan.findings.map(({ code }) => code)).toEqual(['not-kept']);
    expect(transferred(must(0, box.nbkp('run', '--json')))).toEqual([3]);
    execFileSync('umount', [nas]);
    mount(root);
    expect(transferred(must(0, box.nbkp('run', '--json')))).toEqual([0]);
    must(0, box.nbkp('verify'));
    const to = join(root, 'restored');
    must(0, box.nbkp('restore', plan.syncs[0]?.name ?? '', '--to', to, '--yes'));
    expect(readdirSync(join(to, 'photos')).sort()).toEqual(['again', 'link', 'sea.jpg']);
    expect(statSync(join(to, 'photos/sea.jpg')).mode & 0o777).toBe(0o600);
  });

  it('gets no snapshots of hard links, since a run could not tell what older ones share', () => {
    const root = newFolder();
    const nas = mount(root);
    // What the refusal rests on, on the real thing.
    execFileSync('sh', ['-c', 'echo x >a; ln a b'], { cwd: nas });
    expect([statSync(join(nas, 'a')).nlink, statSync(join(root, 'server/a')).nlink]).toEqual([1, 2]);
    const subject = new Backup(root, { mode: 'none', drive: nas });
    subject.respec({ mode: 'hard-link' });
    for (const command of [['prepare', '--yes'], ['run']]) {
      const refused = subject.sandbox.nbkp(...command);
      expect(refused.code).not.toBe(0);
      expect((refused.stdout + refused.stderr).replaceAll(/\s+/g, ' ')).toMatch(
        /snapshots-unsupported.*sshfs, which does\s+not show hard links/s,
      );
    }
    expect(readdirSync(join(nas, 'documents')).sort()).toEqual(['.nbkp-dst']);
  });

  it('is tried for hard links where its type does not tell', () => {
    const root = newFolder();
    const nas = mount(root, 'subtype=other');
    const subject = new Backup(root, { mode: 'none' });
    // By the step that would make the snapshots, and from then on by what was found.
    subject.sandbox.writeSpec(
      readFileSync(subject.sandbox.spec, 'utf8').replace(subject.drive, nas).replace('"none"', '"hard-link"'),
    );
    for (const told of [
      /error\[prepare-failed\].*does not show hard links/,
      /snapshots-unsupported.*does not show hard links/,
    ]) {
      const refused = subject.sandbox.nbkp('prepare', '--yes');
      expect(refused.code).not.toBe(0);
      expect((refused.stdout + refused.stderr).replaceAll(/\s+/g, ' ')).toMatch(told);
      expect(readdirSync(join(nas, 'documents'))).toEqual([]);
    }
  });
});
