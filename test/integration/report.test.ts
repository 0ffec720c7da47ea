import { mkdirSync, readFileSync, renameSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Backup } from '../support/backup.ts';
import { schemaErrors } from '../support/schemas.ts';
import { makeTempDir, type TempDir } from '../support/tempdir.ts';

/** A folder of the spec and of the source: markup, if anything took it for that. */
const EVIL = `<script>alert("x")</script><img src=x onerror='y'>&amp;`;

let dir: TempDir;
let backup: Backup;
let file: string;

beforeAll(async () => {
  dir = await makeTempDir();
  const root = join(dir.path, EVIL.replaceAll('/', '_'));
  mkdirSync(root);
  backup = new Backup(root, { mode: 'hard-link', sync: 'snapshots.keep = { last = 3 }\nmax-age = "7d"' });
  for (const text of ['one', 'three', 'fifteen']) {
    backup.write({ [EVIL.replaceAll('/', '_')]: text });
    backup.run(0);
  }
  file = join(dir.path, 'report.html');
});

afterAll(() => dir.remove());

const report = (...args: string[]) => backup.sandbox.nbkp('report', ...args);

describe('nbkp report', () => {
  it('writes one file for its user alone, with all sections, that loads and runs nothing', () => {
    expect(report('--out', file)).toMatchObject({ code: 0, stderr: '' });
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const text = readFileSync(file, 'utf8');
    for (const title of ['Syncs', 'Runs', 'Room', 'Snapshots', 'Failures']) expect(text).toContain(`<h2>${title}</h2>`);
    expect(text).toContain('Safe: the one sync is well.');
    expect(text).toContain('among the newest (last 1 of 3)');
    expect(text).toContain('documents: 3 snapshots');
    expect(text).toContain('aria-label="succeeded"');
    expect(text).not.toMatch(/<script|<img|<link|<iframe|javascript:|https?:|\son\w+=["']|url\(/i);
    expect(text).toContain(
      '&lt;script&gt;alert(&quot;x&quot;)&lt;_script&gt;&lt;img src=x onerror=&#39;y&#39;&gt;&amp;amp;',
    );
    expect(openTags(text)).toEqual([]);
  });

  it('is printed on standard output, and answers with the status for --json', () => {
    const printed = report('--out', '-');
    expect(printed).toMatchObject({
      code: 0,
      stderr: '',
      stdout: expect.stringMatching(/^<!doctype html>[^]*<\/html>\n$/),
    });
    const answer = report('--out', file, '--json');
    expect(schemaErrors('status', JSON.parse(answer.stdout))).toEqual([]);
    expect(report('--out', '-', '--json').code).toBe(64);
    expect(report().code).toBe(64);
  });

  it('replaces a report, and nothing else', () => {
    expect(report('--out', file).code).toBe(0);
    const mine = join(dir.path, 'mine.html');
    writeFileSync(mine, '<!doctype html><p>mine');
    const link = join(dir.path, 'link.html');
    symlinkSync(file, link);
    for (const path of [mine, link, dir.path, join(dir.path, 'no/such/folder')]) {
      expect(report('--out', path), path).toMatchObject({
        code: 1,
        stderr: expect.stringContaining('report-file-unwritable'),
      });
    }
    expect(readFileSync(mine, 'utf8')).toBe('<!doctype html><p>mine');
  });

  it('tells what failed and how to mend it, with the exit code of status', () => {
    const sentinel = join(backup.destination, '.nbkp-dst');
    const kept = readFileSync(sentinel);
    rmSync(sentinel);
    expect(report('--out', file).code).toBe(backup.sandbox.nbkp('status').code);
    const text = readFileSync(file, 'utf8');
    expect(text).toContain('Not safe: 1 sync of 1 needs a person.');
    expect(text).toContain('run nbkp prepare usb');
    writeFileSync(sentinel, kept);
  });

  it('tells its readers too when the runs cannot be read', () => {
    const runs = join(backup.sandbox.state, 'runs');
    renameSync(runs, `${runs}-aside`);
    writeFileSync(runs, '');
    const { stdout, stderr } = report('--out', '-');
    rmSync(runs);
    renameSync(`${runs}-aside`, runs);
    expect(stderr).toContain('state-unreadable');
    expect(stdout).toMatch(/What to look at[^]*cannot be read/);
  });

  it('tells of the last failures how they are mended', () => {
    backup.many(60);
    backup.run(0);
    backup.emptySource();
    backup.run(3);
    expect(report('--out', file).code).toBe(4);
    const text = readFileSync(file, 'utf8');
    expect(text).toMatch(/<h3>documents: blocked, [^]*<strong>Fix:<\/strong>[^]*nbkp history /);
    expect(text).toContain('aria-label="blocked"');
  });
});

/** Elements that are not closed in order. */
function openTags(text: string): string[] {
  const alone = new Set(['meta', 'br', '!doctype']);
  const open: string[] = [];
  for (const [, slash, name = '', self] of text.matchAll(/<(\/?)([a-z0-9]+)\b[^>]*?(\/?)>/g)) {
    if (alone.has(name) || self === '/') continue;
    if (slash === '') open.push(name);
    else if (open.at(-1) === name) open.pop();
    else return [`</${name}> after ${open.join(' ')}`];
  }
  return open;
}
