import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
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
