import { execFileSync } from 'node:child_process';
import { rmSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { observeLocal, transportThrough } from '../support/observing.ts';
import { makeTempDir, NASTY_NAMES, type TempDir } from '../support/tempdir.ts';

let dir: TempDir;
let root: string;

beforeEach(async () => {
  dir = await makeTempDir();
  root = dir.path;
});
afterEach(() => dir.remove());

describe('a volume', () => {
  it('is described by its directory', async () => {
    dir.make('vol');
    dir.touch('vol/.nbkp-vol');
    const { volumes } = await observeLocal({ volumes: { v: join(root, 'vol') } });
    const { dev, ino } = statSync(join(root, 'vol'));
    const [free, total] = execFileSync('stat', ['-f', '-c', '%a*%S %b*%S', root], { encoding: 'utf8' }).split(' ');
    const product = (text = '') => text.split('*').reduce((a, b) => a * Number(b), 1);
    expect(volumes.v).toEqual({
      path: join(root, 'vol'),
      directory: expect.objectContaining({
        realPath: join(root, 'vol'),
        device: String(dev),
        inode: String(ino),
        writable: true,
        empty: true,
        subvolume: false,
        totalBytes: product(total),
      }) as unknown,
      sentinel: true,
      unmountedFstabTarget: null,
    });
    expect(volumes.v?.directory?.freeBytes).toBeLessThanOrEqual(product(total));
    expect(volumes.v?.directory?.freeBytes).toBeGreaterThan(product(free) / 2);
    expect(volumes.v?.directory?.mount?.target).toBe(
      execFileSync('findmnt', ['-n', '-o', 'TARGET', '-T', root], { encoding: 'utf8' }).trim(),
    );
  });

  it('has no directory when there is nothing or a file, and its endpoints are not listed', async () => {
    dir.touch('file');
    const { volumes, endpoints } = await observeLocal({
      volumes: { none: join(root, 'none'), file: join(root, 'file') },
      endpoints: [
        ['none', 'a'],
        ['file', ''],
      ],
    });
    expect(volumes.none).toMatchObject({ path: join(root, 'none'), directory: null, sentinel: false });
    expect(volumes.file).toMatchObject({ path: join(root, 'file'), directory: null, sentinel: false });
    expect(endpoints).toEqual({});
  });

  it('is found through a symlink, whose end is its real path', async () => {
    dir.make('real');
    symlinkSync('real', join(root, 'link'));
    const { volumes } = await observeLocal({ volumes: { v: join(root, 'link') } });
    expect(volumes.v).toMatchObject({ path: join(root, 'link'), directory: { realPath: join(root, 'real') } });
  });

  it('may be the home directory or below it, or the root', async () => {
    dir.make('home/my docs');
    const local = transportThrough(['env', `HOME=${root}/home`]);
    const volumes = { home: '~', docs: '~/my docs', root: '/' };
    const facts = await observeLocal({ volumes, endpoints: [['root', 'sys/kernel']] }, { local });
    expect(facts.volumes.home?.path).toBe(join(root, 'home'));
    expect(facts.volumes.docs?.path).toBe(join(root, 'home/my docs'));
    expect(facts.volumes.docs?.directory).not.toBeNull();
    expect(facts.volumes.root?.directory).toMatchObject({ realPath: '/', mount: { target: '/' } });
    expect(facts.endpoints['root:sys/kernel']).toMatchObject({
      path: '/sys/kernel',
      directory: { mount: { fsType: 'sysfs' } },
    });
  });

  it('is empty with nothing but entries of nbkp, hidden and nasty names counted', async () => {
    const empty = async () => (await observeLocal({ volumes: { v: root } })).volumes.v?.directory?.empty;
    dir.touch('.nbkp-vol', '.nbkp-lock', '.nbkp-x');
    expect(await empty()).toBe(true);
    for (const name of ['.hidden', '..', '...', '.n', '*', '-', '\n', '.nbkp']) {
      if (name === '..') continue;
      dir.touch(name);
      expect([name, await empty()]).toEqual([name, false]);
      rmSync(join(root, name));
    }
    symlinkSync('/nowhere', join(root, 'broken'));
    expect(await empty()).toBe(false);
  });

  it('that another user may not enter or list is not said to be empty or writable', async () => {
    dir.make('closed', 'listless', 'readable');
    execFileSync('chmod', ['755', root]);
    execFileSync('chmod', ['700', join(root, 'closed')]);
    execFileSync('chmod', ['711', join(root, 'listless')]);
    const volumes = Object.fromEntries(['closed', 'listless', 'readable'].map((name) => [name, join(root, name)]));
    const local = transportThrough(['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups']);
    const facts = await observeLocal({ volumes }, { local });
    expect(facts.hosts.local).toMatchObject({ uid: 65534 });
    expect(facts.volumes.closed?.directory).toMatchObject({ writable: false, empty: false });
    expect(facts.volumes.listless?.directory).toMatchObject({ writable: false, empty: false });
    expect(facts.volumes.readable?.directory).toMatchObject({ writable: false, empty: true });
  });

  it('may have any name', async () => {
    dir.make(...NASTY_NAMES);
    const volumes = Object.fromEntries(NASTY_NAMES.map((name) => [name, join(root, name)]));
    const facts = await observeLocal({ volumes });
    for (const name of NASTY_NAMES) {
      expect(facts.volumes[name]).toMatchObject({ path: join(root, name), directory: { realPath: join(root, name) } });
    }
  });
});
