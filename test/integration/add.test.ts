import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import type { AddDocument } from '../../src/planner/model/spec-documents.ts';
import { makeBtrfs } from '../support/btrfs.ts';
import { untilWhile } from '../support/running.ts';
import { Sandbox } from '../support/sandbox.ts';
import { schemaErrors } from '../support/schemas.ts';
import { makeTempDir } from '../support/tempdir.ts';

const dir = await makeTempDir();
const drive = await makeBtrfs(120);
afterAll(async () => {
  await drive.remove();
  await dir.remove();
});

const box = new Sandbox(dir.path);
const [home, stick] = [join(dir.path, 'home'), join(dir.path, 'stick')];
box.files({ 'home/Pictures/a.jpg': 'a', 'home/letters/b.txt': 'b', 'home/.ssh/config': '', 'stick/x': '' });
mkdirSync(join(drive.path, 'mine'));

const SPEC = `# mine
version = 1

[volumes.laptop] # this one
path = "${home}"

# the stick
[volumes.usb]
path = "${stick}"

# what is copied
[syncs.letters]
source = "laptop:letters"
destination = "usb:letters"
`;

beforeEach(() => box.writeSpec(SPEC));
const spec = (): string => readFileSync(box.spec, 'utf8');

describe('add volume', () => {
  it('puts a folder into the spec, and says what to type next', () => {
    const answer = box.nbkp('add', 'volume', join(dir.path, 'stick'), '--name', 'second', '--yes');
    expect(answer.code, answer.stderr).toBe(0);
    const again = box.nbkp('add', 'volume', stick, '--yes');
    expect(again).toMatchObject({ code: 64, stderr: expect.stringContaining('This folder is in the spec') as string });
    expect(spec()).toBe(SPEC.replace('# what', () => `${/# The folder[^]*?\n\n/.exec(spec())?.[0] ?? ''}# what`));
    expect(spec()).toContain(`[volumes.second]\npath = "${stick}"\n`);
    expect(answer.stdout).toMatch(/has the volume second[^]*nbkp prepare second[^]*nbkp add sync/);
    expect(answer.stderr).toMatch(/\n\+\[volumes\.second\]\n/);
    expect(answer.stderr).not.toContain('unused-volume');
  });

  it('puts a drive into the spec by its UUID, with snapshots that fit, and not twice', () => {
    const answer = box.nbkp('add', 'volume', join(drive.path, 'mine'), '--yes', '--json');
    expect(answer.code, answer.stderr).toBe(0);
    const document = JSON.parse(answer.stdout) as AddDocument;
    expect(schemaErrors('add', document)).toEqual([]);
    expect(document).toMatchObject({ added: { kind: 'volume', name: 'mine' }, toml: spec() });
    expect(spec()).toContain(`[volumes.mine]\nmount.device-uuid = "${drive.uuid}"`);
    const again = box.nbkp('add', 'volume', drive.path, '--yes');
    expect(again).toMatchObject({ code: 64, stderr: expect.stringContaining('it is the volume mine') as string });
  });

  it('puts a folder of a server into the spec, with the endpoint that is there', () => {
    box.writeSpec(`${SPEC}\n[ssh.pi]\nhost = "pi.example.org"\n`);
    const answer = box.nbkp('add', 'volume', 'pi:/srv/backups', '--yes');
    expect(answer.code, answer.stderr).toBe(0);
    expect(spec()).toMatch(/\[volumes\.pi\]\nssh = "pi"\npath = "\/srv\/backups"\nsnapshots\.mode = "hard-link"/);
  });

  it.each([
    ['a name that is taken', ['/tmp', '--name', 'usb'], 64, 'a volume usb already'],
    ['a name that is none', ['/tmp', '--name', 'My Stick'], 64, 'is no name for a volume'],
    ['nothing that is named', [], 64, 'Which volume?'],
    ['a drive that is not here', ['nowhere'], 4, 'no-destination-found'],
    ['a folder that is not there', ['/nowhere'], 4, 'destination-missing'],
  ])('writes nothing for %s', (_, words, code, text) => {
    const answer = box.nbkp('add', 'volume', ...words, '--yes');
    expect(answer).toMatchObject({ code, stderr: expect.stringContaining(text) as string });
    expect(spec()).toBe(SPEC);
  });
});

describe('add sync', () => {
  it('finds the volume of a folder, names the sync as it, and prepare and apply carry it out', () => {
    const added = box.nbkp('add', 'sync', '--source', join(home, 'Pictures'), '--to', 'usb:pictures', '--yes');
    expect(added.code, added.stderr).toBe(0);
    expect(spec().startsWith(SPEC)).toBe(true);
    expect(spec()).toContain('[syncs.pictures]\nsource = "laptop:Pictures"\ndestination = "usb:pictures"\n');
    expect(spec()).toContain('snapshots.mode = "hard-link"');
    expect(box.nbkp('prepare', 'laptop', 'usb', '--yes').code).toBe(0);
    const run = box.nbkp('apply', '--only', 'pictures', '--yes');
    expect(run.code, run.stderr).toBe(0);
    expect(readdirSync(join(stick, 'pictures/latest/'))).toEqual(['a.jpg']);
  });

  it('reads a snapshot of a folder that is a btrfs subvolume', () => {
    execFileSync('btrfs', ['-q', 'subvolume', 'create', join(drive.path, 'photos')]);
    box.writeSpec(`${SPEC}[volumes.pictures]\npath = "${drive.path}"\n`);
    const answer = box.nbkp('add', 'sync', 'photos', '--source', 'pictures:photos', '--to', 'usb:photos', '--yes');
    expect(answer.code, answer.stderr).toBe(0);
    expect(spec()).toContain('source-snapshot = "btrfs"');
    expect(box.nbkp('prepare', '--yes').code).toBe(0);
    expect(box.nbkp('run', '--only', 'photos', '--json').stdout).toContain('source-release:');
  });

  it('has the snapshots of its destination, and a folder of its own where a volume alone is named', () => {
    box.writeSpec(SPEC.replace(`"${stick}"`, `"${stick}"\nsnapshots.mode = "hard-link"`));
    const answer = box.nbkp('add', 'sync', 'photos', '--source', 'laptop:Pictures', '--to', 'usb', '--yes');
    expect(answer.code, answer.stderr).toBe(0);
    expect(spec()).toMatch(
      /\[syncs\.photos\]\nsource = "laptop:Pictures"\ndestination = "usb:backups\/[a-z0-9-]+\/photos"\nmax-age/,
    );
  });

  it.each([
    ['a name that is taken', ['letters', '--source', 'laptop', '--to', 'usb'], 64, 'a sync letters already'],
    ['a volume that is not there', ['--source', 'lptop', '--to', 'usb'], 64, 'There are: laptop, usb'],
    ['a folder in no volume', ['--source', '/etc', '--to', 'usb'], 64, 'nbkp add volume /etc'],
    ['a destination in use', ['--source', 'laptop:Pictures', '--to', 'usb:letters'], 65, 'error['],
    ['a destination within the source', ['--source', 'laptop', '--to', 'laptop:copy'], 65, 'error['],
  ])('writes nothing for %s', (_, words, code, text) => {
    const answer = box.nbkp('add', 'sync', ...words, '--yes');
    expect(answer).toMatchObject({ code, stderr: expect.stringContaining(text) as string });
    expect(spec()).toBe(SPEC);
  });
});

describe('what add writes', () => {
  const ADD = ['add', 'sync', 'photos', '--source', 'laptop:Pictures', '--to', 'usb:photos'] as const;

  it('is asked for: without a terminal and --yes nothing is written', () => {
    expect(box.nbkp(...ADD)).toMatchObject({
      code: 3,
      stderr: expect.stringContaining('confirmation-impossible') as string,
    });
    expect(spec()).toBe(SPEC);
  });

  it('keeps owner and mode, and replaces what a link leads to', () => {
    mkdirSync(join(dir.path, 'real'), { recursive: true });
    const real = join(dir.path, 'real', 'mine.toml');
    writeFileSync(real, SPEC);
    chmodSync(real, 0o640);
    if (process.getuid?.() === 0) chownSync(real, 1234, 1235);
    const link = join(dir.path, 'link.toml');
    symlinkSync('real/mine.toml', link);
    const before = statSync(real);
    const answer = box.nbkp(...ADD, '--yes', '--spec', link);
    expect(answer.code, answer.stderr).toBe(0);
    expect(lstatSync(link).isSymbolicLink()).toBe(true);
    const { mode, uid, gid } = statSync(real);
    expect({ mode, uid, gid }).toEqual({ mode: before.mode, uid: before.uid, gid: before.gid });
    expect(readFileSync(real, 'utf8')).toContain('[syncs.photos]');
    expect(readdirSync(join(dir.path, 'real'))).toEqual(['mine.toml']);
    expect(answer.stdout).toContain(`--spec ${link}`);
  });

  it('never leaves a second name with the old text', () => {
    const second = join(dir.path, 'second.toml');
    linkSync(box.spec, second);
    const answer = box.nbkp(...ADD, '--yes', '--spec', second);
    rmSync(second);
    expect(answer).toMatchObject({
      code: 3,
      stderr: expect.stringContaining('file-unwritable') as string,
    });
    expect(spec()).toBe(SPEC);
  });

  it('is all or nothing when it is killed, and the next one clears up', () => {
    const own = join(dir.path, 'killed');
    box.files({ 'killed/nbkp.toml': SPEC });
    // A preload forces the kill right before the new file takes the place of the old one.
    const preload = join(dir.path, 'kill.cjs');
    writeFileSync(preload, "require('node:fs').renameSync = () => process.kill(process.pid, 'SIGKILL');\n");
    const args = [...ADD, '--yes', '--spec', join(own, 'nbkp.toml')];
    expect(box.nbkpWith({ NODE_OPTIONS: `--require ${preload}` }, ...args).signal).toBe('SIGKILL');
    expect(readFileSync(join(own, 'nbkp.toml'), 'utf8')).toBe(SPEC);
    expect(readdirSync(own)).toHaveLength(2);
    expect(box.nbkp(...args).code).toBe(0);
    expect(readdirSync(own)).toEqual(['nbkp.toml']);
  });

  it('is shown before the question, and nothing once the spec has changed meanwhile', async () => {
    const running = box.startOnTerminal([...ADD, '--no-excludes']);
    await untilWhile(running, () => running.stdout.includes('Write it? [y/N]'));
    expect(running.stdout).toContain('+[syncs.photos]');
    box.writeSpec(`${SPEC}# another editor\n`);
    running.process.stdin?.write('y\r');
    const answer = await running.ended;
    expect(answer.code).toBe(3);
    expect(answer.stdout).toContain('spec-changed');
    expect(spec()).toBe(`${SPEC}# another editor\n`);
  });

  it('is written after a yes, and not after anything else', async () => {
    for (const [typed, code] of [
      ['n', 3],
      ['y', 0],
    ] as const) {
      const running = box.startOnTerminal([...ADD, '--no-excludes']);
      await untilWhile(running, () => running.stdout.includes('Write it? [y/N]'));
      running.process.stdin?.write(`${typed}\r`);
      expect((await running.ended).code).toBe(code);
      expect(spec().includes('[syncs.photos]')).toBe(code === 0);
    }
  });
});
