import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, it } from 'vitest';
import * as nbkp from '../../src/api/index.ts';
import { specIn, valueOf } from '../support/library.ts';
import { makeTempDir, type TempDir } from '../support/tempdir.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** The program of docs/tray-icon.md. */
const [, PROGRAM = ''] = /```js\n([\s\S]*?)```/.exec(readFileSync(join(ROOT, 'docs/tray-icon.md'), 'utf8')) ?? [];

/**
 * In place of yad, which needs a desktop: it clicks as soon as it is there, notes what it is to show, and quits once the backup
 * is made and the icon says that all is well.
 */
const YAD = `#!/bin/sh
cd "\${0%/*}/.." || exit 1
printf '%s\\n' "$@" > words
echo run
while IFS= read -r line; do
  printf '%s\\n' "$line" >> said
  case $line in tooltip:All*) if [ -e drive/latest/letter ]; then echo quit; fi ;; esac
done
`;

let dir: TempDir;

beforeEach(async () => {
  dir = await makeTempDir();
  for (const folder of ['source', 'drive', 'bin', 'node_modules']) mkdirSync(join(dir.path, folder));
  writeFileSync(join(dir.path, 'source/letter'), 'first');
  writeFileSync(join(dir.path, 'nbkp.toml'), specIn(dir.path));
  writeFileSync(join(dir.path, 'bin/yad'), YAD, { mode: 0o755 });
  writeFileSync(join(dir.path, 'tray.mjs'), PROGRAM);
  symlinkSync(ROOT, join(dir.path, 'node_modules/nbkp'));
});

afterEach(() => dir.remove());

it('is an icon in 60 lines that backs up when it is clicked, and ends with it', async () => {
  expect(PROGRAM.trimEnd().split('\n').length).toBeLessThanOrEqual(60);
  const stateDir = join(dir.path, 'state');
  const PATH = `${join(dir.path, 'bin')}:${process.env['PATH'] ?? ''}`;
  const env = { ...process.env, PATH, HOME: dir.path, NBKP_STATE_DIR: stateDir };
  const open = valueOf(await nbkp.openSpec({ file: join(dir.path, 'nbkp.toml'), env }));
  await nbkp.apply(open, valueOf(await nbkp.prepare(open))).result;
  const program = spawn(process.execPath, ['tray.mjs', 'nbkp.toml'], { cwd: dir.path, env });
  const [stdout, stderr, [code]] = await Promise.all([
    text(program.stdout),
    text(program.stderr),
    once(program, 'close') as Promise<[number]>,
  ]);
  expect({ code, stdout, stderr }).toEqual({ code: 0, stdout: '', stderr: '' });
  expect(readFileSync(join(dir.path, 'words'), 'utf8')).toBe('--notification\n--listen\n--command=echo run\n');
  const said = readFileSync(join(dir.path, 'said'), 'utf8').trim().split('\n');
  expect(said[0]).toBe('menu:Back up now!echo run|Quit!echo quit');
  expect(said.slice(-2)).toEqual(['icon:emblem-default', 'tooltip:All 1 backups are well']);
  expect(readFileSync(join(dir.path, 'drive/latest/letter'), 'utf8')).toBe('first');
  expect(valueOf(await nbkp.history(open)).runs[0]).toMatchObject({ purpose: 'backup', exitCode: 0 });
  await open.close();
});
