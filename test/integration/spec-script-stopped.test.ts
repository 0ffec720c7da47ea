import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { Sandbox } from '../support/sandbox.ts';
import { SHELLS, SpecScript } from '../support/spec-script.ts';
import { makeTempDir } from '../support/tempdir.ts';
import { stateOf } from '../support/tree.ts';

const dir = await makeTempDir();
let sandbox: Sandbox;
let worlds = 0;

afterAll(() => dir.remove());
beforeEach(() => {
  worlds += 1;
  sandbox = new Sandbox(join(dir.path, `${worlds}`));
  sandbox.files({ 'laptop/mirror/file': 'content' });
  mkdirSync(at('away'));
});

const at = (path: string): string => join(sandbox.root, path);

const specOf = (more: string): string => `version = 1
[volumes.laptop]
path = "${at('laptop')}"
[volumes.away]
path = "${at('away')}"
[syncs.watched]
source = "laptop:mirror"
destination = "away:watched"
${more}
`;

/** As if the drive were full. */
function wantMuchRoom({ file }: SpecScript): void {
  writeFileSync(file, readFileSync(file, 'utf8').replaceAll(/min_free=.*/g, 'min_free=1000000000000000'));
}

function nbkp(...args: string[]): void {
  const { code, stdout, stderr } = sandbox.nbkp(...args);
  if (code !== 0) throw new Error(`${args.join(' ')}: exit code ${code}\n${stdout}${stderr}`);
}

describe.each(SHELLS.map((shell) => [shell.join(' '), shell] as const))(
  'the script of a spec, with %s,',
  (_, shell) => {
    it('ends with 4 where a skipped sync has had no success for longer than max-age', () => {
      sandbox.writeSpec(specOf('max-age = "2h"'));
      nbkp('prepare', '--yes');
      const script = new SpecScript(sandbox);
      const state = at('state of the script');
      const answer = (...args: string[]) => script.runWith({ NBKP_STATE_DIR: state }, shell, ...args);
      const unplug = (): void => renameSync(at('away'), at('unplugged'));
      const plugIn = (): void => renameSync(at('unplugged'), at('away'));
      unplug();
      expect(answer()).toMatchObject({
        code: 4,
        stderr: expect.stringContaining('watched is overdue: no success of it is known here') as string,
      });
      expect(sandbox.nbkp('run').code).toBe(4);
      plugIn();
      expect(answer()).toMatchObject({ code: 0, stderr: '' });
      unplug();
      expect(answer()).toMatchObject({ code: 0, stderr: '' });
      const [file = ''] = readdirSync(join(state, 'script'));
      const kept = join(state, 'script', file);
      const age = (): void => writeFileSync(kept, '2026-01-01T00:00:00.000Z\n');
      age();
      const overdue = {
        code: 4,
        stderr: expect.stringMatching(
          /last success was at 2026-01-01T00:00:00.000Z, and max-age wants one in 2 h/,
        ) as string,
      };
      expect([answer('-n'), answer()]).toMatchObject([overdue, overdue]);
      // A success of run counts from when the script has seen it at the destination.
      plugIn();
      nbkp('run');
      age();
      wantMuchRoom(script);
      expect(answer().code).toBe(3);
      unplug();
      expect(answer()).toMatchObject({ code: 0, stderr: '' });
    });

    it('refuses, with -n too, where there is less room than min-free wants, as run does', async () => {
      sandbox.writeSpec(specOf('policy.min-free = "1KB"'));
      nbkp('prepare', '--yes');
      const script = new SpecScript(sandbox);
      wantMuchRoom(script);
      sandbox.writeSpec(specOf('policy.min-free = "1000TB"'));
      const before = await stateOf(at('away'));
      const refused = {
        code: 3,
        stderr: expect.stringMatching(/policy\.min-free wants 10{15} \[min-free\]/) as string,
      };
      expect(script.run(shell, '-n')).toMatchObject(refused);
      expect(await stateOf(at('away'))).toEqual(before);
      expect(script.run(shell)).toMatchObject(refused);
      expect(sandbox.nbkp('run').code).toBe(3);
      expect(readdirSync(at('away/watched')).filter((name) => !name.startsWith('.nbkp-'))).toEqual([]);
    });

    it('stops where a file system is of another type than it was made for', () => {
      sandbox.writeSpec(specOf(''));
      nbkp('prepare', '--yes');
      const script = new SpecScript(sandbox);
      writeFileSync(script.file, readFileSync(script.file, 'utf8').replaceAll(/target_type=.*/g, 'target_type=zfs'));
      expect(script.run(shell)).toMatchObject({
        code: 3,
        stderr: expect.stringContaining('was made for zfs') as string,
      });
    });
  },
);
