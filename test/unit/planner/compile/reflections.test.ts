import { describe, expect, it } from 'vitest';
import type { Facts } from '../../../../src/planner/model/facts.ts';
import { world } from '../../../support/facts.ts';
import { codes, directory, type Scene } from '../../../support/overlapping.ts';
import { planOf } from '../../../support/planning.ts';

const laptop = { path: '/home/ada', target: '/' };
const usb = { path: '/mnt/usb' };

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
