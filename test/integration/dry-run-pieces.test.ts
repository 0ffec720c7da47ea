import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { renamesCommand } from '../../src/planner/kinds/rsync/argv.ts';
import { transferParams } from '../../src/planner/kinds/rsync/params.ts';
import { planned } from '../support/planned-transfer.ts';
import { makeTempDir, type TempDir } from '../support/tempdir.ts';

let dir: TempDir;
beforeEach(async () => {
  dir = await makeTempDir();
});
afterEach(() => dir.remove());

function put(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
}

it('a dry run that looks for no pieces of files lists what one that does lists', () => {
  const [source, target] = [join(dir.path, 'source'), join(dir.path, 'target')];
  put(source, {
    same: 'same',
    'a/new': 'all of it',
    'a/other': 'longer',
    'a/.rsync-partial/theirs': '',
    'b/.rsync-partial': 'a file',
    'new/.rsync-partial/x': '',
  });
  put(target, {
    same: 'other',
    'a/other': 'long',
    'a/.rsync-partial/new': 'all',
    'a/.rsync-partial/same': '',
    'gone/file': '',
    'gone/.rsync-partial/x': '',
  });
  const listed = (argv: readonly string[]): string[] =>
    execFileSync('rsync', argv.slice(1), { encoding: 'latin1' })
      .split('\n')
      .filter((line) => !/^(?:File list|Total bytes|sent |total size)/.test(line));
  for (const options of [[], ['-H'], ['--checksum'], ['--no-whole-file']]) {
    const params = transferParams(planned({ rsync: { extraOptions: options } }).step.params);
    const argv = renamesCommand({ ...params, source, target });
    expect(argv).not.toContain('--partial-dir=.rsync-partial');
    const looking = argv.map((word) =>
      word === '--filter=-p .rsync-partial/' ? '--partial-dir=.rsync-partial' : word,
    );
    expect(looking).not.toEqual(argv);
    expect(listed(argv)).toEqual(listed(looking));
    expect(listed(argv).filter((line) => line.startsWith('*deleting')).length).toBeGreaterThan(1);
  }
});
