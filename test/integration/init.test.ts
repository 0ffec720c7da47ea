import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { InitDocument } from '../../src/planner/model/spec-documents.ts';
import { untilWhile } from '../support/running.ts';
import { Running, Sandbox, type Answer } from '../support/sandbox.ts';
import { schemaErrors } from '../support/schemas.ts';
import { makeTempDir } from '../support/tempdir.ts';
import { makeBtrfs } from '../support/btrfs.ts';

const dir = await makeTempDir();
const drive = await makeBtrfs(120);
afterAll(async () => {
  await drive.remove();
  await dir.remove();
});

const box = new Sandbox(dir.path);
box.files({
  'home/letter.txt': 'Dear reader',
  'home/.cache/big': 'x'.repeat(500_000),
  'home/src/node_modules/pkg/index.js': 'x'.repeat(9000),
});
mkdirSync(join(drive.path, 'mine'));
const spec = (name: string): string => join(dir.path, 'specs', name);

describe('init without a terminal', () => {
  it('refuses and says which flags answer', () => {
    const answer = box.nbkp('init', '--to', drive.path);
    expect(answer.code).toBe(3);
    expect(answer.stderr).toMatch(/error\[init-needs-answers\][^]*nbkp init --yes --to/);
    expect(existsSync(box.spec)).toBe(false);
  });

  it('writes a spec for the drive that a folder is on, which prepare and run carry out', () => {
    const args = ['init', '--yes', '--to', join(drive.path, 'mine'), '--excludes', '--json', '--spec', spec('a.toml')];
    const answer = box.nbkp(...args);
    expect(answer.code, answer.stderr).toBe(0);
    const document = JSON.parse(answer.stdout) as InitDocument;
    expect(schemaErrors('init', document)).toEqual([]);
    expect(document.plan.summary.syncs.planned).toBe(1);
    expect(document.toml).toContain(`mount.device-uuid = "${drive.uuid}"`);
    expect(document.toml).toContain('snapshots.mode = "btrfs"');
    expect(document.toml).toContain('filters = ["- /.cache/", "- node_modules/", "- /.local/state/nbkp/"]');
    expect(readFileSync(spec('a.toml'), 'utf8')).toBe(document.toml);
    expect(box.nbkp('prepare', '--yes', '--spec', spec('a.toml')).code).toBe(0);
    expect(box.nbkp('run', '--spec', spec('a.toml')).code).toBe(0);
    const [machine = ''] = readdirSync(join(drive.path, 'mine/backups'));
    const copy = join(drive.path, 'mine/backups', machine, 'home/latest');
    expect(readdirSync(copy).sort()).toEqual(['letter.txt', 'src']);
  });

  it('does not write into backups of another spec, and names a way on', () => {
    const again = ['init', '--yes', '--to', join(drive.path, 'mine'), '--spec', spec('b.toml')];
    expect(box.nbkp(...again)).toMatchObject({
      code: 3,
      stderr: expect.stringContaining('destination-used') as string,
    });
    expect(existsSync(spec('b.toml'))).toBe(false);
    const elsewhere = box.nbkp(...again, '--into', 'second');
    expect(elsewhere.code, elsewhere.stderr).toBe(0);
    expect(readFileSync(spec('b.toml'), 'utf8')).not.toContain('filters');
  });

  it('never replaces a file, and leaves none behind when the folder is read-only', () => {
    const before = readFileSync(spec('a.toml'), 'utf8');
    const answer = box.nbkp('init', '--yes', '--to', drive.path, '--spec', spec('a.toml'));
    expect(answer).toMatchObject({ code: 3, stderr: expect.stringContaining('file-exists') as string });
    expect(readFileSync(spec('a.toml'), 'utf8')).toBe(before);
    const readOnly = box.nbkp('init', '--yes', '--to', drive.path, '--spec', '/proc/nbkp/nbkp.toml');
    expect(readOnly).toMatchObject({ code: 3, stderr: expect.stringContaining('file-unwritable') as string });
  });

  it('needs no state folder; prepare names a way on where that is read-only, and marks nothing', () => {
    const readOnly = { NBKP_STATE_DIR: '/proc/nbkp' };
    const args = ['--yes', '--to', drive.path, '--into', 'read-only', '--spec', spec('e.toml')];
    expect(box.nbkpWith(readOnly, 'init', ...args).code).toBe(0);
    const prepared = box.nbkpWith(readOnly, 'prepare', '--yes', '--spec', spec('e.toml'));
    expect(prepared).toMatchObject({ code: 1, stderr: expect.stringContaining('NBKP_STATE_DIR') as string });
    expect(existsSync(join(drive.path, 'read-only'))).toBe(false);
  });

  it.each([
    ['a folder that is not there', ['--to', '/nowhere/at/all'], 4, 'destination-missing'],
    ['a drive that nobody knows', ['--to', 'my-stick'], 4, 'no-destination-found'],
    ['a source that is not there', ['--source', '/nowhere', '--to', '/tmp'], 4, 'source-missing'],
    ['a folder within what is backed up', ['--to', '~/src'], 65, 'destination-inside-source'],
  ])('says what to do about %s', (_, args, code, finding) => {
    const answer = box.nbkp('init', '--yes', '--spec', spec('c.toml'), ...args);
    expect(answer).toMatchObject({ code, stderr: expect.stringContaining(`[${finding}]`) as string });
    expect(existsSync(spec('c.toml'))).toBe(false);
  });

  it('warns that a home folder is on a network file system, and goes on', () => {
    // No NFS server can be started here: the mount table is made to say so.
    writeFileSync(join(dir.path, 'findmnt'), FINDMNT, { mode: 0o755 });
    execFileSync('chmod', ['+x', join(dir.path, 'findmnt')]);
    const args = ['init', '--yes', '--to', drive.path, '--into', 'third', '--spec', spec('d.toml')];
    const answer = box.nbkpWith({ PATH: `${dir.path}:${process.env['PATH'] ?? ''}` }, ...args);
    expect(answer).toMatchObject({ code: 0, stderr: expect.stringContaining('source-on-network') as string });
  });
});

describe('init of a folder that is a btrfs subvolume', () => {
  const source = join(drive.path, 'laptop');
  const init = (name: string): InitDocument => {
    const to = join(dir.path, name);
    mkdirSync(to);
    const answer = box.nbkp('init', '--yes', '--json', '--source', source, '--to', to, '--spec', spec(`${name}.toml`));
    expect(answer.code, answer.stderr).toBe(0);
    return JSON.parse(answer.stdout) as InitDocument;
  };

  it('has its runs read a snapshot of it, which prepare and run carry out', () => {
    execFileSync('btrfs', ['-q', 'subvolume', 'create', source]);
    writeFileSync(join(source, 'letter'), 'Dear reader');
    const { toml, plan } = init('moment');
    expect(toml).toContain('source-snapshot = "btrfs"');
    expect(plan.steps.map(({ kind }) => kind)).toContain('source-snapshot');
    expect(box.nbkp('prepare', '--yes', '--spec', spec('moment.toml')).code).toBe(0);
    const run = box.nbkp('run', '--json', '--spec', spec('moment.toml'));
    expect(run.code, run.stderr).toBe(0);
    expect(run.stdout).toContain('source-release:');
  });

  it('has them read it as it is where no snapshot can be made of all of it', () => {
    mkdirSync(join(source, 'mounted'));
    execFileSync('mount', ['-t', 'tmpfs', 'tmpfs', join(source, 'mounted')]);
    const { toml, plan } = init('as-it-is');
    execFileSync('umount', [join(source, 'mounted')]);
    expect(toml).not.toContain('source-snapshot');
    expect(plan.summary.syncs.planned).toBe(1);
  });
});

describe('init on a terminal', () => {
  it('says what is backed up, offers the excludes with their sizes, shows the spec before it writes it, and takes no for an answer', async () => {
    const to = (into: string) => ['--to', drive.path, '--into', into];
    const yes = await onTerminal(
      'fourth',
      to('fourth'),
      ['Enter, or another folder:', ''],
      ['Leave them out? [Y/n]', ''],
      ['Write it? [Y/n]', ''],
    );
    expect(yes.code, yes.stdout).toBe(0);
    expect(yes.stdout.replaceAll('\r', '')).toContain(`What to back up?\n  ${box.home}, your home folder\n`);
    expect(yes.stdout).toMatch(/\d KiB {2}\/\.cache\/ +caches/);
    expect(yes.stdout).toMatch(/will be:[^]*\[syncs\.home\][^]*Write it\?[^]*nbkp prepare --spec/);
    expect(readFileSync(spec('fourth.toml'), 'utf8')).toContain('- /.cache/');
    const source = ['--source', box.home];
    const no = await onTerminal(
      'fifth',
      [...source, ...to('fifth')],
      ['Leave them out? [Y/n]', 'n'],
      ['Write it? [Y/n]', 'n'],
    );
    expect([no.code, no.stdout.includes('Not confirmed. Nothing was written.')]).toEqual([3, true]);
    expect(existsSync(spec('fifth.toml'))).toBe(false);
  });

  it('offers a folder or a server where no drive is plugged in, and asks again after a slip', async () => {
    mkdirSync(join(dir.path, 'Pictures'));
    mkdirSync(join(dir.path, 'Vault'));
    // Whatever is plugged into this machine.
    mkdirSync(join(dir.path, 'bin'));
    writeFileSync(join(dir.path, 'bin/lsblk'), '#!/bin/sh\necho \'{"blockdevices":[]}\'\n', { mode: 0o755 });
    const { code, stdout } = await onTerminal(
      'sixth',
      [],
      ['Enter, or another folder:', '/nowhere/at/all'],
      ['[source-missing]', ''],
      ['Enter, or another folder:', join(dir.path, 'Pictures')],
      ['or a server as HOST:FOLDER:', 'stick'],
      ['[no-destination-found]', ''],
      ['or a server as HOST:FOLDER:', 'ada@host.invalid:backups'],
      ['[host-unreachable]', ''],
      ['or a server as HOST:FOLDER:', join(dir.path, 'Vault')],
      ['Write it? [Y/n]', 'y'],
    );
    expect(code, stdout).toBe(0);
    expect(stdout).toContain('No drive is plugged in, and ~/.ssh/config names no server.');
    const written = readFileSync(spec('sixth.toml'), 'utf8');
    expect(written).toContain('[volumes.pictures]');
    expect(written).toMatch(/destination = "vault:backups\/[a-z0-9-]+\/pictures"/);
  });

  it('says what to do where no place is named at all', async () => {
    const { code, stdout } = await onTerminal(
      'seventh',
      ['--source', join(dir.path, 'Pictures')],
      ['or a server as HOST:FOLDER:', ''],
    );
    expect([code, stdout.includes('no-destination-found')]).toEqual([4, true]);
  });
});

/**
 * On a terminal of its own, which script(1) makes: each answer is typed when its question is there. A finding is awaited and not
 * answered.
 */
async function onTerminal(
  name: string,
  flags: string[],
  ...answers: [shown: string, answer: string][]
): Promise<Answer> {
  const words = ['init', ...flags, '--spec', spec(`${name}.toml`)];
  const command = [process.execPath, join(process.cwd(), 'bin/run.js'), ...words].join(' ');
  const path = `${dir.path}/bin:${process.env['PATH'] ?? ''}`;
  const env = { PATH: path, HOME: box.home, NBKP_STATE_DIR: box.state, NO_COLOR: '1', TERM: 'xterm' };
  const running = new Running(spawn('script', ['-qefc', command, '/dev/null'], { env, stdio: 'pipe' }));
  let from = 0;
  for (const [shown, answer] of answers) {
    await untilWhile(running, () => running.stdout.includes(shown, from));
    from = running.stdout.indexOf(shown, from) + shown.length;
    if (!shown.startsWith('[')) running.process.stdin?.write(`${answer}\r`);
  }
  return running.ended;
}

const FINDMNT = `#!/bin/sh
echo 'ID="1" PARENT="0" UUID="" FSROOT="/" FSTYPE="nfs4" SOURCE="server:/home" OPTIONS="rw" TARGET="/"'
`;
