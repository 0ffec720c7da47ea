import { afterAll, describe, expect, it } from 'vitest';
import { Sandbox } from '../support/sandbox.ts';
import { schemaErrors } from '../support/schemas.ts';
import { makeTempDir } from '../support/tempdir.ts';

const dir = await makeTempDir();
afterAll(() => dir.remove());

const box = new Sandbox(dir.path);
box.files({ 'home/Documents/letter.txt': 'Dear reader', 'drive/.keep': '' });
box.writeSpec(`version = 1
[volumes.laptop]
path = "${dir.path}/home"
[volumes.drive]
path = "${dir.path}/drive"
snapshots.mode = "hard-link"
[syncs.documents]
source = "laptop:Documents"
destination = "drive:documents"
`);
box.nbkp('prepare', '--yes');
box.nbkp('run');

describe('what --json prints fits its published schema', () => {
  it.each([
    ['status', ['status']],
    ['check', ['check']],
    ['doctor', ['doctor']],
    ['snapshots', ['snapshots', 'list']],
    ['history', ['history']],
    ['executors', ['executors']],
    ['spec-show', ['spec', 'show']],
    ['volumes-authorize', ['volumes', 'authorize', '--user', 'alice']],
    ['findings', ['spec', 'validate']],
  ])('%s', (schema, args) => {
    const { code, stdout } = box.nbkp(...args, '--json');
    expect(code).toBe(0);
    expect(schemaErrors(schema, JSON.parse(stdout))).toEqual([]);
  });
});
