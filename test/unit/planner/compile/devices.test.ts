import { describe, expect, it } from 'vitest';
import type { Facts, MountFacts } from '../../../../src/planner/model/facts.ts';
import { rotatingDrives } from '../../../../src/planner/volumes/for-several.ts';
import { world } from '../../../support/facts.ts';
import { planOf, specFrom, stepIn } from '../../../support/planning.ts';
import { day } from './rig.ts';

interface Scene {
  laptop?: Partial<MountFacts>;
  usb?: Partial<MountFacts>;
  /** Lines of the sync. */
  sync?: string;
}

const SOLID = { rotates: false };
const HARD_LINKS = 'snapshots = { mode = "hard-link", keep = { last = 1 } }';
const CHANGED = 'snapshots = { mode = "hard-link", keep = { last = 1 }, when = "changed" }';
const ID = '7f3b2c1d-1111-4222-8333-444455556666';

function scene({ laptop = {}, usb = {} }: Scene): Facts {
  const facts = world({
    volumes: { laptop: { path: '/home/ada', device: '1' }, usb: { path: '/usb', device: '2' } },
    endpoints: {
      'laptop:docs': { source: true, identity: { source: ID } },
      'usb:docs': { destination: true, identity: { owner: null }, snapshots: [day('2026-03-01'), day('2026-03-02')] },
    },
  });
  for (const [key, change] of Object.entries({ 'laptop:docs': laptop, 'usb:docs': usb })) {
    Object.assign(facts.endpoints[key]?.directory?.mount ?? {}, change);
  }
  return facts;
}

function specOf(sync: string): string {
  return `version = 1
[volumes.laptop]
path = "/home/ada"
[volumes.usb]
path = "/usb"
[syncs.docs]
source = "laptop:docs"
destination = "usb:docs"
${sync.includes('snapshots') ? '' : HARD_LINKS}
${sync}`;
}

/** The drives that each step of a sync from a laptop to a drive keeps to itself, by kind. */
function devices({ sync = '', ...mounts }: Scene): Record<string, string[]> {
  const plan = planOf(specOf(sync), scene(mounts));
  return Object.fromEntries(
    ['transfer', 'snapshot', 'prune', 'record'].map((kind) => [kind, stepIn(plan, `${kind}:docs`).devices]),
  );
}

describe('the drives that a step keeps to itself', () => {
  it('are both ends of a copy, and the destination of what follows but for a note', () => {
    for (const known of [{}, { rotates: true }]) {
      const kept = devices({ laptop: known, usb: known });
      expect(kept).toEqual({ transfer: ['2', '1'], snapshot: ['2'], prune: ['2'], record: [] });
    }
  });

  it.each<[string, Partial<MountFacts>]>([
    ['a drive that does not rotate', SOLID],
    ['memory', { fsType: 'tmpfs' }],
    ['btrfs that says that none of its disks rotates', { ...SOLID, fsType: 'btrfs', options: ['rw', 'ssd'] }],
  ])('are not %s, which does several things at once', (_, mount) => {
    expect(devices({ laptop: mount, usb: mount })).toEqual({ transfer: [], snapshot: [], prune: [], record: [] });
    expect(devices({ usb: mount })).toEqual({ transfer: ['1'], snapshot: [], prune: [], record: [] });
    expect(devices({ laptop: mount })).toEqual({ transfer: ['2'], snapshot: ['2'], prune: ['2'], record: [] });
  });

  it('are those of btrfs that has another disk besides', () => {
    expect(devices({ laptop: SOLID, usb: { ...SOLID, fsType: 'btrfs' } })['transfer']).toEqual(['/dev/disk-of/usb']);
  });

  it.each<[string, Scene, string | undefined]>([
    ['compares first', { sync: CHANGED }, 'writing'],
    ['compares first, and one end does not rotate', { laptop: SOLID, sync: CHANGED }, 'writing'],
    ['begins with links', {}, undefined],
    ['has an end that rotates', { usb: { rotates: true }, sync: CHANGED }, undefined],
    ['counts room', { sync: `${CHANGED}\npolicy.min-free = "5GiB"` }, undefined],
    ['has two ends that do not rotate', { laptop: SOLID, usb: SOLID, sync: CHANGED }, undefined],
  ])('are its own only to write, or from its beginning, where a sync %s', (_, { sync = '', ...mounts }, kept) => {
    const { devicesFor } = stepIn(planOf(specOf(sync), scene(mounts)), 'transfer:docs');
    expect(devicesFor).toBe(kept);
  });

  it.each(['policy.min-free = "5GiB"', 'policy.prune-first = true'])(
    'are all where the spec has %s: room is counted before each copy',
    (sync) => {
      expect(devices({ laptop: SOLID, usb: SOLID, sync })['transfer']).toEqual(['2', '1']);
    },
  );
});

describe('the drives that a comparison keeps to itself', () => {
  it.each<[string, boolean | undefined, string[]]>([
    ['that rotate', true, ['2']],
    ['that do not', false, []],
    ['of which nobody knows', undefined, []],
  ])('of those %s', (_, rotates, kept) => {
    const facts = scene({ usb: rotates === undefined ? {} : { rotates } });
    expect(rotatingDrives({ spec: specFrom(specOf('')), facts }, 'docs')).toEqual(kept);
  });
});
