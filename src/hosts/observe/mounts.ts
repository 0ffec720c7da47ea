import type { MountFacts } from '../../planner/model/facts.ts';
import { columnsOf } from './pairs.ts';

interface Mount {
  id: string;
  parent: string;
  facts: MountFacts;
}

/**
 * The mount table of a host, from `findmnt --pairs --nofsroot` with the probe's columns (findmnt(8)). What is no mount
 * in it is left out.
 *
 * @returns a function from an absolute path without symlinks to the mount that holds it; null when none does
 */
export function mountTable(pairs: string): (path: string) => MountFacts | null {
  const mounts = pairs.split('\n').flatMap(parseMount);
  const ids = new Set(mounts.map(({ id }) => id));
  const roots = mounts.filter(({ id, parent }) => id === parent || !ids.has(parent));
  const children = new Map<string, Mount[]>();
  for (const mount of mounts.filter(({ id, parent }) => id !== parent)) {
    children.set(mount.parent, [...(children.get(mount.parent) ?? []), mount]);
  }
  return (path) => {
    let holder = first(roots, path);
    for (let next = holder; next !== undefined; next = first(children.get(next.id) ?? [], path)) holder = next;
    return holder?.facts ?? null;
  };
}

/** Tells whether an absolute path is a directory or below it. */
export function isWithin(path: string, directory: string): boolean {
  return path === directory || path.startsWith(directory.endsWith('/') ? directory : `${directory}/`);
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

function parseMount(line: string): Mount[] {
  const get = columnsOf(line);
  if (get('TARGET') === '') return [];
  const root = get('FSROOT');
  const facts: MountFacts = {
    target: get('TARGET'),
    // As findmnt itself writes the folder of a file system that is mounted; only a column of its own is unambiguous.
    source: ['', '/'].includes(root) ? get('SOURCE') : `${get('SOURCE')}[${root}]`,
    fsType: get('FSTYPE'),
    uuid: get('UUID') === '' ? null : get('UUID'),
    options: get('OPTIONS').split(','),
  };
  return [{ id: get('ID'), parent: get('PARENT'), facts }];
}
