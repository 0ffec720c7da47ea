import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { RunRecord } from '../../src/planner/model/run.ts';
import { makeBtrfs } from '../support/btrfs.ts';
import { describeWithMounts } from '../support/requirements.ts';
import type { Sandbox } from '../support/sandbox.ts';
import { editFile, PLUGIN, specOf, tarProject } from '../support/tar-project.ts';
import { newFolders } from '../support/tempdir.ts';

/** A transfer that copies into whatever place the mode of the snapshots has for it, and says how the snapshot is called. */
function copies(sandbox: Sandbox): void {
  const edit = (before: string, after: string): void => editFile(join(sandbox.root, PLUGIN, 'index.js'), before, after);
  edit("if (snapshots.mode !== 'none')", "if (snapshots.mode === 'never')");
  edit(
    '{ source: sourcePath, target: target.path, compress }',
    '{ source: sourcePath, target: target.path, prepare: target.prepare }',
  );
  edit(
    'commands({ source, target, compress }) {',
    'commands({ source, target, prepare }) {\n    return [...prepare, ["sh", "-c", COPY, "sh", source, target]];',
  );
  edit(
    'const ENDINGS',
    `const COPY = 'find "$2" -mindepth 1 -delete; cp -a "$1"/. "$2" && rm -f "$2"/.nbkp-*';\nconst ENDINGS`,
  );
  edit("apply: sequence('tar-failed')", 'apply');
  edit(
    'export const tar',
    `async function apply(step, context) {
  const values = { [snapshotPlaceholder(step.sync)]: new Date(context.now()).toISOString() };
  const broken = await runCommands(step.commands.map((argv) => fill(argv, values)), context, 'tar-failed');
  return broken ?? { outcome: 'done', findings: [], values };
}
export const tar`,
  );
  edit('plannedStep, sequence }', 'plannedStep, fill, runCommands, snapshotPlaceholder }');
}

describeWithMounts('a copy that an executor of a package has made', () => {
  const newFolder = newFolders();

  it.each(['hard-link', 'btrfs'] as const)('gets no name if it lacks too much of the last one (%s)', async (mode) => {
    const btrfs = mode === 'btrfs' ? await makeBtrfs() : null;
    try {
      const sandbox = tarProject(newFolder());
      copies(sandbox);
      const usb = btrfs?.path ?? join(sandbox.root, 'usb');
      const spec = specOf(sandbox.root, `snapshots.mode = "${mode}"`);
      sandbox.writeSpec(spec.replace(`"${join(sandbox.root, 'usb')}"`, `"${usb}"`));
      const names = Array.from({ length: 60 }, (_, index) => `laptop/documents/many/${index}`);
      sandbox.files(Object.fromEntries(names.map((name) => [name, name])));
      const run = (code: number, ...args: string[]): RunRecord => {
        const answer = sandbox.nbkp('run', '--only', 'packed', '--json', ...args);
        expect(answer.code, answer.stdout + answer.stderr).toBe(code);
        return JSON.parse(answer.stdout) as RunRecord;
      };
      expect(sandbox.nbkp('plugins', 'trust').code).toBe(0);
      expect(sandbox.nbkp('prepare', '--yes').code).toBe(0);
      run(0);
      const snapshots = (): string[] =>
        readdirSync(join(usb, 'packed/snapshots')).filter((name) => !name.startsWith('.'));
      expect(snapshots()).toHaveLength(1);

      rmSync(join(sandbox.root, 'laptop/documents/many'), { recursive: true });
      // As many as before, under other names: it is names that count.
      sandbox.files(Object.fromEntries(names.map((name) => [`${name}.locked`, name])));
      const refused = run(3);
      expect(refused.syncs).toMatchObject([{ outcome: 'refused' }]);
      expect(refused.steps.flatMap(({ findings }) => findings)).toMatchObject([
        { code: 'max-delete-exceeded', message: expect.stringContaining('would lose 60 of 62 entries') as string },
      ]);
      expect(snapshots()).toHaveLength(1);
      run(0, '--allow-destructive');
      expect(snapshots()).toHaveLength(2);
    } finally {
      await btrfs?.remove();
    }
  });
});
