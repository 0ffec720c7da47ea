import { describe, expect, it } from 'vitest';
import {
  insidePreconditions,
  placePreconditions,
  sourcePreconditions,
  transferPreconditions,
} from '../../../../../src/planner/kinds/rsync/preconditions.ts';
import type { EndpointFacts } from '../../../../../src/planner/model/facts.ts';
import type { Precondition } from '../../../../../src/planner/model/step.ts';
import { HARD_LINK, NAME, planned, type Scene } from '../../../../support/planned-transfer.ts';
import { plainTarget } from '../../../../support/transfer.ts';

const of = (preconditions: readonly Precondition[]): Record<string, unknown> =>
  Object.fromEntries(preconditions.map(({ fact, value }) => [fact, value]));
const factsOf = (preconditions: readonly Precondition[]): string[] => preconditions.map(({ fact }) => fact);

function places(scene: Scene = {}, target = HARD_LINK): Record<string, unknown> {
  const { input } = planned(scene);
  return of(placePreconditions(input, { ...plainTarget(input.destination), ...target }));
}

describe('what a transfer relies on', () => {
  it('is room where the policy wants some, before it has begun', () => {
    const { policy } = planned().input.sync;
    const { input } = planned({ sync: { policy: { ...policy, minFree: 1000 } } });
    const room = transferPreconditions(input, plainTarget(input.destination)).filter(
      ({ check }) => check === 'at-least',
    );
    expect(room).toEqual([
      {
        ...{ fact: '/endpoints/usb:photos/directory/freeBytes', check: 'at-least', value: 1000, onlyBefore: true },
        description: 'free space of usb:photos',
      },
    ]);
  });

  it('is which snapshot is the last, where it makes one or is compared with one', () => {
    const latest = { kind: 'snapshot', name: NAME };
    const there = { destination: { snapshots: [NAME] } };
    expect(places({ mode: 'hard-link', ...there })['/endpoints/usb:photos/latest']).toEqual(latest);
    expect(places({ mode: 'hard-link', ...there }, { compareWith: null })['/endpoints/usb:photos/latest']).toEqual(
      latest,
    );
    expect(places(there)['/endpoints/usb:photos/latest']).toEqual(latest);
    expect(places(there, { compareWith: null })).not.toHaveProperty('/endpoints/usb:photos/latest');
  });

  it('is which snapshot of another sync it reads, where the plan has named it', () => {
    const source = { snapshots: [NAME] };
    const read = (sourcePath: string): string[] => Object.keys(places({ source, sourcePath }));
    expect(read(`/home/ada/Pictures/snapshots/${NAME}`)).toContain('/endpoints/laptop:Pictures/latest');
    expect(read('/home/ada/Pictures/snapshots/{snapshot:x}')).not.toContain('/endpoints/laptop:Pictures/latest');
    expect(read('/home/ada/Pictures')).not.toContain('/endpoints/laptop:Pictures/latest');
  });

  it('is what its kind of snapshots adds', () => {
    const own: Precondition = { fact: '/own', check: 'equals', value: 1, description: 'own' };
    expect(places({}, { preconditions: [own] })).toHaveProperty('/own', 1);
  });

  it('of a source alone is about that alone', () => {
    const facts = factsOf(sourcePreconditions(planned().input));
    expect(facts.filter((fact) => fact.includes('usb'))).toEqual([]);
    expect(facts).toContain('/endpoints/laptop:Pictures/sentinels/source');
  });
});

describe('what writes in a destination relies on', () => {
  const { destination, sync } = planned().input;
  const inside = (
    more: Partial<EndpointFacts> = {},
    mode: 'none' | 'hard-link' | 'btrfs' = 'none',
    directory: object = {},
  ): Record<string, unknown> => {
    const there = { ...destination.directory, ...directory } as EndpointFacts['directory'];
    return of(
      insidePreconditions(
        { ...sync, snapshots: { ...sync.snapshots, mode } },
        { ...destination, directory: there, ...more },
      ),
    );
  };
  const key = '/endpoints/usb:photos';

  it('is nothing where there is no folder', () => {
    expect(inside({ directory: null })).toEqual({});
  });

  it('is its folder, by its number where that stays, and its file system', () => {
    expect(inside()).toMatchObject({
      ...{ [`${key}/directory/mount/target`]: '/mnt/usb', [`${key}/directory/realPath`]: '/mnt/usb/photos' },
      [`${key}/directory/inode`]: destination.directory?.inode,
    });
    const mount = { target: '/mnt/usb', source: '/dev/sdb1', fsType: 'vfat', uuid: 'ABCD-1234', options: [] };
    expect(inside({}, 'none', { mount })).not.toHaveProperty([`${key}/directory/inode`]);
    expect(inside({}, 'none', { mount: null })).not.toHaveProperty([`${key}/directory/inode`]);
  });

  it('is the number of the file system where that has no UUID', () => {
    const { mount } = destination.directory ?? {};
    expect(inside()).not.toHaveProperty([`${key}/directory/device`]);
    expect(inside({}, 'none', { mount: { ...mount, uuid: null } })).toHaveProperty([`${key}/directory/device`]);
    expect(inside({}, 'none', { mount: null })).not.toHaveProperty([`${key}/directory/device`]);
  });

  it('is whose it is, but for a copy without snapshots, which gets the owner of the source', () => {
    expect(inside({}, 'hard-link', { owner: '1000' })).toHaveProperty([`${key}/directory/owner`], '1000');
    expect(inside({}, 'none', { owner: '1000' })).not.toHaveProperty([`${key}/directory/owner`]);
    expect(inside({}, 'hard-link')).not.toHaveProperty([`${key}/directory/owner`]);
  });

  it('is which folder the snapshots are in, or that it is no link where its number says nothing', () => {
    const snapshotsFolder = { inode: '7', owner: '1000' };
    expect(inside({ snapshotsFolder }, 'hard-link')).toHaveProperty([`${key}/snapshotsFolder`], snapshotsFolder);
    expect(inside({}, 'hard-link')).toHaveProperty([`${key}/snapshotsLink`], null);
    const mount = { target: '/mnt/usb', source: '/dev/sdb1', fsType: 'vfat', uuid: 'ABCD-1234', options: [] };
    for (const other of [{ mount }, { mount: null }]) {
      expect(inside({ snapshotsFolder }, 'hard-link', other)).toHaveProperty([`${key}/snapshotsLink`], null);
    }
    expect(Object.keys(inside({ snapshotsFolder })).filter((fact) => fact.includes('snapshots'))).toEqual([]);
  });

  it('is the folder in which subvolumes grow', () => {
    const staging = destination.directory && { ...destination.directory, realPath: '/mnt/usb/photos/staging' };
    expect(inside({ staging }, 'btrfs')).toHaveProperty([`${key}/staging/realPath`], '/mnt/usb/photos/staging');
    expect(inside({ staging }, 'hard-link')).not.toHaveProperty([`${key}/staging/realPath`]);
    expect(inside({ staging: null }, 'btrfs')).not.toHaveProperty([`${key}/staging/realPath`]);
  });
});
