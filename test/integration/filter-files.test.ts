import { chmodSync, chownSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Plan } from '../../src/planner/model/plan.ts';
import { Sandbox } from '../support/sandbox.ts';
import { makeTempDir } from '../support/tempdir.ts';

const dir = await makeTempDir();
afterAll(() => dir.remove());

/** The folder of the spec lies below the home, as a clone does. */
let sandbox: Sandbox;
let rules: string;
let outside: string;

function specWith(filters: string): void {
  sandbox.writeSpec(`version = 1
volumes.laptop.path = "${dir.path}/laptop"
volumes.usb.path = "${dir.path}/usb"
[syncs.documents]
source = "laptop:"
destination = "usb:"
${filters}
`);
}

beforeAll(() => {
  sandbox = new Sandbox(join(dir.path, 'project'));
  rules = join(sandbox.root, 'rules');
  outside = join(dir.path, 'outside');
  mkdirSync(join(dir.path, 'laptop'));
  mkdirSync(join(dir.path, 'usb'));
  specWith('');
  expect(sandbox.nbkp('prepare', '--yes').code).toBe(0);
});

beforeEach(() => {
  rmSync(rules, { force: true });
  writeFileSync(outside, '- /pattern-there\nline of prose\n', { mode: 0o644 });
  writeFileSync(rules, '# comment\n\n- /pattern-here\n', { mode: 0o644 });
});

describe('a filter file outside of the folder of the spec', () => {
  it.each([
    ['named by its path', () => `filter-file = "${outside}"`],
    [
      'behind a link',
      () => (symlinkSync(outside, join(sandbox.root, 'link')), `filters = [{ merge = "${sandbox.root}/link" }]`),
    ],
  ])('%s is not read for who only reads a spec or writes Markdown, unless --outside-files', (_, filters) => {
    specWith(filters());
    for (const [code, ...command] of [
      [0, 'plan', '--offline', '--commands'],
      [0, 'plan', '--format', 'markdown', '--commands'],
      [0, 'graph', '--offline', '--json'],
      [0, 'diff', 'nbkp.toml', '--format', 'markdown', '--commands'],
      [0, 'spec', 'validate'],
    ] as const) {
      const { stdout, stderr, code: ended } = sandbox.nbkp(...command);
      expect([ended, stdout + stderr]).toEqual([code, expect.not.stringMatching(/pattern-there|prose/)]);
    }
    expect(sandbox.nbkp('plan', '--offline').stdout).toContain('warning[filter-file-outside]');
    for (const command of [
      ['plan', '--offline'],
      ['plan', '--format', 'markdown'],
      ['spec', 'validate'],
    ]) {
      const { stdout } = sandbox.nbkp(...command, '--outside-files');
      expect(stdout.replaceAll(/\s+/g, ' ')).toMatch(/filter-invalid.*in line 2 of/);
      expect(stdout).not.toContain('prose');
    }
  });

  it('leaves a plan for a comment that cannot be applied, and is read by a run', () => {
    writeFileSync(outside, '- /pattern-there\n');
    specWith(`filter-file = "${outside}"`);
    const file = join(sandbox.root, 'plan');
    const planOf = (): Plan => JSON.parse(readFileSync(file, 'utf8')) as Plan;
    expect(sandbox.nbkp('plan', '--format', 'markdown', '--out', file).code).toBe(0);
    expect(planOf().applyable).toBe(false);
    expect(sandbox.nbkp('plan', '--format', 'markdown', '--outside-files', '--out', file).code).toBe(0);
    expect(planOf().applyable).toBe(true);
    writeFileSync(join(dir.path, 'laptop/pattern-there'), '');
    expect(sandbox.nbkp('run').code).toBe(0);
    expect(() => readFileSync(join(dir.path, 'usb/pattern-there'))).toThrow('ENOENT');
  });
});

describe('a line of a filter file that is no rule', () => {
  it('is named by its number, also where a diff tells of new rules', () => {
    specWith('');
    writeFileSync(join(sandbox.root, 'old.toml'), readFileSync(sandbox.spec, 'utf8'), { mode: 0o644 });
    specWith(`filter-file = "${rules}"`);
    const diff = sandbox.nbkp('diff', 'old.toml').stdout.replaceAll(/\s+/g, ' ');
    expect(diff).toMatch(/filter-drops-data\]: documents leaves out more than before \(in line 3 of [^)]*rules\)/);
    writeFileSync(rules, '# comment\nline of prose\n', { mode: 0o644 });
    const { code, stdout } = sandbox.nbkp('plan');
    expect(code).toBe(1);
    expect(stdout.replaceAll(/\s+/g, ' ')).toContain(`What is in line 2 of ${rules} is not`);
    expect(stdout).not.toContain('prose');
  });
});

describe('a filter file that others decide about', () => {
  it('blocks its sync, and is a warning where a spec is only read', () => {
    specWith(`filter-file = "${rules}"`);
    chmodSync(rules, 0o666);
    for (const command of [['plan'], ['run', '--dry-run']]) {
      const answer = sandbox.nbkp(...command);
      const text = expect.stringContaining('error[filter-file-writable-by-others]') as string;
      expect([answer.code, answer.stdout]).toEqual([1, text]);
    }
    expect(sandbox.nbkp('run').code).toBe(1);
    for (const command of [
      ['plan', '--offline'],
      ['spec', 'validate'],
    ]) {
      const answer = sandbox.nbkp(...command);
      const text = expect.stringContaining('warning[filter-file-writable-by-others]') as string;
      expect([answer.code, answer.stdout]).toEqual([0, text]);
    }
  });

  it.skipIf(process.getuid?.() !== 0)('may belong to the owner of a spec that was named, and to no other', () => {
    specWith(`filter-file = "${rules}"`);
    chownSync(rules, 65534, 65534);
    expect(sandbox.nbkp('plan').stdout).toContain('error[filter-file-writable-by-others]');
    chownSync(sandbox.spec, 65534, 65534);
    expect(sandbox.nbkp('plan')).toMatchObject({ code: 0, stderr: '' });
    chownSync(rules, 65533, 65534);
    expect(sandbox.nbkp('plan').stdout).toContain('error[filter-file-writable-by-others]');
    chownSync(sandbox.spec, 0, 0);
  });
});
