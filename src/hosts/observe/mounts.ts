import { isWithin } from '../../planner/model/paths.ts';
import type { InnerMount, MountFacts } from '../../planner/model/facts.ts';
import { belowMount, repeatedFolder } from '../../planner/volumes/place.ts';
import { columnsOf } from './pairs.ts';

interface Mount {
  id: string;
  parent: string;
  /** Such as `8:17`. */
  number: string;
  facts: MountFacts;
}

/** What a host's mounts say of absolute paths without symlinks. */
export interface MountTable {
  /** The mount that holds a path; null when none does. */
  of: (path: string) => MountFacts | null;
  /** What is mounted below a directory and can be seen there, each with what it shows. */
  below: (path: string) => InnerMount[];
}

/**
 * The mount table of a host, from `findmnt --pairs --nofsroot` with the probe's columns (findmnt(8)). What is no mount
 * in it is left out.
 *
 * @param disks a line for each device: its path, and the whole disks below it (`DISKS_FUNCTION`)
 */
export function mountTable(pairs: string, disks = ''): MountTable {
  const standsOn = new Map(disks.split('\n').map((line) => [line.split('\t')[0] ?? '', line.split('\t').slice(1)]));
  // The kernel gives each a number of its own. Of two with one number, the tree of a false answer would have no end.
  const mounts = [
    ...new Map(
      pairs
        .split('\n')
        .flatMap((line) => parseMount(line, standsOn))
        .map((mount) => [mount.id, mount]),
    ).values(),
  ];
  const ids = new Set(mounts.map(({ id }) => id));
  const roots = mounts.filter(({ id, parent }) => id === parent || !ids.has(parent));
  const children = new Map<string, Mount[]>();
  for (const mount of mounts.filter(({ id, parent }) => id !== parent)) {
    const siblings = children.get(mount.parent);
    if (siblings === undefined) children.set(mount.parent, [mount]);
    else siblings.push(mount);
  }
  const holderOf = (path: string): Mount | undefined => {
    let holder = first(roots, path);
    for (let next = holder; next !== undefined; next = first(children.get(next.id) ?? [], path)) holder = next;
    return holder;
  };
  const isSeen = (mount: Mount): boolean => holderOf(mount.facts.target) === mount;
  return {
    of: (path) => holderOf(path)?.facts ?? null,
    below: (path) =>
      mounts
        .filter(({ facts }) => facts.target !== path && isWithin(facts.target, path))
        .filter(isSeen)
        .flatMap((mount) => shownBy(mount, holderOf)),
  };
}

/** What a mount shows: one of fuse that repeats a folder (bindfs) shows that folder's file system. */
function shownBy({ number, facts }: Mount, holderOf: (path: string) => Mount | undefined): InnerMount[] {
  const repeated = repeatedFolder(facts);
  const holder = repeated === null ? undefined : holderOf(repeated);
  const device = deviceNumber(holder?.number ?? number);
  if (device === null) return [];
  if (repeated === null || holder === undefined) return [{ device, mount: facts }];
  const [, name = '', root = ''] = /^(.*?)(?:\[(.*)\])?$/s.exec(holder.facts.source) ?? [];
  const path = `${root}${belowMount(repeated, holder.facts)}`;
  return [
    { device, mount: { ...holder.facts, target: facts.target, source: path === '' ? name : `${name}[${path}]` } },
  ];
}

/** `st_dev` in decimal, as Linux puts it together (makedev(3)). Null for what is no device number. */
function deviceNumber(text: string): string | null {
  const [, whole] = /^dev:(\d+)$/.exec(text.trim()) ?? [];
  if (whole !== undefined) return whole;
  const [, major, minor] = /^(\d+):(\d+)$/.exec(text.trim()) ?? [];
  if (major === undefined || minor === undefined) return null;
  const [high, low] = [BigInt(major), BigInt(minor)];
  const number = (low & 0xffn) | ((high & 0xfffn) << 8n) | ((low & ~0xffn) << 12n) | ((high & ~0xfffn) << 32n);
  return String(number);
}

/**
 * The mount that one walks into on the way to a path. Of two with the same parent, such as `/a` and `/a/b`, that is the
 * upper: the kernel resolves `/a` first, and the other is hidden below it unless it is a child of `/a` itself.
 */
function first(mounts: readonly Mount[], path: string): Mount | undefined {
  return mounts
    .filter(({ facts }) => isWithin(path, facts.target))
    .reduce<Mount | undefined>(
      (upper, mount) => (upper && upper.facts.target.length <= mount.facts.target.length ? upper : mount),
      undefined,
    );
}

function parseMount(line: string, standsOn: ReadonlyMap<string, readonly string[]>): Mount[] {
  const get = columnsOf(line);
  if (get('TARGET') === '') return [];
  const root = get('FSROOT');
  const disks = standsOn.get(get('SOURCE')) ?? [];
  const names = disks.map((disk) => disk.split(' ', 1).join());
  const rotates = anyRotates(disks);
  const facts: MountFacts = {
    target: get('TARGET'),
    // As findmnt itself writes the folder of a file system that is mounted; only a column of its own is unambiguous.
    source: ['', '/'].includes(root) ? get('SOURCE') : `${get('SOURCE')}[${root}]`,
    fsType: get('FSTYPE'),
    uuid: get('UUID') === '' ? null : get('UUID'),
    options: get('OPTIONS').split(','),
    ...(disks.length === 0 ? {} : { disks: [...new Set(names)].sort() }),
    ...(rotates === null ? {} : { rotates }),
  };
  // `MAJ:MIN`, and `MAJ_MIN` in newer versions of findmnt.
  return [{ id: get('ID'), parent: get('PARENT'), number: get('MIN'), facts }];
}

/**
 * Of a disk of a virtual machine the kernel does not know it, and says 1. A memory card does not rotate, and is no faster
 * for writing in several places all the same.
 */
const GUESSED = /^(?:vd|xvd|mmcblk)/;

/** Whether one of the disks rotates; null where that is not known of each. */
function anyRotates(disks: readonly string[]): boolean | null {
  const said = disks.map((disk) => (GUESSED.test(disk) ? undefined : disk.split(' ')[1]));
  if (said.includes('1')) return true;
  return said.length > 0 && said.every((word) => word === '0') ? false : null;
}
