import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { Sandbox } from '../support/sandbox.ts';
import { SHELLS, smallPath, SpecScript } from '../support/spec-script.ts';
import { makeTempDir, type TempDir } from '../support/tempdir.ts';
import { growTree, stateOf, treeOf } from '../support/tree.ts';

let dir: TempDir;
let sandbox: Sandbox;

const SPEC = (root: string): string => `version = 1
[volumes.laptop]
path = "${root}/laptop"
[volumes.usb]
path = "${root}/drives/usb"
[volumes.away]
path = "${root}/drives/away"
[syncs.documents]
source = "laptop:documents"
destination = "usb:documents"
filters = ["- *.tmp", "- it's $HOME \`id\`"]
snapshots = { mode = "hard-link", keep = { last = 2, timezone = "Europe/Berlin" } }
before = [["sh", "-c", "echo before >> ${root}/hooks"]]
after = [["sh", "-c", "echo after >> ${root}/hooks"]]
on-failure = [["sh", "-c", "echo failed >> ${root}/hooks"]]
[syncs.chained]
source = "usb:documents"
destination = "usb:chained"
[syncs.mirror]
source = "laptop:mirror"
destination = "usb:mirror"
[syncs.unchanged]
source = "laptop:mirror"
destination = "usb:unchanged"
snapshots = { mode = "hard-link", when = "changed" }
[syncs.elsewhere]
source = "laptop:mirror"
destination = "away:elsewhere"
[syncs.off]
enabled = false
source = "laptop:mirror"
destination = "away:off"
`;

function nbkp(...args: string[]): string {
  const { code, stdout, stderr } = sandbox.nbkp(...args);
  if (code !== 0) throw new Error(`${args.join(' ')}: exit code ${code}\n${stdout}${stderr}`);
  return stdout;
}

const at = (path: string): string => join(sandbox.root, path);
const snapshots = (name = 'documents'): string[] => readdirSync(at(`drives/usb/${name}/snapshots`)).sort();
const latest = (name = 'documents'): string => readlinkSync(at(`drives/usb/${name}/latest`));

function many(folder: string, count: number): void {
  sandbox.files(
    Object.fromEntries(Array.from({ length: count }, (_, index) => [`laptop/${folder}/f${index}`, `${index}`])),
  );
}

beforeAll(async () => {
  dir = await makeTempDir();
  sandbox = new Sandbox(join(dir.path, 'world'));
  for (const folder of ['laptop/documents', 'laptop/mirror', 'drives/usb', 'drives/away'])
    mkdirSync(at(folder), { recursive: true });
  sandbox.writeSpec(SPEC(sandbox.root));
  growTree(at('laptop/documents'));
  many('mirror', 40);
  nbkp('prepare', '--yes');
  sandbox.save();
});
afterAll(() => dir.remove());
afterEach(() => sandbox.reset());

describe.each(SHELLS.map((shell) => [shell.join(' '), shell] as const))(
  'the script of a spec, with %s,',
  (_, shell) => {
    it('changes nothing with -n, shows what it would do, and runs one sync with --only', async () => {
      const script = new SpecScript(sandbox);
      const before = await stateOf(at('drives'));
      const shown = script.run(shell, '-n');
      expect(shown).toMatchObject({ code: 0, stdout: expect.stringMatching(/^>f\+* 2 f39$/m) as string });
      expect(await stateOf(at('drives'))).toEqual(before);
      expect(script.run(shell, '--only', 'mirror', '-v')).toMatchObject({
        code: 0,
        stderr: expect.stringMatching(/^ {4}rsync .*--max-delete=0/m) as string,
      });
      expect(snapshots()).toEqual([]);
      expect(await treeOf(at('drives/usb/mirror'))).toEqual(await treeOf(at('laptop/mirror')));
      expect(script.run(shell, '--only', 'off')).toMatchObject({ code: 64 });
      expect(script.run(shell, '--nothing')).toMatchObject({ code: 64 });
    });

    it('refuses to lose too much, tells who failed, and lets the others run', async () => {
      const script = new SpecScript(sandbox);
      expect(script.run(shell).code).toBe(0);
      const kept = [await treeOf(at('drives/usb/mirror')), snapshots('unchanged')];
      for (let index = 0; index < 30; index += 1) rmSync(at(`laptop/mirror/f${index}`));
      const before = await stateOf(at('drives'));
      expect(script.run(shell, '-n')).toMatchObject({
        code: 3,
        stderr: expect.stringMatching(/mirror is refused[^]*unchanged is refused/) as string,
      });
      expect(await stateOf(at('drives'))).toEqual(before);
      expect(sandbox.nbkp('plan', '--files').code).toBe(3);
      const refused = script.run(shell);
      expect(refused).toMatchObject({
        code: 3,
        stderr: expect.stringMatching(/30 of 40 entries would be lost[\s\S]*mirror is refused/) as string,
        stdout: expect.stringContaining('documents: done') as string,
      });
      expect([
        await treeOf(at('drives/usb/mirror')),
        snapshots('unchanged').filter((name) => !name.startsWith('.')),
      ]).toEqual(kept);
      rmSync(at('laptop/documents'), { recursive: true });
      mkdirSync(at('laptop/documents'));
      execFileSync('cp', [`${sandbox.root}-saved/laptop/documents/.nbkp-src`, at('laptop/documents')]);
      // What is known before anything runs keeps nobody from the older copy.
      expect(script.run(shell, '--only', 'documents', '--only', 'chained')).toMatchObject({
        code: 3,
        stderr: expect.stringMatching(
          /\[source-empty\][^]*chained copies what documents left.*\[stale-upstream\]/,
        ) as string,
        stdout: expect.stringContaining('chained: done') as string,
      });
      sandbox.files({ 'laptop/documents/one': '' });
      expect(script.run(shell, '--only', 'documents', '--only', 'chained')).toMatchObject({
        code: 3,
        stderr: expect.stringContaining('chained is not run: what it reads was not made.') as string,
      });
      expect(readFileSync(at('hooks'), 'utf8')).toMatch(/failed\n$/);
    });

    it('writes nothing to the empty mountpoint of a drive that is not here', () => {
      const script = new SpecScript(sandbox);
      renameSync(at('drives/away'), at('drives/away-unplugged'));
      mkdirSync(at('drives/away'));
      const skipped = script.run(shell, '--only', 'elsewhere', '--only', 'mirror');
      expect(skipped).toMatchObject({
        code: 0,
        stdout: expect.stringMatching(/elsewhere is skipped: .*no \.nbkp-vol/) as string,
      });
      expect(readdirSync(at('drives/away'))).toEqual([]);
      // Something is there: it is no mountpoint that waits for its drive.
      sandbox.files({ 'drives/away/file': '' });
      expect(script.run(shell, '--only', 'elsewhere').code).toBe(4);
      expect(readdirSync(at('drives/away'))).toEqual(['file']);
    });

    it('leaves a destination of another source alone', async () => {
      const script = new SpecScript(sandbox);
      writeFileSync(at('laptop/mirror/.nbkp-src'), '{"formatVersion":"1.0","id":"another"}\n');
      const before = await treeOf(at('drives/usb'));
      expect(script.run(shell, '--only', 'mirror')).toMatchObject({
        code: 3,
        stderr: expect.stringContaining('belongs to another source') as string,
      });
      expect(await treeOf(at('drives/usb'))).toEqual(before);
    });

    it('leaves a destination alone that another run holds, and nbkp leaves alone what it holds', async () => {
      const script = new SpecScript(sandbox);
      const lock = at('drives/usb/mirror/.nbkp-lock');
      const holder = spawn('flock', [lock, 'sh', '-c', 'echo held; read -r line'], {
        stdio: ['pipe', 'pipe', 'ignore'],
      });
      await once(holder.stdout, 'data');
      expect(script.run(shell, '--only', 'mirror', '--only', 'elsewhere')).toMatchObject({
        code: 75,
        stdout: expect.stringContaining('elsewhere: done') as string,
      });
      holder.stdin.end('\n');
      await once(holder, 'exit');
      sandbox.writeSpec(
        SPEC(sandbox.root).replace(/before = .*/, 'before = [["sh", "-c", "echo begun; exec sleep 1000"]]'),
      );
      const running = new SpecScript(sandbox).start(shell, '--only', 'documents');
      const said = running.stdout!.setEncoding('utf8')[Symbol.asyncIterator]();
      let text = '';
      while (!text.includes('begun')) text += String((await said.next()).value);
      const { code, stderr } = sandbox.nbkp('run', '--only', 'documents');
      expect([code, stderr]).toEqual([75, expect.stringContaining('nbkp script')]);
      running.kill('SIGTERM');
      const [ended] = (await once(running, 'exit')) as [number];
      expect(ended).toBe(143);
      expect(readFileSync(at('hooks'), 'utf8')).toBe('failed\n');
      expect(snapshots()).toEqual([]);
    });

    it('finds a drive that is elsewhere from its own folder', async () => {
      const usb = at('drives/usb');
      const script = new SpecScript(sandbox, '--only', 'mirror', '--relative-destination');
      renameSync(script.file, join(usb, 'backup.sh'));
      rmSync(join(usb, 'backup.sh'));
      sandbox.nbkp('script', '--only', 'mirror', '--relative-destination', '--out', join(usb, 'backup.sh'));
      renameSync(usb, at('drives/other'));
      execFileSync(shell[0], [...shell.slice(1), at('drives/other/backup.sh')], { cwd: '/' });
      expect(await treeOf(at('drives/other/mirror'))).toEqual(await treeOf(at('laptop/mirror')));
    });

    it('does not follow a link that has taken the place of snapshots, nor one that leads out of the volume', async () => {
      const script = new SpecScript(sandbox);
      renameSync(at('drives/usb/documents/snapshots'), at('drives/taken'));
      symlinkSync(at('drives/taken'), at('drives/usb/documents/snapshots'));
      renameSync(at('drives/usb/mirror'), at('drives/mirror'));
      symlinkSync(at('drives/mirror'), at('drives/usb/mirror'));
      const before = await stateOf(at('drives/taken'));
      expect(script.run(shell, '--only', 'documents').code).toBe(1);
      expect(script.run(shell, '--only', 'mirror').code).toBe(1);
      expect(await stateOf(at('drives/taken'))).toEqual(before);
      expect(existsSync(at('drives/mirror/f1'))).toBe(false);
    });
  },
);

it('needs nothing of GNU', async () => {
  const script = new SpecScript(sandbox);
  const env = { PATH: smallPath(join(dir.path, 'small')) };
  for (const number of [1, 2, 3]) {
    sandbox.files({ 'laptop/documents/number': `${number}` });
    expect(script.runWith(env, ['busybox', 'ash'])).toMatchObject({ code: 0, stderr: '' });
  }
  expect(snapshots().length).toBe(2);
  const made = at(`drives/usb/documents/${latest()}`);
  const wanted = (await treeOf(at('laptop/documents'))).filter(
    (line) => !/^(?:it's \$HOME|[0-9a-f]{64} {2}it's \$HOME)/.test(line),
  );
  expect(await treeOf(made)).toEqual(wanted);
});

it('is not written over what is no script, nor where it would do less than run', () => {
  const file = join(sandbox.root, 'hooks');
  writeFileSync(file, 'mine');
  expect(sandbox.nbkp('script', '--out', file, '--json')).toMatchObject({
    code: 1,
    stdout: expect.stringContaining('script-file-unwritable') as string,
  });
  expect(sandbox.nbkp('script', '--relative-source').code).toBe(64);
  sandbox.writeSpec(`${SPEC(sandbox.root)}unholdable = "skip"\n`.replace('enabled = false', 'snapshots.mode = "none"'));
  expect(sandbox.nbkp('script', '--json')).toMatchObject({
    code: 65,
    stdout: expect.stringContaining('script-not-possible') as string,
  });
});
