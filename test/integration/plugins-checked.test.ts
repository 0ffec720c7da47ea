import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { writeExample } from '../support/example-plugin.ts';
import { Sandbox } from '../support/sandbox.ts';
import { makeTempDir } from '../support/tempdir.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const dir = await makeTempDir();
afterAll(() => dir.remove());

let count = 0;
let sandbox: Sandbox;
let plugin: string;

/** The example of docs/writing-an-executor.md, installed beside a spec whose drive is not there. */
beforeEach(() => {
  sandbox = new Sandbox(join(dir.path, String(++count)));
  sandbox.files({ 'package.json': '{ "dependencies": { "nbkp-executor-tar": "1.0.0" } }' });
  plugin = join(sandbox.root, 'node_modules/nbkp-executor-tar');
  writeExample(plugin);
  mkdirSync(join(sandbox.root, 'node_modules'), { recursive: true });
  symlinkSync(ROOT, join(sandbox.root, 'node_modules/nbkp'));
  const trusted = sandbox.nbkpWith({ NBKP_SPEC: sandbox.spec }, 'plugins', 'trust');
  expect(trusted.code, trusted.stderr).toBe(0);
});

function spec(sync: string): void {
  sandbox.writeSpec(`version = 1
volumes.laptop.path = "${sandbox.root}"
volumes.usb.path = "/nowhere"
[syncs.packed]
source = "laptop:documents"
destination = "usb:packed"
${sync}
`);
}

function edit(before: string, after: string): void {
  const path = join(plugin, 'index.js');
  const text = readFileSync(path, 'utf8');
  expect(text).toContain(before);
  writeFileSync(path, text.replace(before, after));
}

describe('the name of an executor in a spec', () => {
  it.each([
    ['like that of a plugin', 'transfer = "tarr"', 'Did you mean `tar`?'],
    ['like that of one that comes with nbkp', 'snapshots.mode = "btfrs"', 'Did you mean `btrfs`?'],
    ['that nothing is like', 'transfer = "magnetic"', 'nbkp plugins install'],
    ['of one that does something else', 'transfer = "hard-link"', 'Installed for it: `rsync`'],
  ])('%s is a mistake at its place, whatever is there now, along with all others', (_, sync, help) => {
    spec(`${sync}\nmax-age = 7`);
    for (const command of [['spec', 'validate'], ['status'], ['run']]) {
      const { code, stderr } = sandbox.nbkp(...command);
      expect({ code, stderr }).toMatchObject({ code: 65, stderr: expect.stringContaining('error[executor-unknown]') });
      expect(stderr).toMatch(/nbkp\.toml:7:\d+\n/);
      expect(stderr).toContain(help);
      expect(stderr).toContain('error[wrong-type]');
    }
  });

  it('is one that is installed and does something else, which blocks its sync alone', () => {
    spec('snapshots.mode = "tar"');
    const { code, stdout } = sandbox.nbkp('spec', 'validate');
    expect({ code, stdout }).toMatchObject({ code: 0, stdout: expect.stringContaining('warning[executor-unknown]') });
    expect(stdout).toContain('Installed for it');
  });

  it.each([
    ['transfer = "tar"'],
    ['snapshots.mode = "none"'],
    ['snapshots.mode = "hard-link"'],
    ['transfer = "rsync"'],
  ])('is nothing to warn of: %s', (sync) => {
    spec(sync);
    expect(sandbox.nbkp('spec', 'validate').stdout).not.toContain('executor-unknown');
  });
});

describe('the check of credentials', () => {
  it.each([
    [
      'cannot name its credentials',
      "const planning = { credentials: () => { throw new Error('no names') },",
      'no names',
    ],
    ['names something else', 'const planning = { credentials: () => 7,', 'no list of ids'],
    ['cannot be loaded', "throw new Error('out of order'); const planning = {", 'out of order'],
  ])('fails for an executor that %s, and says so', (_, after, words) => {
    spec('transfer = "tar"');
    edit('const planning = {', after);
    const { code, stdout } = sandbox.nbkp('credentials', 'check');
    expect({ code, stdout }).toMatchObject({ code: 1, stdout: expect.stringContaining(words) });
  });
});
