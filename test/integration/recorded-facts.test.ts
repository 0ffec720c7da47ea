import { mkdirSync, readFileSync, readlinkSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Sandbox } from '../support/sandbox.ts';
import { makeTempDir, type TempDir } from '../support/tempdir.ts';

let dir: TempDir;
let box: Sandbox;

beforeAll(async () => {
  dir = await makeTempDir();
  box = new Sandbox(dir.path);
  box.files({ 'home/Documents/letter': 'Dear Ada', 'drive/.keep': '' });
  box.writeSpec(`version = 1
[volumes.laptop]
path = "~"
[volumes.drive]
path = "${dir.path}/drive"
snapshots.mode = "hard-link"
[syncs.documents]
source = "laptop:Documents"
destination = "drive:documents"
`);
  expect(box.nbkp('prepare', '--yes').code).toBe(0);
  expect(box.nbkp('run').code).toBe(0);
});

afterAll(() => dir.remove());

describe('recorded facts', () => {
  it('plan where the drive is not what would be planned where it is, and are never applied', () => {
    expect(box.nbkp('facts', 'export', '--files', '--out', 'facts.json').code).toBe(0);
    expect(statSync(join(dir.path, 'facts.json')).mode & 0o777).toBe(0o600);
    const there = JSON.parse(box.nbkp('plan', '--json').stdout) as { steps: { id: string }[] };
    const latest = join(dir.path, 'drive/documents/latest');
    const target = readlinkSync(latest);
    rmSync(latest);
    const answer = box.nbkp('plan', '--facts', 'facts.json', '--json', '--out', 'recorded.plan');
    expect(answer.code).toBe(0);
    const here = JSON.parse(answer.stdout) as typeof there;
    expect(here).toMatchObject({ basis: 'recorded', applyable: false });
    expect(here.steps.map(({ id }) => id)).toEqual(there.steps.map(({ id }) => id));
    const refused = box.nbkp('apply', 'recorded.plan', '--yes');
    expect(refused.code).toBe(3);
    expect(refused.stderr).toContain('plan-not-applyable');
    expect(box.nbkp('plan', '--facts', 'facts.json').stdout).toMatch(/recorded just now on/);
    symlinkSync(target, latest);
  });

  it('are plain JSON on standard output, with pseudonyms where they are asked for', () => {
    const plain = box.nbkp('facts', 'export');
    expect(JSON.parse(plain.stdout)).toMatchObject({ formatVersion: '1.0', basis: 'observed' });
    const redacted = box.nbkp('facts', 'export', '--redact').stdout;
    expect(redacted).not.toContain(dir.path);
    writeFileSync(join(dir.path, 'redacted.json'), redacted);
    expect(box.nbkp('plan', '--facts', 'redacted.json').code).toBe(0);
  });

  it('replace no file that is none of theirs', () => {
    const spec = readFileSync(box.spec, 'utf8');
    const answer = box.nbkp('facts', 'export', '--out', box.spec);
    expect(answer.code).toBe(1);
    expect(answer.stderr).toContain('facts-file-unwritable');
    expect(readFileSync(box.spec, 'utf8')).toBe(spec);
  });

  it('are refused when they are none, and with --offline', () => {
    expect(box.nbkp('plan', '--facts', box.spec).code).toBe(65);
    const missing = box.nbkp('plan', '--facts', 'missing.json');
    expect(missing.code).toBe(65);
    expect(missing.stderr).toContain('error[facts-file-unreadable]');
    expect(box.nbkp('plan', '--facts', 'facts.json', '--offline').code).toBe(64);
  });

  it('say so when they know nothing of a folder', () => {
    mkdirSync(join(dir.path, 'drive/music'));
    const more = `${readFileSync(box.spec, 'utf8')}[syncs.music]\nsource = "laptop:Music"\ndestination = "drive:music"\n`;
    writeFileSync(join(dir.path, 'more.toml'), more, { mode: 0o644 });
    const answer = box.nbkp('plan', '--spec', 'more.toml', '--facts', 'facts.json');
    expect(answer.code).toBe(0);
    expect(answer.stdout).toContain('not-in-facts');
  });

  it('say so when they know nothing of a volume', () => {
    const sync = '[syncs.music]\nsource = "laptop:Music"\ndestination = "second:music"\n';
    const more = `${readFileSync(box.spec, 'utf8')}[volumes.second]\npath = "/mnt/second"\n${sync}`;
    writeFileSync(join(dir.path, 'more.toml'), more, { mode: 0o644 });
    const answer = box.nbkp('plan', '--spec', 'more.toml', '--facts', 'facts.json');
    expect(answer).toMatchObject({ code: 0, stdout: expect.stringMatching(/not say what is at second/) as string });
    expect(answer.stdout).toMatch(/documents/);
  });
});

it('a plan from the spec alone looks at nothing', () => {
  rmSync(join(dir.path, 'drive'), { recursive: true });
  const answer = box.nbkp('plan', '--offline');
  expect(answer.code).toBe(0);
  expect(answer.stdout).toContain('nothing was observed');
});
