import type { DirectoryFacts } from '../model/facts.ts';

/** Where a directory really is, whatever it is called: aliases, symlinks and bind mounts have one place. */
export interface Place {
  device: string;
  /** Within the file system; begins and ends with a slash. */
  path: string;
}

/**
 * The drive that a directory is on. A btrfs file system gives each subvolume a device number of its own, so there the
 * mount's source stands for it.
 */
export function deviceOf(directory: DirectoryFacts): string {
  const mount = directory.mount;
  return mount?.fsType === 'btrfs' ? mount.source.replace(/\[.*\]$/s, '') : directory.device;
}

/** findmnt(8) shows the root of a bind mount or subvolume within its file system as `SOURCE[/path]`. */
export function placeOf(directory: DirectoryFacts): Place {
  const mount = directory.mount;
  if (mount === null) return { device: directory.device, path: slashed(directory.realPath) };
  const root = /\[(?<root>.*)\]$/s.exec(mount.source)?.groups?.['root'] ?? '/';
  const below = mount.target === '/' ? directory.realPath : directory.realPath.slice(mount.target.length);
  return { device: deviceOf(directory), path: slashed(`${root === '/' ? '' : root}${below}`) };
}

/** True for the same place too. */
export function contains(outer: Place, inner: Place): boolean {
  return outer.device === inner.device && inner.path.startsWith(outer.path);
}

export function slashed(path: string): string {
  return path.endsWith('/') ? path : `${path}/`;
}
