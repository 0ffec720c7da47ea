import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeWithMounts } from '../support/requirements.ts';
import { Sandbox } from '../support/sandbox.ts';
import { outcome, runScript } from '../support/scripted.ts';
import { makeTempDir, type TempDir } from '../support/tempdir.ts';

/** On one drive of 6 MB: what fits, what does not, and what takes longer than it may. */
const SPEC = (root: string): string => `version = 1
[volumes.laptop]
path = "${root}/laptop"
[volumes.usb]
path = "${root}/usb"
[syncs.fits]
source = "laptop:small"
destination = "usb:fits"
snapshots.mode = "hard-link"
[syncs.large]
source = "laptop:large"
destination = "usb:large"
snapshots.mode = "hard-link"
on-failure = [["sh", "-c", "echo large failed >> ${root}/hooks"]]
[syncs.slow]
source = "laptop:small"
destination = "usb:slow"
rsync.bandwidth = 20
timeout = "4s"
after = [["sh", "-c", "echo slow is done >> ${root}/hooks"]]
on-failure = [["sh", "-c", "echo slow failed >> ${root}/hooks"]]
`;

interface Ended {
  code: number | null;
  tree: string[];
  hooks: string;
}

describeWithMounts('a plan as a script, like apply,', () => {
  let dir: TempDir;
  let sandbox: Sandbox;
  let usb: string;
  let hooks: string;

  beforeAll(async () => {
    dir = await makeTempDir();
    sandbox = new Sandbox(join(dir.path, 'world'));
    [usb, hooks] = [join(sandbox.root, 'usb'), join(sandbox.root, 'hooks')];
    for (const folder of ['laptop/small', 'laptop/large', 'usb'])
      mkdirSync(join(sandbox.root, folder), { recursive: true });
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=6m', 'tmpfs', usb]);
    sandbox.writeSpec(SPEC(sandbox.root));
    writeFileSync(join(sandbox.root, 'laptop/small/file'), randomBytes(500_000));
    writeFileSync(join(sandbox.root, 'laptop/large/file'), randomBytes(8_000_000));
    expect(sandbox.nbkp('prepare', '--yes').code).toBe(0);
    cpSync(usb, join(dir.path, 'prepared'), { recursive: true, verbatimSymlinks: true, preserveTimestamps: true });
    // What was there is older than what a run makes, in whole seconds.
    const before = [join(dir.path, 'prepared'), join(sandbox.root, 'laptop')];
    execFileSync('find', [...before, '-exec', 'touch', '-h', '-d', '2026-01-01', '{}', '+']);
  });

  afterAll(async () => {
    execFileSync('umount', [usb]);
    await dir.remove();
  });

  function reset(): void {
    for (const name of readdirSync(usb)) rmSync(join(usb, name), { recursive: true });
    execFileSync('cp', ['-a', `${join(dir.path, 'prepared')}/.`, usb]);
    writeFileSync(hooks, '');
  }

  /** What there is afterwards, but for how much of a file was there when it ended. */
  async function afterwards(name: string, run: (plan: string) => number | null): Promise<Ended> {
    reset();
    const since = Math.floor(Date.now() / 1000);
    // A plan knows its folders by their inodes, and those that were put back have others.
    const plan = join(dir.path, `${name}.plan`);
    expect(sandbox.nbkp('plan', '--only', 'fits', '--only', name, '--out', plan).code).toBe(0);
    const code = run(plan);
    const tree = (await outcome(usb, since)).filter((line) => !line.includes('.rsync-partial'));
    return { code, tree, hooks: readFileSync(hooks, 'utf8') };
  }

  it.each([
    ['on a full disk', 'large', 'large failed\n'],
    ['when a timeout ends it', 'slow', 'slow failed\n'],
  ])('fails %s: with the same tree, no snapshot, the same hooks and the same exit code', async (_, name, hook) => {
    const scripted = await afterwards(name, (plan) => {
      const { stdout: script } = sandbox.nbkp('show', plan, '--format', 'sh');
      return runScript(sandbox, script).code;
    });
    const applied = await afterwards(name, (plan) => sandbox.nbkp('apply', plan, '--yes').code);
    expect(scripted).toEqual(applied);
    expect(applied).toMatchObject({ code: 1, hooks: hook });
    expect(applied.tree.join('\n')).toMatch(/^fits: .*snapshot-0/m);
  });

  it.each(['gone=', 'said='])('fails, and waits for nobody, when the awk that reads rsync dies: %s', (which) => {
    reset();
    // In the place of awk, to force that.
    const awk = join(dir.path, 'bin/awk');
    mkdirSync(join(dir.path, 'bin'), { recursive: true });
    writeFileSync(awk, `#!/bin/sh\ncase "$*" in *${which}*) kill -9 $$ ;; esac\nexec /usr/bin/awk "$@"\n`, {
      mode: 0o755,
    });
    const { stdout: script } = sandbox.nbkp('plan', '--only', 'fits', '--format', 'sh');
    const { code, stderr } = runScript(sandbox, script.replace('set -u', `set -u\nPATH=${dir.path}/bin:$PATH`));
    expect([code, stderr]).toEqual([1, expect.stringContaining('What rsync said could not be read')]);
    expect(readdirSync(join(usb, 'fits/snapshots'))).toEqual([expect.stringMatching(/^\.partial-/)]);
    const again = sandbox.nbkp('run', '--only', 'fits');
    expect(again.code, again.stdout + again.stderr).toBe(0);
  });
});
