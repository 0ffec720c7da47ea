import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Sandbox } from '../support/sandbox.ts';
import { makeTempDir, type TempDir } from '../support/tempdir.ts';

const SPEC = `version = 1
[volumes.laptop]
path = "~"
[volumes.drive]
path = "/drive"
[syncs.documents]
source = "laptop:Documents"
destination = "drive:documents"
`;

let dir: TempDir;
let box: Sandbox;

function git(...args: string[]): void {
  const identity = ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.org', '-c', 'init.defaultBranch=main'];
  execFileSync('git', [...identity, ...args], { cwd: dir.path, stdio: 'ignore' });
}

beforeAll(async () => {
  dir = await makeTempDir();
  box = new Sandbox(dir.path);
  box.writeSpec(SPEC);
  git('init');
  git('add', 'nbkp.toml');
  git('commit', '-m', 'The spec');
  box.writeSpec(SPEC.replace('drive:documents"', 'drive:letters"\nmax-age = "7d"'));
});

afterAll(() => dir.remove());

describe('nbkp diff', () => {
  it('compares a revision with the spec, and says by its exit code that they differ', () => {
    const answer = box.nbkp('diff', 'main:nbkp.toml', '--detailed-exitcode');
    expect(answer.code).toBe(2);
    expect(answer.stdout).toContain('destination: drive:documents → drive:letters');
    expect(answer.stdout).toContain('destination-moved');
    expect(box.nbkp('diff', 'main:./nbkp.toml').stdout).toContain('destination-moved');
  });

  it('compares a spec with itself without a difference', () => {
    const answer = box.nbkp('diff', 'nbkp.toml', '--detailed-exitcode');
    expect(answer).toMatchObject({ code: 0, stderr: '' });
    expect(answer.stdout).toContain('a run would do the same');
  });

  it('compares plan files, which no spec comes with', () => {
    expect(box.nbkp('plan', '--offline', '--out', 'new.plan').code).toBe(0);
    const json = JSON.parse(box.nbkp('diff', 'main:nbkp.toml', 'new.plan', '--json').stdout) as object;
    expect(json).toMatchObject({ b: { kind: 'plan' }, syncs: [{ name: 'documents', change: 'changed' }] });
  });

  it('fails for an error that is new, and tells warnings of the files themselves', () => {
    const file = join(dir.path, 'rclone.toml');
    // A package of which nobody can tell what it brings: the name may be one that it knows.
    mkdirSync(join(dir.path, 'node_modules/nbkp-executor-rclone'), { recursive: true });
    writeFileSync(join(dir.path, 'node_modules/nbkp-executor-rclone/package.json'), 'not JSON');
    writeFileSync(join(dir.path, 'package.json'), '{ "dependencies": { "nbkp-executor-rclone": "1.0.0" } }');
    writeFileSync(file, SPEC.replace('destination =', 'transfer = "rclone"\ndestination ='));
    chmodSync(file, 0o666);
    const answer = box.nbkp('diff', 'main:nbkp.toml', 'rclone.toml', '--detailed-exitcode');
    expect(answer.code).toBe(1);
    expect(answer.stdout).toContain('executor-unknown');
    expect(answer.stderr).toContain('spec-writable-by-others');
    expect(box.nbkp('diff', 'rclone.toml', 'rclone.toml').code).toBe(0);
  });

  it('prints Markdown of at most as many bytes as asked for', () => {
    const text = box.nbkp('diff', 'main:nbkp.toml', '--format', 'markdown', '--max-bytes', '1024').stdout;
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(1024);
    expect(text).toMatch(/^### Plan diff/);
  });

  it.each([
    ['a revision that is none', ['nowhere:nbkp.toml'], 'revision-unreadable'],
    ['what looks like an option of git', ['--', '--output=stolen:nbkp.toml'], 'revision-unreadable'],
    ['a file that is not there', ['missing.toml'], 'spec-unreadable'],
  ])('refuses %s', (_, args, code) => {
    const answer = box.nbkp('diff', ...args);
    expect(answer.code).toBe(65);
    expect(answer.stderr).toContain(code);
  });

  it('reports the mistakes of either side with their places', () => {
    mkdirSync(join(dir.path, 'wrong'));
    writeFileSync(join(dir.path, 'wrong/nbkp.toml'), SPEC.replace('source', 'sorce'), { mode: 0o644 });
    const answer = box.nbkp('diff', 'main:nbkp.toml', 'wrong/nbkp.toml');
    expect(answer.code).toBe(65);
    expect(answer.stderr).toContain('wrong/nbkp.toml:7:1');
  });
});
