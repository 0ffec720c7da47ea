import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Sandbox, type Answer } from '../support/sandbox.ts';
import { addPlugin, packageJson } from '../support/tar-project.ts';
import { makeTempDir } from '../support/tempdir.ts';
import { Machine } from './machine.ts';
import { describeInLab } from './requirements.ts';

const NBKP = `${process.execPath} ${fileURLToPath(new URL('../../bin/run.js', import.meta.url))}`;
const PACKAGE = 'nbkp-executor-keeper';

describeInLab('a volume that an executor provides on a locked drive', () => {
  let machine: Machine;
  const nbkp = (args: string): Promise<Answer> =>
    machine.run(`cd /run/project; HOME=/home/nomad ${NBKP} ${args} -c /run/project/nbkp.toml`);

  /** The executor of docs/providing-a-volume.md, beside a spec with a drive. */
  beforeAll(async () => {
    const dir = await makeTempDir();
    const sandbox = new Sandbox(join(dir.path, 'project'));
    writeFileSync(join(sandbox.root, 'package.json'), packageJson(PACKAGE));
    addPlugin(sandbox, PACKAGE, undefined, 'providing-a-volume');
    machine = await Machine.start();
    await machine.must(`
      cp -a ${sandbox.root} /run/project
      mkdir -p /run/home/docs /run/secrets; echo one >/run/home/docs/one
      (umask 077; echo box-5f2c91 >/run/secrets/box)
      cat >/run/project/nbkp.toml <<END
version = 1
volumes.box.mount = { device-uuid = "$(ready_drive box 60M ext4 box-5f2c91)", encryption.type = "luks" }
volumes.home.path = "/run/home"
volumes.vault = { on = "box:vault", keeper.compress = true, snapshots.keep.last = 1 }
credentials = { provider = "file", directory = "/run/secrets" }
[syncs.docs]
source = "home:docs"
destination = "vault:docs"
END`);
    await dir.remove();
    const trusted = await nbkp('plugins trust');
    expect(trusted.code, trusted.stdout + trusted.stderr).toBe(0);
    const answers = [
      await nbkp('volumes mount box --yes'),
      await nbkp('prepare --yes'),
      await nbkp('volumes unmount --yes'),
    ];
    const said = answers.map(({ stdout, stderr }) => stdout + stderr).join('\n');
    expect(
      answers.map(({ code }) => code),
      said,
    ).toEqual([0, 0, 0]);
    expect(said).toContain('create:box:vault/docs');
  });
  afterAll(() => machine.stop());

  it('is opened with the drive, filled, pruned by what is seen then, verified, and closed', async () => {
    const plan = await nbkp('plan');
    expect(plan.stdout, plan.stderr).toMatch(/unlock.*mount.*vault:docs.*decided when box is open.*unmount.*lock/s);
    for (const word of ['two', 'three']) {
      const run = await nbkp('run');
      expect(run.code, run.stdout + run.stderr).toBe(0);
      expect(run.stdout).toMatch(/box.*closed: safe to unplug/s);
      await machine.must(`echo ${word} >/run/home/docs/one`);
    }
    expect(await machine.must('ls /dev/mapper')).toBe('control');
    const verified = await nbkp('verify --mount');
    expect(verified.stdout, verified.stderr).toContain('keeper, which keeps it, found it whole');
    expect(verified.code).toBe(0);
    const restored = await nbkp('restore docs --mount --to /run/back --yes');
    expect(restored.code, restored.stdout + restored.stderr).toBe(0);
    expect(await machine.must('cat /run/back/one; ls /dev/mapper')).toBe('two\ncontrol');
  });
});
