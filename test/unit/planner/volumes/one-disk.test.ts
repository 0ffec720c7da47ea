import { describe, expect, it } from 'vitest';
import { oneDiskRemarks } from '../../../../src/planner/volumes/one-disk.ts';
import { world, type VolumeWorld } from '../../../support/facts.ts';
import { specFrom } from '../../../support/planning.ts';

const SPEC = `version = 1
[volumes]
laptop.path = "/home"
data.path = "/data"
usb.path = "/usb"
[syncs.home]
source = "laptop"
destination = "data:home"
`;

type Volumes = Record<string, Partial<VolumeWorld> | null>;

/** Each volume on the disk `sda` unless it is said otherwise. */
function remarks(volumes: Volumes = {}, more = '') {
  const spec = specFrom(SPEC + more);
  const here = Object.keys(spec.volumes).map((name): [string, VolumeWorld | null] => {
    const given = volumes[name];
    return [name, given === null ? null : { path: `/${name}`, disks: ['sda'], ...given }];
  });
  const endpoints = Object.fromEntries(
    ['laptop', 'data:home'].map((key) => [key, { source: true, destination: true }]),
  );
  const facts = world({ volumes: Object.fromEntries(here), endpoints });
  return oneDiskRemarks({ spec, facts }, Object.values(spec.syncs), 'marked').map(({ message }) => message);
}

const ANOTHER = '[syncs.other]\nsource = "laptop"\ndestination = "usb:home"\n';

describe('copies on the disk of their originals (one-disk)', () => {
  it('are told, with the disk, once for two volumes', () => {
    expect(remarks()).toEqual([
      'The copies of home are on the disk of their originals (sda): if it fails or is stolen, both are gone.',
    ]);
    const docs = '[syncs.docs]\nsource = "laptop:docs"\ndestination = "data:docs"\n';
    expect(remarks({}, docs)).toEqual([expect.stringContaining('The copies of docs and home are') as string]);
  });

  it.each<[string, Volumes, string, boolean]>([
    ['another disk', { data: { disks: ['sdb'] } }, '', false],
    ['one of the two disks below the source', { laptop: { disks: ['sda', 'sdb'] } }, '', true],
    ['a RAID that has the disk of the source', { data: { disks: ['sda', 'sdb'] } }, '', false],
    ['disks that are not known', { laptop: { disks: [] }, data: { disks: [] } }, '', false],
    [
      'one file system without a known disk',
      { laptop: { disks: [], device: '7' }, data: { disks: [], device: '7' } },
      '',
      true,
    ],
    ['a volume that is not here', { data: null }, '', false],
    ['the mountpoint of a drive that is not here', { data: { sentinel: false, empty: true, target: '/' } }, '', false],
    [
      'another sync to the mountpoint of such a drive',
      { usb: { sentinel: false, empty: true, target: '/' } },
      ANOTHER,
      false,
    ],
    ['another sync to another disk', { usb: { disks: ['sdc'] } }, ANOTHER, false],
    ['another sync to a drive that is not here', { usb: null }, ANOTHER, false],
    ['another sync that is disabled', { usb: null }, `${ANOTHER}enabled = false\n`, true],
    ['a source that is a copy itself', {}, '[syncs.first]\nsource = "usb:x"\ndestination = "laptop"\n', false],
  ])('are told of %s: %#', (_, volumes, more, told) => {
    expect(remarks(volumes, more).some((message) => message.includes('copies of home'))).toBe(told);
  });
});
