import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import type { Plan } from '../../src/planner/model/plan.ts';
import type { RunRecord } from '../../src/planner/model/run.ts';
import { Backup } from '../support/backup.ts';
import { describeWithNetwork } from '../support/ssh/network.ts';
import { LaptopAndServer } from '../support/ssh/server.ts';
import { describeWithMounts } from '../support/requirements.ts';
import type { Answer } from '../support/sandbox.ts';
import { newFolders } from '../support/tempdir.ts';

function must(code: number, answer: Answer): Answer {
  expect(answer.code, `${answer.stdout}${answer.stderr}`).toBe(code);
  return answer;
}

const transferred = (answer: Answer) => (JSON.parse(answer.stdout) as RunRecord).syncs.map(({ files }) => files);
const words = ({ steps }: Plan) => steps.flatMap(({ commands }) => commands.flat());

describeWithMounts('what a file system can hold whose type does not tell', () => {
  const newFolder = newFolders();
  let mounted: string[] = [];

  afterEach(() => {
    for (const path of mounted) execFileSync('umount', [path]);
    mounted = [];
  });

  function mount(path: string, ...command: string[]): string {
    mkdirSync(path, { recursive: true });
    execFileSync(command[0] ?? '', [...command.slice(1), path]);
    mounted.unshift(path);
    return path;
  }

  function overlay(root: string): string {
    const layers = mount(join(root, 'layers'), 'mount', '-t', 'tmpfs', 'none');
    for (const name of ['lower', 'upper', 'work']) mkdirSync(join(layers, name));
    const dirs = `lowerdir=${layers}/lower,upperdir=${layers}/upper,workdir=${layers}/work`;
    return mount(join(root, 'usb'), 'mount', '-t', 'overlay', '-o', dirs, 'none');
  }

  /** An image behind a driver of FUSE of which the mount table tells no more than `fuse`. */
  function ntfs(root: string, ...command: string[]): string {
    const image = join(root, 'drive.img');
    execFileSync('truncate', ['-s', '16M', image]);
    execFileSync('mkfs.ntfs', ['-F', '-Q', '-q', image], { stdio: 'ignore' });
    return mount(join(root, 'usb'), ...command, image);
  }

  const mark = (drive: string) => readFileSync(join(drive, '.nbkp-vol'), 'utf8');

  it('is tried by prepare, and all that can be held is kept from the first run on', () => {
    const root = newFolder();
    const drive = overlay(root);
    // What a try that was killed has left, and what is nobody's of nbkp.
    mkdirSync(join(drive, '.nbkp-try/folder'), { recursive: true });
    for (const name of ['one', 'n:n', 'folder/two']) writeFileSync(join(drive, '.nbkp-try', name), '');
    writeFileSync(join(drive, 'mine'), 'mine');
    const subject = new Backup(root, { mode: 'hard-link', drive });
    expect(readdirSync(drive).sort()).toEqual(['.nbkp-vol', 'documents', 'mine']);
    expect(mark(drive)).toMatch(
      /^\{"formatVersion":"1\.0","tried":\{"version":1,"type":"overlay","can":" modes links owners/,
    );

    subject.write({ a: 'A', b: 'B' });
    execFileSync('sh', ['-c', 'ln a again; ln -s a link; chmod 640 b; setfattr -n user.x -v y b'], {
      cwd: subject.source,
    });
    expect(words(subject.plan())).toEqual(expect.arrayContaining(['--hard-links', '--acls', '--xattrs', '--sparse']));
    subject.run(0);
    const dst = readFileSync(join(subject.destination, '.nbkp-dst'), 'utf8');
    expect(dst).toContain('"options":{"keeps":["owners","permissions","links","specials","hard-links","acls","xattrs"');
    subject.run(0);
    expect(statSync(join(subject.copy(), 'a')).nlink).toBe(4);
    expect(readFileSync(join(subject.destination, '.nbkp-dst'), 'utf8')).toBe(dst);
    must(0, subject.sandbox.nbkp('verify'));
    expect(must(0, subject.sandbox.nbkp('prepare', '--yes')).stdout).not.toContain('try what');
  });

  it('decides what is left out, and is tried anew when the type is another one', () => {
    const root = newFolder();
    const drive = ntfs(root, 'ntfs-3g');
    const subject = new Backup(root, { mode: 'none', drive });
    expect(mark(drive)).toContain('"type":"fuse');
    subject.write({ letter: 'Dear reader' });
    execFileSync('sh', ['-c', 'chmod 600 letter; chown 1234 letter; ln -s letter link'], { cwd: subject.source });
    const { findings } = subject.plan();
    expect(findings).toMatchObject([
      {
        code: 'not-kept',
        message: expect.stringMatching(/^Not kept on usb \(.*\): owners, permissions, .*ACLs/) as string,
      },
    ]);
    expect(transferred(must(0, subject.sandbox.nbkp('run', '--json')))).toEqual([1]);
    expect(transferred(must(0, subject.sandbox.nbkp('run', '--json')))).toEqual([0]);
    must(0, subject.sandbox.nbkp('verify'));

    writeFileSync(join(drive, '.nbkp-vol'), mark(drive).replace('"type":"', '"type":"other-'));
    expect(subject.plan().findings.map(({ code }) => code)).toContain('file-system-untried');
    must(0, subject.sandbox.nbkp('prepare', '--yes'));
    expect(mark(drive)).not.toContain('other-');
  });

  it('is seen again when the drive is mounted so that names that differ in case are one', () => {
    const root = newFolder();
    const drive = ntfs(root, 'ntfs-3g');
    const subject = new Backup(root, { mode: 'none', drive });
    subject.write({ 'Photos/A': 'a', README: 'readme', Readme: 'Readme' });
    subject.run(0);
    execFileSync('umount', [drive]);
    execFileSync('lowntfs-3g', ['-o', 'ignore_case', join(root, 'drive.img'), drive]);
    // As this driver shows them. Without the look all of them would be deleted and copied in turn.
    expect(readdirSync(subject.destination)).toContain('photos');
    const { syncs, steps } = subject.run(1);
    expect(syncs).toMatchObject([{ outcome: 'incomplete', files: 0, deleted: 0 }]);
    expect(steps.flatMap(({ findings }) => findings.map(({ code }) => code))).toEqual(['entries-left-out']);
  });

  it('is not enough where names come back in another case', () => {
    const root = newFolder();
    const subject = new Backup(root, { mode: 'none' });
    const drive = ntfs(root, 'lowntfs-3g', '-o', 'ignore_case');
    subject.sandbox.writeSpec(readFileSync(subject.sandbox.spec, 'utf8').replace(subject.drive, drive));
    const refused = must(1, subject.sandbox.nbkp('prepare', '--yes'));
    expect(refused.stderr.replaceAll(/\s+/g, ' ')).toMatch(/prepare-failed.*gives names back in another case/);
    expect(readdirSync(drive)).toEqual([]);
  });
});

describeWithNetwork('what a file system of a server can hold', () => {
  it('is tried there', async () => {
    const world = await LaptopAndServer.start();
    try {
      await world.hub.must(`mkdir ~/layers ~/drive && mount -t tmpfs none ~/layers && cd ~/layers &&
        mkdir lower upper work && mount -t overlay -o lowerdir=lower,upperdir=upper,workdir=work none ~/drive`);
      await world.laptop.must('mkdir -p ~/mine; echo a >~/mine/a; ln ~/mine/a ~/mine/again');
      world.sandbox.writeSpec(`version = 1
[ssh.hub]
host = "hub.road"
[volumes.hub]
ssh = "hub"
path = "~/drive"
[volumes.laptop]
path = "~/mine"
[syncs.mine]
source = "laptop"
destination = "hub:mine"
snapshots.mode = "hard-link"
`);
      must(0, world.nbkp('prepare', '--yes'));
      expect(await world.hub.must('ls -A ~/drive')).toBe('.nbkp-vol\nmine');
      expect(await world.hub.must('cat ~/drive/.nbkp-vol')).toContain(
        '"type":"overlay","can":" modes links owners hard-links',
      );
      must(0, world.nbkp('run'));
      expect(await world.hub.must('stat -c %h ~/drive/mine/latest/a; cat ~/drive/mine/.nbkp-dst')).toMatch(
        /^2\n.*"keeps":\[.*"hard-links"/,
      );
    } finally {
      await world.stop();
    }
  });
});
