import { existsSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Backup } from '../support/backup.ts';
import { makeTempDir, type TempDir } from '../support/tempdir.ts';

let dir: TempDir;
let subject: Backup;
let file: string;

beforeAll(async () => {
  dir = await makeTempDir();
  subject = new Backup(join(dir.path, 'one'), {
    mode: 'hard-link',
    sync: 'before = [["sh", "-c", "echo 12345; exit 0"]]',
  });
  subject.write({ a: 'first' });
  file = join(dir.path, 'trace');
});

afterAll(() => dir.remove());

const LINE = /^\d{4}-\d\d-\d\dT[\d:.]{12}Z (\S+): exit (\S+), \d+ ms, (a secret|out \d+ B, err \d+ B): (.+)$/;

function linesOf(text: string): { host: string; end: string; sizes: string; command: string }[] {
  return text
    .trimEnd()
    .split('\n')
    .map((line) => {
      const [, host = '', end = '', sizes = '', command = ''] = LINE.exec(line) ?? [];
      if (command === '') throw new Error(`no line of a trace: ${line}`);
      return { host, end, sizes, command };
    });
}

describe('NBKP_TRACE', () => {
  it('names a file that gets a line for each command: host, time, exit code, bytes', () => {
    const traced = subject.expectCode(0, subject.sandbox.nbkpWith({ NBKP_TRACE: file }, 'run'));
    expect(traced.stderr).not.toContain(': exit ');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const lines = linesOf(readFileSync(file, 'utf8'));
    expect(lines).toContainEqual({
      host: 'local',
      end: '0',
      sizes: 'out 6 B, err 0 B',
      command: "sh -c 'echo 12345; exit 0'",
    });
    const programs = lines.map(({ command }) => command.split(' ')[0]);
    expect(programs).toEqual(expect.arrayContaining(['sh', 'rsync', 'mv', 'sync']));
  });

  it('is appended to by the next command', () => {
    const before = readFileSync(file, 'utf8');
    subject.expectCode(0, subject.sandbox.nbkpWith({ NBKP_TRACE: file }, 'plan'));
    const after = readFileSync(file, 'utf8');
    expect(after.startsWith(before)).toBe(true);
    expect(linesOf(after).length).toBeGreaterThan(linesOf(before).length);
  });

  it('says how a command failed, and shows no control character of a name', () => {
    const other = new Backup(join(dir.path, 'two'), { mode: 'none', sync: 'before = [["false", "a\\u001b[2Jb\\nc"]]' });
    rmSync(file);
    other.expectCode(1, other.sandbox.nbkpWith({ NBKP_TRACE: file }, 'run'));
    expect(linesOf(readFileSync(file, 'utf8'))).toContainEqual({
      host: 'local',
      end: '1',
      sizes: 'out 0 B, err 0 B',
      command: "false $'a\\x1b[2Jb\\x0ac'",
    });
  });

  it('has neither a passphrase nor its length', () => {
    const secret = 'marker-of-a-secret';
    const sandbox = subject.sandbox;
    const spec = join(sandbox.root, 'locked.toml');
    writeFileSync(
      spec,
      `version = 1
volumes.usb.mount = { device-uuid = "5941f273-f73c-44c5-a3ef-fae7248db1b6", encryption.type = "luks" }
[credentials]
provider = "command"
command = ["cat", "${sandbox.root}/secrets/{id}"]
`,
      { mode: 0o600 },
    );
    sandbox.files({ 'secrets/usb': secret });
    rmSync(file);
    subject.expectCode(0, sandbox.nbkpWith({ NBKP_TRACE: file }, 'credentials', 'check', '--spec', spec));
    const text = readFileSync(file, 'utf8');
    expect(text).not.toContain('marker-of');
    expect(linesOf(text)).toContainEqual(
      expect.objectContaining({ end: '0', sizes: 'a secret', command: `cat ${join(sandbox.root, 'secrets/usb')}` }),
    );
  });

  it.each<[string, () => void]>([
    ['a file that holds something else', () => writeFileSync(file, 'version = 1\n')],
    ['a link', () => symlinkSync(join(dir.path, 'elsewhere'), file)],
  ])('is refused for %s, before anything is done', (_, make) => {
    rmSync(file, { force: true });
    make();
    const answer = subject.sandbox.nbkpWith({ NBKP_TRACE: file }, 'plan');
    expect(answer).toMatchObject({ code: 64, stdout: '', stderr: expect.stringContaining('NBKP_TRACE') as string });
    expect(existsSync(join(dir.path, 'elsewhere'))).toBe(false);
    rmSync(file);
  });
});

describe('DEBUG=nbkp', () => {
  it('shows the same lines on standard error, and standard output is as ever', () => {
    const plain = subject.expectCode(0, subject.sandbox.nbkp('plan', '--json'));
    const { stdout, stderr } = subject.expectCode(
      0,
      subject.sandbox.nbkpWith({ DEBUG: 'other,nbkp' }, 'plan', '--json'),
    );
    expect(linesOf(stderr).length).toBeGreaterThan(0);
    const id = (text: string): unknown => (JSON.parse(text) as { id: string }).id;
    expect(id(stdout)).toBe(id(plain.stdout));
  });

  it('is nothing to nbkp when it names others', () => {
    expect(subject.expectCode(0, subject.sandbox.nbkpWith({ DEBUG: 'other' }, 'plan', '--json')).stderr).toBe('');
  });
});
