import { execFileSync, spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { makeBtrfs } from '../support/btrfs.ts';
import { describeWithMounts } from '../support/requirements.ts';
import { Sandbox } from '../support/sandbox.ts';
import { makeTempDir, type TempDir } from '../support/tempdir.ts';
import { outcome, runScript } from '../support/scripted.ts';
import { growTree, wholeTreeOf } from '../support/tree.ts';

let dir: TempDir;
let sandbox: Sandbox;

beforeAll(async () => {
  dir = await makeTempDir();
});
afterAll(() => dir.remove());

function write(content: Record<string, string>): void {
  sandbox.files(content);
}

function many(folder: string, count: number): void {
  write(Object.fromEntries(Array.from({ length: count }, (_, index) => [`laptop/${folder}/f${index}`, `${index}`])));
}

function nbkp(...args: string[]): string {
  const { code, stdout, stderr } = sandbox.nbkp(...args);
  if (code !== 0) throw new Error(`${args.join(' ')}: exit code ${code}\n${stdout}${stderr}`);
  return stdout;
}

interface Ended {
  code: number | null;
  tree: string[];
}

/** What `apply` and what the script make of two identical copies of the sandbox at the same path. */
async function both(script: string): Promise<{ apply: Ended; script: Ended }> {
  const plan = join(sandbox.root, 'plan');
  const drives = join(sandbox.root, 'drives');
  const since = Math.floor(Date.now() / 1000);
  const end = async (code: number | null): Promise<Ended> => ({
    code,
    tree: [...(await outcome(join(drives, 'usb'), since)), ...(await outcome(join(drives, 'away'), since))],
  });
  const copy = `${sandbox.root}-copy`;
  execFileSync('cp', ['-a', sandbox.root, copy]);
  const applied = await end(sandbox.nbkp('apply', plan, '--yes').code);
  // In place: folders keep the inodes that the plan has seen.
  execFileSync('rsync', ['-aH', '--delete', `${copy}/`, `${sandbox.root}/`]);
  rmSync(copy, { recursive: true });
  const { code } = runScript(sandbox, script);
  return { apply: applied, script: await end(code) };
}

const SPEC = (drives: string): string => `version = 1
[volumes.laptop]
path = "${dir.path}/world/laptop"
[volumes.usb]
path = "${drives}/usb"
[volumes.away]
path = "${drives}/away"

[syncs.documents]
source = "laptop:documents"
destination = "usb:documents"
filters = ["- *.tmp", "- it's $HOME \`id\`"]
snapshots = { mode = "hard-link", keep = { last = 1 } }
before = [["sh", "-c", "echo before >> ${drives}/usb/hooks"]]
after = [["sh", "-c", "echo after >> ${drives}/usb/hooks"]]
[syncs.chained]
source = "usb:documents"
destination = "usb:chained"
[syncs.mirror]
source = "laptop:mirror"
destination = "usb:mirror"
policy.max-delete.percent = 100
[syncs.shrunk]
source = "laptop:shrunk"
destination = "usb:shrunk"
snapshots.mode = "hard-link"
on-failure = [["sh", "-c", "echo shrunk failed >> ${drives}/usb/hooks"]]
[syncs.shrunk-mirror]
source = "laptop:shrunk"
destination = "usb:shrunk-mirror"
[syncs.broken]
source = "laptop:documents"
destination = "usb:broken"
before = [["false"]]
on-failure = [["sh", "-c", "echo broken failed >> ${drives}/usb/hooks"]]
[syncs.resumed]
source = "laptop:documents"
destination = "usb:resumed"
snapshots.mode = "hard-link"
[syncs.unchanged]
source = "laptop:unchanged"
destination = "usb:unchanged"
snapshots = { mode = "hard-link", when = "changed" }
[syncs.elsewhere]
source = "laptop:unchanged"
destination = "away:elsewhere"
`;

/** Every sync has a history, and then something to do, or a reason not to. */
function growWorld(): void {
  sandbox = new Sandbox(join(dir.path, 'world'));
  const drives = join(sandbox.root, 'drives');
  for (const folder of ['documents', 'mirror', 'shrunk', 'unchanged'])
    mkdirSync(join(sandbox.root, 'laptop', folder), { recursive: true });
  for (const drive of ['usb', 'away']) mkdirSync(join(drives, drive), { recursive: true });
  sandbox.writeSpec(SPEC(drives));
  growTree(join(sandbox.root, 'laptop/documents'));
  write({ 'laptop/mirror/a': 'a', 'laptop/mirror/folder/b/c/d': 'd', 'laptop/mirror/folder/e/f': 'f' });
  write({ 'laptop/mirror/becomes-file/x': 'x', 'laptop/unchanged/u': 'u' });
  many('mirror/many', 40);
  many('shrunk', 100);
  nbkp('prepare', '--yes');
  nbkp('run', '--exclude', 'broken');
  nbkp('run', '--exclude', 'broken', '--no-prune');
  write({ 'laptop/documents/new': 'new', 'laptop/documents/skipped.tmp': 'x', 'laptop/mirror/a': 'changed' });
  for (const gone of ['folder', 'becomes-file', 'many'])
    rmSync(join(sandbox.root, 'laptop/mirror', gone), { recursive: true });
  write({ 'laptop/mirror/becomes-file': 'now a file' });
  for (let index = 0; index < 100; index += 1) rmSync(join(sandbox.root, `laptop/shrunk/f${index}`));
  // As many others: the number of entries tells nothing.
  write(Object.fromEntries(Array.from({ length: 100 }, (_, index) => [`laptop/shrunk/f${index}.locked`, `${index}`])));
  const partial = join(drives, 'usb/resumed/snapshots/.partial-2026-01-01T00:00:00.000Z');
  cpSync(join(sandbox.root, 'laptop/mirror'), partial, { recursive: true });
}

describe('a plan as a script', () => {
  beforeAll(() => {
    growWorld();
    execFileSync('cp', ['-a', sandbox.root, join(dir.path, 'fresh')]);
  });

  afterEach(() => {
    rmSync(sandbox.root, { recursive: true });
    execFileSync('cp', ['-a', join(dir.path, 'fresh'), sandbox.root]);
  });

  it.each<[number, string[]]>([
    [0, ['documents', 'chained', 'resumed', 'unchanged', 'mirror', 'elsewhere']],
    [1, []],
    [3, ['documents', 'shrunk', 'shrunk-mirror']],
  ])('does just what apply does, and ends with %i like it', async (code, only) => {
    const select = only.flatMap((name) => ['--only', name]);
    nbkp('plan', '--out', join(sandbox.root, 'plan'), ...select);
    const made = nbkp('show', join(sandbox.root, 'plan'), '--format', 'sh');
    const { apply, script } = await both(made);
    // A refused snapshot is judged before anything is copied; a script judges afterwards, and keeps what it copied for the next run.
    const settled = ({ tree }: typeof apply): string[] => tree.filter((line) => !/^shrunk: .*\.partial-/.test(line));
    expect([script.code, settled(script)]).toEqual([apply.code, settled(apply)]);
    expect(apply.code).toBe(code);
    expect(apply.tree.length).toBeGreaterThan(100);
  });

  it('changes nothing with --dry-run, and shows what rsync would do', async () => {
    const made = nbkp('plan', '--format', 'sh', '--only', 'documents', '--only', 'mirror');
    const before = await wholeTreeOf(sandbox.root);
    const { code, stdout } = runScript(sandbox, made, '--dry-run');
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /^transfer:mirror\n {4}rsync .*--dry-run .*\n {4}rsync .*--existing .*\n {4}rsync .*--max-delete=0.*\n {4}rsync .*--filter=merge/m,
    );
    expect(stdout).toMatch(/^\*deleting +0 many\/f39$/m);
    expect(await wholeTreeOf(sandbox.root)).toEqual(before);
  });

  it('leaves a destination alone that another run holds, and ends with 75', async () => {
    const made = nbkp('plan', '--format', 'sh', '--only', 'mirror', '--only', 'unchanged');
    const lock = join(sandbox.root, 'drives/usb/mirror/.nbkp-lock');
    const holder = spawn('flock', [lock, 'sh', '-c', 'echo held; read -r line'], { stdio: ['pipe', 'pipe', 'ignore'] });
    await once(holder.stdout, 'data');
    const { code, stderr } = runScript(sandbox, made);
    holder.stdin.end('\n');
    await once(holder, 'exit');
    expect([code, stderr]).toEqual([75, expect.stringContaining('mirror/.nbkp-lock is held by another run.')]);
    expect(existsSync(join(sandbox.root, 'drives/usb/mirror/many'))).toBe(true);
  });

  it('refuses a second time, because the plan is stale then, and skips a drive that is not here', () => {
    const made = nbkp('plan', '--format', 'sh', '--only', 'documents', '--only', 'elsewhere');
    const away = join(sandbox.root, 'drives/away');
    renameSync(away, `${away}-unplugged`);
    const first = runScript(sandbox, made);
    expect(first).toMatchObject({ code: 0, stdout: expect.stringContaining('elsewhere is skipped') as string });
    const entries = execFileSync('find', [sandbox.root], { encoding: 'utf8' });
    expect(runScript(sandbox, made)).toMatchObject({
      code: 3,
      stderr: expect.stringContaining('latest of usb:documents') as string,
    });
    expect(execFileSync('find', [sandbox.root], { encoding: 'utf8' })).toBe(entries);
  });

  it('ends the running command when it is terminated, and names no snapshot', async () => {
    const spec = readFileSync(sandbox.spec, 'utf8');
    sandbox.writeSpec(
      spec.replace(
        /before = \[\["sh".*\n/,
        'before = [["sh", "-c", "echo > begun; exec sleep 1000"]]\non-failure = [["touch", "alarm"]]\n',
      ),
    );
    const file = join(dir.path, 'slow.sh');
    writeFileSync(file, nbkp('plan', '--format', 'sh', '--only', 'documents'));
    const snapshots = (): string =>
      execFileSync('ls', [join(sandbox.root, 'drives/usb/documents/snapshots')], { encoding: 'utf8' });
    const before = snapshots();
    const running = spawn('bash', [file], { cwd: sandbox.root, stdio: ['ignore', 'pipe', 'ignore'] });
    await once(running.stdout, 'data');
    running.kill('SIGTERM');
    const [code] = (await once(running, 'exit')) as [number];
    expect(code).toBe(143);
    expect(snapshots()).toBe(before);
    expect(existsSync(join(sandbox.root, 'alarm'))).toBe(true);
  });

  it('is not made of a plan that it could not carry out', () => {
    nbkp('plan', '--out', join(sandbox.root, 'plan'), '--only', 'mirror');
    const text = readFileSync(join(sandbox.root, 'plan'), 'utf8');
    writeFileSync(join(sandbox.root, 'plan'), text.replace('"--max-delete=0"', '"--max-delete=9"'));
    expect(sandbox.nbkp('show', join(sandbox.root, 'plan'), '--format', 'sh').code).toBe(65);
  });
});

describeWithMounts('a plan of btrfs snapshots as a script', () => {
  it('makes and prunes the same snapshots as apply', async () => {
    const btrfs = await makeBtrfs(200);
    try {
      sandbox = new Sandbox(join(dir.path, 'btrfs-world'));
      mkdirSync(join(sandbox.root, 'laptop/documents'), { recursive: true });
      growTree(join(sandbox.root, 'laptop/documents'));
      sandbox.writeSpec(`version = 1
[volumes.laptop]
path = "${sandbox.root}/laptop"
[volumes.usb]
path = "${btrfs.path}"
[syncs.documents]
source = "laptop:documents"
destination = "usb:documents"
snapshots = { mode = "btrfs", keep = { last = 1 } }
`);
      nbkp('prepare', '--yes');
      nbkp('run');
      nbkp('run', '--no-prune');
      rmSync(join(sandbox.root, 'laptop/documents/deep'), { recursive: true });
      write({ 'laptop/documents/new': 'new' });
      const plan = join(sandbox.root, 'plan');
      nbkp('plan', '--out', plan);
      const made = nbkp('show', plan, '--format', 'sh');
      await btrfs.unmount();
      execFileSync('cp', ['--sparse=always', btrfs.image, `${btrfs.image}.copy`]);
      await btrfs.mount();
      const since = Math.floor(Date.now() / 1000);
      const applied = [sandbox.nbkp('apply', plan, '--yes').code, await outcome(btrfs.path, since)];
      await btrfs.unmount();
      renameSync(`${btrfs.image}.copy`, btrfs.image);
      await btrfs.mount();
      expect([runScript(sandbox, made).code, await outcome(btrfs.path, since)]).toEqual(applied);
      expect(applied[0]).toBe(0);
    } finally {
      await btrfs.remove();
    }
  });
});
