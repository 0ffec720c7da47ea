import { describe, expect, it } from 'vitest';
import type { Facts } from '../../../../src/planner/model/facts.ts';
import { codes, directory, type Scene } from '../../../support/overlapping.ts';

const laptop = { path: '/home/ada', target: '/' };
const usb = { path: '/mnt/usb' };

describe('syncs that do not touch one another', () => {
  it('are planned', () => {
    const syncs = { a: ['laptop:docs', 'usb:docs'], b: ['laptop:docs-old', 'usb:docs-old'] } satisfies Scene['syncs'];
    expect(codes({ volumes: { laptop, usb }, syncs })).toEqual({ a: 'ok', b: 'ok' });
  });

  it('may read one source, or one inside the other', () => {
    const syncs = {
      a: ['laptop', 'usb:all'],
      b: ['laptop:docs', 'usb:docs'],
      c: ['laptop:docs', 'usb:docs-again'],
    } satisfies Scene['syncs'];
    expect(codes({ volumes: { laptop, usb }, syncs })).toEqual({ a: 'ok', b: 'ok', c: 'ok' });
  });

  it('may be a chain', () => {
    const nas = { path: '/mnt/nas' };
    const syncs = { a: ['laptop:docs', 'usb:docs'], b: ['usb:docs', 'nas:docs'] } satisfies Scene['syncs'];
    expect(codes({ volumes: { laptop, usb, nas }, syncs })).toEqual({ a: 'ok', b: 'ok' });
  });

  it('may have the same inode number on two file systems', () => {
    const syncs = { a: ['laptop:docs', 'usb:docs'] } satisfies Scene['syncs'];
    const change = (facts: Facts): void => {
      directory(facts, 'usb:docs').inode = directory(facts, 'laptop:docs').inode;
    };
    expect(codes({ volumes: { laptop, usb }, syncs, change })).toEqual({ a: 'ok' });
  });

  it('may be two subvolumes of one btrfs, whose roots all have one inode', () => {
    const pool = { path: '/mnt/pool', fsType: 'btrfs' };
    const change = (facts: Facts): void => {
      Object.assign(directory(facts, 'pool:a'), { inode: '256', device: '51', subvolume: true });
      Object.assign(directory(facts, 'pool:b'), { inode: '256', device: '52', subvolume: true });
    };
    expect(codes({ volumes: { pool }, syncs: { s: ['pool:a', 'pool:b'] }, change })).toEqual({ s: 'ok' });
  });
});

describe('two names of one directory', () => {
  it('are found through a symlink', () => {
    const syncs = { a: ['laptop:docs', 'usb:a'], b: ['laptop:pics', 'usb:b'] } satisfies Scene['syncs'];
    const change = (facts: Facts): void => {
      directory(facts, 'usb:b').realPath = '/mnt/usb/a';
    };
    const both = { a: 'destinations-overlap', b: 'destinations-overlap' };
    expect(codes({ volumes: { laptop, usb }, syncs, change })).toEqual(both);
  });

  it('are found by device and inode, as on a file system that ignores case', () => {
    const syncs = { a: ['laptop:docs', 'usb:Backup'], b: ['laptop:pics', 'usb:backup'] } satisfies Scene['syncs'];
    const change = (facts: Facts): void => {
      directory(facts, 'usb:backup').inode = directory(facts, 'usb:Backup').inode;
    };
    const both = { a: 'destinations-overlap', b: 'destinations-overlap' };
    expect(codes({ volumes: { laptop, usb }, syncs, change })).toEqual(both);
  });

  it('are found through a bind mount of a folder', () => {
    const bind = { path: '/srv/backup' };
    const syncs = { a: ['laptop:docs', 'usb:a'], b: ['laptop:pics', 'bind:b'] } satisfies Scene['syncs'];
    const change = (facts: Facts): void => {
      const bound = directory(facts, 'bind:b');
      bound.device = directory(facts, 'usb:a').device;
      Object.assign(bound.mount ?? {}, { source: '/dev/sdb1[/a]', target: '/srv/backup/b' });
      bound.realPath = '/srv/backup/b';
    };
    const both = { a: 'destinations-overlap', b: 'destinations-overlap' };
    expect(codes({ volumes: { laptop, usb, bind }, syncs, change })).toEqual(both);
  });

  it('are found through two mounts of one btrfs, of which one shows a subvolume', () => {
    const pool = { path: '/mnt/pool', fsType: 'btrfs' };
    const home = { path: '/home/ada/backup', fsType: 'btrfs' };
    const change = (facts: Facts): void => {
      Object.assign(directory(facts, 'pool:@backup').mount ?? {}, { source: '/dev/sdc1' });
      Object.assign(directory(facts, 'home').mount ?? {}, { source: '/dev/sdc1[/@backup]' });
      // The same subvolume has another device number wherever it is looked at.
      Object.assign(directory(facts, 'home'), { inode: '256', device: '77' });
    };
    const syncs = { a: ['laptop:docs', 'pool:@backup'], b: ['laptop:pics', 'home'] } satisfies Scene['syncs'];
    const both = { a: 'destinations-overlap', b: 'destinations-overlap' };
    expect(codes({ volumes: { laptop, pool, home }, syncs, change })).toEqual(both);
  });

  it('stop a sync whose source and destination they are', () => {
    const change = (facts: Facts): void => {
      directory(facts, 'usb:docs').realPath = '/home/ada/docs';
      directory(facts, 'usb:docs').mount = directory(facts, 'laptop:docs').mount;
      directory(facts, 'usb:docs').device = directory(facts, 'laptop:docs').device;
    };
    const found = codes({ volumes: { laptop, usb }, syncs: { a: ['laptop:docs', 'usb:docs'] }, change });
    expect(found).toEqual({ a: 'destination-is-source' });
  });

  it('stop a chain that names its upstream otherwise than the upstream does, and all that read it so', () => {
    const alias = { path: '/alias' };
    const nas = { path: '/mnt/nas' };
    const change = (facts: Facts): void => {
      facts.endpoints['alias:docs']!.directory = { ...directory(facts, 'usb:docs') };
    };
    const syncs = {
      a: ['laptop:docs', 'usb:docs'],
      b: ['alias:docs', 'nas:b'],
      c: ['alias:docs', 'nas:c'],
      d: ['laptop:pics', 'nas:d'],
    } satisfies Scene['syncs'];
    const name = 'source-is-destination-alias';
    const found = codes({ volumes: { laptop, usb, alias, nas }, syncs, change });
    expect(found).toEqual({ a: name, b: name, c: name, d: 'ok' });
  });
});

describe('directories inside one another', () => {
  it('stop two syncs one of whose destinations is really inside the other', () => {
    const inner = { path: '/inner' };
    const change = (facts: Facts): void => {
      facts.endpoints['inner:b']!.directory = {
        ...directory(facts, 'usb:a'),
        realPath: '/mnt/usb/a/deep/b',
        inode: '9',
      };
    };
    const syncs = { a: ['laptop:docs', 'usb:a'], b: ['laptop:pics', 'inner:b'] } satisfies Scene['syncs'];
    const both = { a: 'destinations-overlap', b: 'destinations-overlap' };
    expect(codes({ volumes: { laptop, usb, inner }, syncs, change })).toEqual(both);
  });

  it('stop a sync whose source is really inside its destination', () => {
    const change = (facts: Facts): void => {
      directory(facts, 'laptop:docs').realPath = '/mnt/usb/a/docs';
      directory(facts, 'laptop:docs').mount = directory(facts, 'usb:a').mount;
      directory(facts, 'laptop:docs').device = directory(facts, 'usb:a').device;
    };
    const found = codes({ volumes: { laptop, usb }, syncs: { a: ['laptop:docs', 'usb:a'] }, change });
    expect(found).toEqual({ a: 'source-inside-destination' });
  });

  const underHome = { path: '/home/ada/stick' };

  it('stop a sync whose destination is on a drive that is mounted inside its source', () => {
    const found = codes({ volumes: { laptop, stick: underHome }, syncs: { a: ['laptop', 'stick:backup'] } });
    expect(found).toEqual({ a: 'destination-inside-source' });
  });

  it('let it run when a filter leaves the drive out', () => {
    const filters = 'filters = ["- /stick/"]';
    const found = codes({ volumes: { laptop, stick: underHome }, syncs: { a: ['laptop', 'stick:backup', filters] } });
    expect(found).toEqual({ a: 'ok' });
  });

  it.each(['-x', '--one-file-system', '-Hx'])('let it run when rsync is told %s', (flag) => {
    const rsync = `rsync.extra-options = ["${flag}"]`;
    const found = codes({ volumes: { laptop, stick: underHome }, syncs: { a: ['laptop', 'stick:backup', rsync] } });
    expect(found).toEqual({ a: 'ok' });
  });

  it('stop it when -x is only part of a value', () => {
    const rsync = 'rsync.extra-options = ["-B1x"]';
    const found = codes({ volumes: { laptop, stick: underHome }, syncs: { a: ['laptop', 'stick:backup', rsync] } });
    expect(found).toEqual({ a: 'destination-inside-source' });
  });

  it.each([
    ['filters', 'filters = ["- /stick/"]'],
    ['options', 'rsync.extra-options = ["-x"]'],
  ])('stop what reads the same source without the %s that leave the drive out', (_, narrower) => {
    const syncs = { a: ['laptop', 'stick:backup', narrower], b: ['laptop', 'usb:all'] } satisfies Scene['syncs'];
    const found = codes({ volumes: { laptop, usb, stick: underHome }, syncs });
    expect(found).toEqual({ a: 'destination-inside-source', b: 'destination-inside-source' });
  });

  it('stop two syncs one of whose destinations is a drive that is mounted inside the other', () => {
    const inner = { path: '/elsewhere', target: '/mnt/usb/a/inner' };
    const syncs = { a: ['laptop:docs', 'usb:a'], b: ['laptop:pics', 'inner:b'] } satisfies Scene['syncs'];
    const change = (facts: Facts): void => {
      directory(facts, 'inner:b').realPath = '/mnt/usb/a/inner/b';
    };
    const both = { a: 'destinations-overlap', b: 'destinations-overlap' };
    expect(codes({ volumes: { laptop, usb, inner }, syncs, change })).toEqual(both);
  });

  it('stop a sync of a source with two names, through the name that its spec does not relate to the destination', () => {
    // In laptop the spec shows that the destination is inside, and leaves it out; through the alias it does not.
    const alias = { path: '/alias', target: '/' };
    const change = (facts: Facts): void => {
      facts.endpoints['alias']!.directory = { ...facts.volumes['laptop']!.directory! };
      facts.endpoints['laptop']!.directory = { ...facts.volumes['laptop']!.directory! };
    };
    const syncs = {
      a: ['laptop', 'usb:a', 'filters = ["- /copy/"]'],
      b: ['alias', 'laptop:copy'],
    } satisfies Scene['syncs'];
    const found = codes({ volumes: { laptop, alias, usb }, syncs, change });
    expect(found).toEqual({ a: 'ok', b: 'destination-inside-source' });
  });

  it('leave alone what has no part in it', () => {
    const change = (facts: Facts): void => {
      directory(facts, 'usb:b').realPath = '/mnt/usb/a';
    };
    const syncs = {
      a: ['laptop:docs', 'usb:a'],
      b: ['laptop:pics', 'usb:b'],
      c: ['laptop:pics', 'usb:c'],
    } satisfies Scene['syncs'];
    expect(codes({ volumes: { laptop, usb }, syncs, change })).toMatchObject({ c: 'ok' });
  });
});

describe('many syncs', () => {
  it('of one source are stopped together', () => {
    const names = Array.from({ length: 300 }, (_, index) => `s${index}`);
    const syncs = Object.fromEntries(
      names.map((name): [string, [string, string]] => [name, ['laptop', `usb:${name}`]]),
    );
    const change = (facts: Facts): void => {
      for (const name of names) directory(facts, `usb:${name}`).realPath = `/home/ada/usb/${name}`;
    };
    const found = codes({ volumes: { laptop, usb }, syncs, change });
    expect(new Set(Object.values(found))).toEqual(new Set(['destination-inside-source']));
  });
});
