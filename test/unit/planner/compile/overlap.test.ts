import { describe, expect, it } from 'vitest';
import type { DirectoryFacts, Facts } from '../../../../src/planner/model/facts.ts';
import { world, type VolumeWorld } from '../../../support/facts.ts';
import { planOf } from '../../../support/planning.ts';

const laptop = { path: '/home/ada', target: '/' };
const usb = { path: '/mnt/usb' };

/** Each sync as `[source, destination]` with more lines of its table; volumes as their paths. */
interface Scene {
  volumes: Record<string, VolumeWorld>;
  syncs: Record<string, [source: string, destination: string, ...more: string[]]>;
  change?: (facts: Facts) => void;
}

/** The code of each sync, `ok` for one that is planned. */
function codes({ volumes, syncs, change }: Scene): Record<string, string> {
  const toml = [
    'version = 1',
    // The spec does not know where a home is, so that only facts can tell what is inside it.
    ...Object.entries(volumes).map(
      ([name, { path }]) => `[volumes.${name}]\npath = "${path === laptop.path ? '~' : path}"`,
    ),
    ...Object.entries(syncs).map(
      ([name, [source, destination, ...more]]) =>
        `[syncs.${name}]\nsource = "${source}"\ndestination = "${destination}"\n${more.join('\n')}`,
    ),
  ];
  const keys = Object.values(syncs).flatMap(([source, destination]) => [source, destination]);
  const endpoints = Object.fromEntries(keys.map((key) => [key, { source: true, destination: true }]));
  const facts = world({ volumes, endpoints });
  change?.(facts);
  return Object.fromEntries(planOf(toml.join('\n'), facts).syncs.map(({ name, code }) => [name, code ?? 'ok']));
}

function directory(facts: Facts, key: string): DirectoryFacts {
  const found = facts.endpoints[key]?.directory;
  if (found == null) throw new Error(`${key} is not there`);
  return found;
}

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

describe('a mount further down', () => {
  /** Mounts a folder of the file system that holds one end onto a folder of another end. */
  const mounted = (facts: Facts, on: string, at: string, of: string, root = ''): void => {
    const { device, mount, realPath } = directory(facts, of);
    const folder = root === '' ? realPath.slice(mount?.target === '/' ? 0 : mount!.target.length) : root;
    const source = folder === '/' ? mount!.source : `${mount!.source}[${folder}]`;
    const target = `${directory(facts, on).realPath}/${at}`;
    const endpoint = facts.endpoints[on]!;
    endpoint.mounts = [...(endpoint.mounts ?? []), { device, mount: { ...mount!, target, source } }];
  };
  const syncs = (...more: string[]): Scene['syncs'] => ({ a: ['laptop:docs', 'usb:a', ...more] });
  const volumes = { laptop, usb };

  it.each([
    ['the destination', '', 'in/here'],
    ['what is around it', '/', 'in/here/a'],
    ['a part of it', '/a/snapshots', 'in/here'],
  ])('of the source that shows %s stops the sync', (_, root, inside) => {
    const change = (facts: Facts): void => mounted(facts, 'laptop:docs', 'in/here', 'usb:a', root);
    expect(codes({ volumes, syncs: syncs(), change })).toEqual({ a: 'destination-inside-source' });
    const left = syncs(`filters = ["- /${inside}/"]`);
    expect(codes({ volumes, syncs: left, change })).toEqual({ a: 'ok' });
    const others = syncs(`filters = ["- /${inside}s/"]`);
    expect(codes({ volumes, syncs: others, change })).toEqual({ a: 'destination-inside-source' });
    const staying = syncs('rsync.extra-options = ["-x"]');
    expect(codes({ volumes, syncs: staying, change })).toEqual({ a: 'ok' });
  });

  it('of the source that shows the destination of another sync stops both', () => {
    const both = { a: ['laptop:docs', 'usb:a'], b: ['laptop:pics', 'usb:b'], c: ['laptop:pics', 'usb:c'] } as const;
    const change = (facts: Facts): void => mounted(facts, 'laptop:docs', 'x', 'usb:b');
    const code = 'destination-inside-source';
    expect(codes({ volumes, syncs: both as never, change })).toEqual({ a: code, b: code, c: 'ok' });
  });

  it('of the source that shows another place of the same drive stops nothing', () => {
    const change = (facts: Facts): void => {
      mounted(facts, 'laptop:docs', 'x', 'usb:a', '/other');
      mounted(facts, 'laptop:docs', 'y', 'usb:a', '/a-too');
    };
    expect(codes({ volumes, syncs: syncs(), change })).toEqual({ a: 'ok' });
  });

  it('of the destination that shows the source, or a part that is copied, stops the sync', () => {
    const plain = { ...usb };
    const into = (root: string, ...more: string[]): Record<string, string> =>
      codes({
        volumes: { laptop, usb: plain },
        syncs: syncs('snapshots.mode = "none"', ...more),
        change: (facts) => mounted(facts, 'usb:a', 'x', 'laptop:docs', root),
      });
    expect(into('')).toEqual({ a: 'source-inside-destination' });
    expect(into('/home')).toEqual({ a: 'source-inside-destination' });
    expect(into('/home/ada/docs/part')).toEqual({ a: 'source-inside-destination' });
    expect(into('/home/ada/docs/part', 'filters = ["- /part/"]')).toEqual({ a: 'ok' });
    expect(into('/home/ada/other')).toEqual({ a: 'ok' });
  });

  it('of the destination beside its snapshots is out of reach of a run', () => {
    const at = (folder: string): Record<string, string> => {
      const volumes = { laptop, usb };
      const endpoints = {
        'laptop:docs': { source: true },
        'usb:a': { destination: true, snapshots: [] },
      };
      const facts = world({ volumes, endpoints });
      mounted(facts, 'usb:a', folder, 'laptop:docs');
      const toml = `version = 1\n[volumes.laptop]\npath = "~"\n[volumes.usb]\npath = "/mnt/usb"
[syncs.a]\nsource = "laptop:docs"\ndestination = "usb:a"\nsnapshots.mode = "hard-link"`;
      return Object.fromEntries(planOf(toml, facts).syncs.map(({ name, code }) => [name, code ?? 'ok']));
    };
    expect(at('shown')).toEqual({ a: 'ok' });
    expect(at('snapshots/shown')).toEqual({ a: 'source-inside-destination' });
  });

  it('of a destination that shows the same or another destination stops those', () => {
    const both = { a: ['laptop:docs', 'usb:a'], b: ['laptop:pics', 'usb:b'] } satisfies Scene['syncs'];
    const other = (facts: Facts): void => mounted(facts, 'usb:a', 'x', 'usb:b');
    const code = 'destinations-overlap';
    expect(codes({ volumes, syncs: both, change: other })).toEqual({ a: code, b: code });
    const itself = (facts: Facts): void => mounted(facts, 'usb:a', 'x', 'usb:a');
    expect(codes({ volumes, syncs: both, change: itself })).toEqual({ a: code, b: 'ok' });
  });

  it('that is a folder mounted onto itself stops nothing, as a service has it that may write there only', () => {
    const change = (facts: Facts): void => mounted(facts, 'usb:a', 'x', 'usb:a', '/a/x');
    expect(codes({ volumes, syncs: syncs(), change })).toEqual({ a: 'ok' });
  });

  it("of another subvolume stops nothing, and of the destination's does", () => {
    const whole = { path: '/', fsType: 'btrfs' };
    const pool = { path: '/backup', fsType: 'btrfs' };
    const subvolumes = (...shown: string[]): Record<string, string> =>
      codes({
        volumes: { whole, pool },
        syncs: { a: ['whole', 'pool:a', 'filters = ["- /backup/"]'] },
        change: (facts) => {
          Object.assign(directory(facts, 'whole').mount!, { source: '/dev/sda2[/@]' });
          Object.assign(directory(facts, 'whole'), { device: '40' });
          Object.assign(directory(facts, 'pool:a').mount!, { source: '/dev/sda2[/@backup]' });
          Object.assign(directory(facts, 'pool:a'), { device: '41' });
          facts.endpoints['whole']!.mounts = shown.map((root, index) => ({
            device: String(50 + index),
            mount: { ...directory(facts, 'whole').mount!, target: `/mount${index}`, source: `/dev/sda2[${root}]` },
          }));
        },
      });
    expect(subvolumes('/@home', '/@log', '/@snapshots', '/@/var/lib/docker/x')).toEqual({ a: 'ok' });
    expect(subvolumes('/@home', '/@backup')).toEqual({ a: 'destination-inside-source' });
  });

  it('that fuse repeats is the folder that it repeats', () => {
    const repeated = { path: '/view', fsType: 'fuse' };
    const change = (facts: Facts): void => {
      Object.assign(directory(facts, 'repeated:docs').mount!, { source: '/mnt/usb' });
    };
    const inside = { a: ['repeated:docs', 'usb:docs/backup'] } satisfies Scene['syncs'];
    const found = codes({ volumes: { repeated, usb }, syncs: inside, change });
    expect(found).toEqual({ a: 'destination-inside-source' });
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
