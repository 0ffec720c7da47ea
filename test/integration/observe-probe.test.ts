import { execFileSync, spawn } from 'node:child_process';
import { statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { localTransport } from '../../src/hosts/transport/local.ts';
import type { Transport } from '../../src/hosts/transport/transport.ts';
import type { DirectoryFacts, EndpointFacts, Facts } from '../../src/planner/model/facts.ts';
import { observeLocal, transportThrough } from '../support/observing.ts';
import { makeTempDir, NASTY_NAMES, type TempDir } from '../support/tempdir.ts';

let dir: TempDir;
let root: string;

beforeEach(async () => {
  dir = await makeTempDir();
  root = dir.path;
});
afterEach(() => dir.remove());

describe('the probe', () => {
  const volumes = () => ({ v: root, home: '~', none: join(root, 'none') });

  function world(): [string, string][] {
    for (const name of NASTY_NAMES) {
      dir.make(`${name}/snapshots/${name}`, `${name}/staging`);
      dir.touch(`${name}/.nbkp-dst`, `${name}/.nbkp-${name}`);
      symlinkSync(`snapshots/${name}`, join(root, name, 'latest'));
    }
    return NASTY_NAMES.map((name) => ['v', name]);
  }

  /** Without what changes by itself while others write to the same file system. */
  function steady(directory: DirectoryFacts | null) {
    return directory && { ...directory, freeBytes: 0, freeInodes: 0 };
  }

  function steadyFacts({ volumes, endpoints, ...rest }: Facts) {
    return {
      ...rest,
      observedAt: '',
      volumes: Object.values(volumes).map((facts) => ({ ...facts, directory: steady(facts.directory) })),
      endpoints: Object.values(endpoints).map(steadyEndpoint),
    };
  }

  function steadyEndpoint(facts: EndpointFacts) {
    return { ...facts, directory: steady(facts.directory), staging: steady(facts.staging) };
  }

  it.each([[['dash']], [['bash', '--posix']], [['busybox', 'sh']], [['bash']]])(
    'says the same under %j',
    async (shell) => {
      const endpoints = world();
      const seen = (instead: string[]) =>
        observeLocal({ volumes: volumes(), endpoints }, { local: transportThrough([], instead) });
      const other = await seen(shell);
      expect(other.hosts.local?.reachable).toBe(true);
      expect(Object.keys(other.endpoints)).toHaveLength(NASTY_NAMES.length);
      for (const name of NASTY_NAMES) expect(other.endpoints[`v:${name}`]?.latest).toEqual({ kind: 'snapshot', name });
      expect(steadyFacts(other)).toEqual(steadyFacts(await seen(['sh'])));
    },
  );

  it("says the same with busybox's tools, which know no mounts", async () => {
    const endpoints = world();
    dir.make('.nbkp-bin');
    for (const tool of ['sh', 'cat', 'uname', 'id', 'stat', 'readlink', 'find']) {
      symlinkSync('/usr/bin/busybox', join(root, '.nbkp-bin', tool));
    }
    symlinkSync('/nowhere', join(root, NASTY_NAMES[0]!, 'snapshots/broken'));
    const { endpoints: own } = await observeLocal({ volumes: volumes(), endpoints });
    const local = transportThrough(['env', `PATH=${root}/.nbkp-bin`]);
    const { endpoints: other } = await observeLocal({ volumes: volumes(), endpoints }, { local });
    expect(Object.keys(other)).toEqual(Object.keys(own));
    for (const [key, facts] of Object.entries(own)) {
      const { directory, staging, ...rest } = steadyEndpoint(facts);
      expect(steadyEndpoint(other[key]!)).toEqual({
        ...rest,
        directory: { ...directory, mount: null },
        staging: { ...staging, mount: null },
      });
    }
  });

  it('changes nothing', async () => {
    const endpoints = world();
    const tree = () => execFileSync('find', [root, '-printf', '%p %y %m %U %T@ %C@ %s %l %n\\0'], { encoding: 'utf8' });
    const before = tree();
    await observeLocal({ volumes: volumes(), endpoints });
    expect(tree()).toBe(before);
  });

  it('has room for more than fits into one argument or one command', async () => {
    const subdirs = Array.from({ length: 300 }, (_, index) => `${String(index).padStart(200, 'x')}/${'y'.repeat(200)}`);
    dir.make(...subdirs);
    const { endpoints } = await observeLocal({
      volumes: { v: root },
      endpoints: subdirs.map((subdir) => ['v', subdir]),
    });
    for (const subdir of subdirs) {
      expect(endpoints[`v:${subdir}`]?.directory?.inode).toBe(String(statSync(join(root, subdir)).ino));
    }
  });

  it('is shared by two shells where there are thousands of folders, whose answers come together in order', async () => {
    const subdirs = Array.from({ length: 2_001 }, (_, index) => `e${index}`);
    const there = ['e0', 'e1', 'e2', subdirs.at(-1)!];
    dir.make(...there.map((subdir) => `${subdir}/snapshots/of-${subdir}`));
    const local = localTransport();
    const shells: string[] = [];
    const run: Transport['run'] = (argv, options) => {
      shells.push(argv[0]!);
      return local.run(argv, options);
    };
    const asked = { volumes: { v: root }, endpoints: subdirs.map((subdir): [string, string] => ['v', subdir]) };
    const { endpoints } = await observeLocal(asked, { local: { ...local, run } });
    expect(shells).toEqual(['sh', 'sh']);
    expect(Object.keys(endpoints)).toEqual(subdirs.map((subdir) => `v:${subdir}`));
    const found = Object.values(endpoints).filter(({ directory }) => directory !== null);
    expect(found.map(({ path, directory, snapshots }) => [path, directory?.inode, snapshots])).toEqual(
      there.map((subdir) => {
        const path = join(root, subdir);
        return [path, String(statSync(path).ino), { [`of-${subdir}`]: { kind: 'directory' } }];
      }),
    );
  });

  it('knows a volume as a folder of itself, and of a drive that is not here nothing', async () => {
    dir.make('snapshots/one', 'sub');
    const { endpoints } = await observeLocal({
      volumes: { gone: { uuid: '0000-0000' }, v: root, slash: `${root}/`, top: '/' },
      endpoints: [
        ['gone', ''],
        ['v', ''],
        ['gone', 'sub'],
        ['slash', 'sub'],
        ['top', root.slice(1)],
        ['unknown', 'sub'],
      ],
    });
    const folder = (path: string) => ({ path, directory: { realPath: path, inode: String(statSync(path).ino) } });
    expect(Object.keys(endpoints).sort()).toEqual(['slash:sub', `top:${root.slice(1)}`, 'v']);
    expect(endpoints).toMatchObject({
      v: { ...folder(root), snapshots: { one: { kind: 'directory' } } },
      'slash:sub': { ...folder(join(root, 'sub')), snapshots: null },
      [`top:${root.slice(1)}`]: { ...folder(root), snapshots: { one: { kind: 'directory' } } },
    });
  });

  it('gives every directory its own facts while others come and go', async () => {
    dir.make('steady', 'vol');
    const { ino } = statSync(join(root, 'steady'));
    const churn = spawn('sh', ['-c', 'while :; do mkdir come; rmdir come; done'], { cwd: join(root, 'vol') });
    try {
      for (let i = 0; i < 20; i++) {
        const { endpoints } = await observeLocal({
          volumes: { v: root },
          endpoints: [
            ['v', 'vol/come'],
            ['v', 'steady'],
          ],
        });
        expect(endpoints['v:steady']?.directory?.inode).toBe(String(ino));
      }
    } finally {
      churn.kill();
    }
  });
});
