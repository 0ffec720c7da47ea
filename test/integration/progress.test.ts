import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { untilWhile } from '../support/running.ts';
import { Sandbox } from '../support/sandbox.ts';
import { makeTempDir } from '../support/tempdir.ts';

const dir = await makeTempDir();
afterAll(() => dir.remove());
const box = new Sandbox(dir.path);
box.files({
  'home/data/a letter': 'Dear reader',
  'home/data/süß': 'sweet',
  'home/data/two\nlines': 'odd',
  'usb/.keep': '',
});
box.writeSpec(`version = 1
[volumes.home]
path = "~/data"
[volumes.usb]
path = "${join(dir.path, 'usb')}"
[syncs.data]
source = "home"
destination = "usb:copy"
`);
expect(box.nbkp('prepare', '--yes').code).toBe(0);

const FILES = ['data: a letter', 'data: süß', 'data: two\\#012lines'];

/** What is shown while the files are copied anew. */
function shown(progress: string): string[] {
  for (const name of ['a letter', 'süß', 'two\nlines']) rmSync(join(dir.path, 'usb/copy', name), { force: true });
  const ran = box.nbkp('run', `--progress=${progress}`);
  expect(ran.code, ran.stderr).toBe(0);
  expect(ran.stdout).toContain('1 succeeded');
  return ran.stderr.split('\n');
}

describe('--progress', () => {
  it.each([
    ['none', false, []],
    ['overall', true, []],
    ['files', true, FILES],
    ['full', true, FILES],
  ])('%s', (progress, steps, files) => {
    const lines = shown(progress);
    expect(lines.some((line) => line.startsWith('data: transfer'))).toBe(steps);
    expect(lines.filter((line) => FILES.includes(line)).sort()).toEqual(files);
  });
});

describe('a first copy into a snapshot, which nothing has counted before', () => {
  const first = new Sandbox(join(dir.path, 'first'));
  const events = join(first.root, 'events.ndjson');

  /** Runs until an event tells how much it is in all, and then no longer. */
  async function untilCounted(): Promise<unknown> {
    rmSync(events, { force: true });
    const totals = (): unknown[] =>
      (existsSync(events) ? readFileSync(events, 'utf8') : '').split('\n').flatMap((line) => {
        const [, total] = /"total": ?(\d+)/.exec(line) ?? [];
        return total === undefined ? [] : [Number(total)];
      });
    const running = first.start(['run', '--events', events]);
    await untilWhile(running, () => totals().length > 0);
    running.kill('SIGINT');
    expect((await running.ended).code).toBe(130);
    return totals()[0];
  }

  it('tells soon how much it is, also when it goes on with what an interrupted one has left', async () => {
    first.files({ 'home/data/a': 'a'.repeat(1000), 'usb/.keep': '' });
    // What is everywhere the same would be copied from the part that is there.
    writeFileSync(join(first.home, 'data/b'), randomBytes(30_000_000));
    first.writeSpec(`version = 1
[volumes.home]
path = "~/data"
[volumes.usb]
path = "${join(first.root, 'usb')}"
snapshots.mode = "hard-link"
[syncs.data]
source = "home"
destination = "usb:copy"
filters = ["- *.tmp"]
rsync.bandwidth = "1m"
`);
    first.files({ 'home/data/left-out.tmp': 'x'.repeat(5000) });
    first.nbkp('prepare', '--yes');
    expect(await untilCounted()).toBe(30_001_000);
    expect(await untilCounted()).toBe(30_000_000);
  });
});
