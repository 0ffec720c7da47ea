import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { observeLocal } from '../support/observing.ts';
import { makeTempDir, NASTY_NAMES, type TempDir } from '../support/tempdir.ts';

let dir: TempDir;
let root: string;

beforeEach(async () => {
  dir = await makeTempDir();
  root = dir.path;
});
afterEach(() => dir.remove());

async function endpoint(subdir: string) {
  const { endpoints } = await observeLocal({ volumes: { v: root }, endpoints: [['v', subdir]] });
  return endpoints[`v:${subdir}`]!;
}

describe('an endpoint', () => {
  it('has sentinels, and leftovers besides them and the lock', async () => {
    dir.make('e');
    dir.touch('e/.nbkp-src', 'e/.nbkp-dst', 'e/.nbkp-vol', 'e/.nbkp-lock', 'e/.nbkp-latest-1', 'e/.nbkp-\n', 'e/file');
    symlinkSync('snapshots/gone', join(root, 'e/.nbkp-latest-2'));
    expect(await endpoint('e')).toMatchObject({
      path: join(root, 'e'),
      sentinels: { source: true, destination: true },
      leftovers: ['.nbkp-\n', '.nbkp-latest-1', '.nbkp-latest-2'],
      latest: { kind: 'absent' },
      snapshots: null,
      staging: null,
    });
  });

  it('has neither when there is none, and no directory when it is missing', async () => {
    dir.make('e');
    expect(await endpoint('e')).toMatchObject({ sentinels: { source: false, destination: false }, leftovers: [] });
    expect(await endpoint('missing')).toEqual({
      path: join(root, 'missing'),
      directory: null,
      sentinels: { source: false, destination: false },
      nanoseconds: { source: false, destination: false },
      latest: { kind: 'absent' },
      snapshots: null,
      staging: null,
      leftovers: [],
    });
  });

  it('lists all entries of snapshots/, whatever they are called', async () => {
    dir.make(
      ...[...NASTY_NAMES, '2026-03-06T14:30:00.000Z', '.partial-2026-03-07T14:30:00.000Z', '..x'].map(
        (n) => `e/snapshots/${n}`,
      ),
    );
    dir.touch('e/snapshots/file', Buffer.from('e/snapshots/latin-\xe9', 'latin1'));
    symlinkSync('/nowhere', join(root, 'e/snapshots/broken'));
    symlinkSync('a\nb', join(root, 'e/snapshots/to-directory'));
    execFileSync('mkfifo', [join(root, 'e/snapshots/pipe')]);
    const { snapshots } = await endpoint('e');
    expect(snapshots).toEqual({
      ...Object.fromEntries(NASTY_NAMES.map((name) => [name, { kind: 'directory' }])),
      '2026-03-06T14:30:00.000Z': { kind: 'directory' },
      '.partial-2026-03-07T14:30:00.000Z': { kind: 'directory' },
      '..x': { kind: 'directory' },
      file: { kind: 'file' },
      'latin-\uFFFD': { kind: 'file' },
      broken: { kind: 'symlink' },
      'to-directory': { kind: 'symlink' },
      pipe: { kind: 'other' },
    });
  });

  it('says when snapshots is a link, wherever that leads', async () => {
    dir.make('e/real/name', 'f', 'g/snapshots');
    symlinkSync('real', join(root, 'e/snapshots'));
    symlinkSync('/nowhere', join(root, 'f/snapshots'));
    expect(await endpoint('e')).toMatchObject({ snapshotsLink: true, snapshots: { name: { kind: 'directory' } } });
    expect(await endpoint('f')).toMatchObject({ snapshotsLink: true, snapshots: null });
    expect(await endpoint('g')).not.toHaveProperty('snapshotsLink');
  });

  it('tells an empty snapshots/ from none, and thousands of entries are no problem', async () => {
    dir.make('e/snapshots', 'f/staging/x');
    expect(await endpoint('e')).toMatchObject({ snapshots: {}, staging: null });
    expect(await endpoint('f')).toMatchObject({
      snapshots: null,
      staging: { realPath: join(root, 'f/staging'), empty: false },
    });
    for (let i = 0; i < 5000; i++) mkdirSync(join(root, `e/snapshots/${String(i).padStart(200, 'x')}`));
    expect(Object.keys((await endpoint('e')).snapshots ?? {})).toHaveLength(5000);
  });

  it.each([
    ['snapshots/good', { kind: 'snapshot', name: 'good' }],
    ['snapshots/gone', { kind: 'snapshot', name: 'gone' }],
    ['snapshots/to-good', { kind: 'snapshot', name: 'good' }],
    ['snapshots/a\nb\n', { kind: 'snapshot', name: 'a\nb\n' }],
    ['snapshots/file', { kind: 'snapshot', name: 'file' }],
    ['/dev/null', { kind: 'none-yet' }],
    ['snapshots', { kind: 'foreign', target: 'snapshots' }],
    ['snapshots/good/sub', { kind: 'foreign', target: 'snapshots/good/sub' }],
    ['/etc', { kind: 'foreign', target: '/etc' }],
    ['-n', { kind: 'foreign', target: '-n' }],
    ['nowhere\n', { kind: 'foreign', target: 'nowhere\n' }],
    ['latest', { kind: 'foreign', target: 'latest' }],
  ])('understands latest -> %j', async (target, latest) => {
    dir.make('e/snapshots/good/sub', 'e/snapshots/a\nb\n');
    dir.touch('e/snapshots/file');
    symlinkSync('good', join(root, 'e/snapshots/to-good'));
    symlinkSync(target, join(root, 'e/latest'));
    expect((await endpoint('e')).latest).toEqual(latest);
  });

  it('says that a latest is foreign when it is no link', async () => {
    dir.make('e/latest');
    dir.touch('latest');
    expect((await endpoint('e')).latest).toEqual({ kind: 'foreign', target: null });
    const { endpoints } = await observeLocal({ volumes: { v: root }, endpoints: [['v', '']] });
    expect(endpoints.v?.latest).toEqual({ kind: 'foreign', target: null });
  });
});
