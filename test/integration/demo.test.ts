import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { processesAbout, until, untilWhile } from '../support/running.ts';
import { Sandbox, type Answer } from '../support/sandbox.ts';
import { noNetwork } from '../support/ssh/why-no-network.ts';
import { makeTempDir } from '../support/tempdir.ts';

const dir = await makeTempDir();
let sandboxes = 0;

afterAll(() => dir.remove());

/** With or without what sshd needs to run as root, whatever the machine has. */
function place(privilegeSeparation: boolean): Sandbox {
  const folder = privilegeSeparation ? 'mkdir /run/sshd; ' : '';
  const own = ['unshare', '--mount', 'sh', '-c', `mount -t tmpfs own /run; ${folder}exec "$@"`, 'sh'];
  return new Sandbox(join(dir.path, `world-${++sandboxes}`), own);
}

/** As the page that it ends with says: with the spec and the records of the demo. */
function play(sandbox: Sandbox, folder: string, ...words: string[]): Answer {
  const env = { NBKP_SPEC: join(folder, 'nbkp.toml'), NBKP_STATE_DIR: join(folder, 'state') };
  return sandbox.nbkpWith(env, ...words);
}

describe.skipIf(noNetwork !== null)('nbkp demo --keep DIR', () => {
  it('leaves an environment with a server that works, and no process', () => {
    const sandbox = place(true);
    const folder = join(sandbox.root, 'play');
    const made = sandbox.nbkp('demo', '--keep', 'play');
    expect(made, made.stderr).toMatchObject({ code: 0 });
    expect(made.stdout).toContain(`export NBKP_SPEC=${folder}/nbkp.toml`);
    expect(made.stdout).not.toContain('There is no server');
    expect(readdirSync(folder).sort()).toEqual(['drives', 'home', 'nbkp.toml', 'server', 'state']);
    const { code, stdout } = play(sandbox, folder, 'plan', '--files');
    expect([code, stdout]).toEqual([0, expect.stringContaining('letters/bank.txt')]);
    writeFileSync(join(folder, 'home/Pictures/new.jpg'), 'new');
    expect(play(sandbox, folder, 'apply', '--yes').code).toBe(0);
    const copies = join(folder, 'server/disk/pictures');
    expect(readFileSync(join(copies, 'latest/new.jpg'), 'utf8')).toBe('new');
    expect(readdirSync(join(copies, 'snapshots'))).toHaveLength(2);
    expect(processesAbout(folder)).toEqual([]);
  });

  it.each([
    ['sshd cannot run', 'play', 'sshd lets nobody in (Missing privilege separation directory: /run/sshd)'],
    ['ssh would read the path otherwise', 'a "%h" place', 'its folder has characters'],
  ])('has no server where %s, and says so', (_why, name, reason) => {
    const sandbox = place(false);
    const folder = join(sandbox.root, name);
    const made = sandbox.nbkp('demo', '--keep', name);
    expect(made, made.stderr).toMatchObject({ code: 0 });
    expect(made.stdout.replaceAll(/\s+/g, ' ')).toContain(`There is no server among them: ${reason}`);
    expect(readdirSync(folder).sort()).toEqual(['drives', 'home', 'nbkp.toml', 'state']);
    expect(play(sandbox, folder, 'run').code).toBe(0);
  });
});

describe('nbkp demo --keep', () => {
  const sandbox = new Sandbox(join(dir.path, 'refused'));

  it('refuses a folder that is not empty, a file, and a place that is not there, and leaves them as they are', () => {
    sandbox.files({ 'mine/letter': 'x', file: 'x' });
    for (const [name, text] of [
      ['mine', 'error[folder-not-empty]'],
      ['file', 'error[file-unwritable]'],
      ['nowhere/play', 'error[file-unwritable]'],
    ] as const)
      expect(sandbox.nbkp('demo', '--keep', name)).toMatchObject({
        code: 3,
        stderr: expect.stringContaining(text) as string,
      });
    expect([readdirSync(join(sandbox.root, 'mine')), readFileSync(join(sandbox.root, 'file'), 'utf8')]).toEqual([
      ['letter'],
      'x',
    ]);
    expect(existsSync(join(sandbox.root, 'nowhere'))).toBe(false);
  });

  it('leaves nothing behind when it is interrupted, but what others have put there', async () => {
    const [own, shared] = [join(sandbox.root, 'own'), join(sandbox.root, 'shared')];
    mkdirSync(shared);
    for (const folder of [own, shared]) {
      const running = sandbox.start(['demo', '--keep', folder]);
      await untilWhile(running, () => existsSync(join(folder, 'state')));
      if (folder === shared) writeFileSync(join(shared, 'theirs'), 'x');
      running.kill('SIGINT');
      const { code, stderr } = await running.ended;
      expect([code, stderr.replaceAll(/\s+/g, ' ')]).toEqual([
        130,
        expect.stringContaining(`Interrupted. What the demo has made in ${folder} is removed.`),
      ]);
      await until(() => processesAbout(folder).length === 0);
    }
    expect(existsSync(own)).toBe(false);
    expect(readdirSync(shared)).toEqual(['theirs']);
  });
});
