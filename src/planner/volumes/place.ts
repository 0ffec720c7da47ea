import type { DirectoryFacts, MountFacts } from '../model/facts.ts';
import { hostAt, LOCAL_HOST } from '../model/spec.ts';
import type { Known } from '../model/known.ts';

/** Where a directory really is, whatever it is called: aliases, symlinks and bind mounts have one place. */
export interface Place {
  /** As `deviceOf` has it. */
  device: string;
  /** Within the file system; begins and ends with a slash. */
  path: string;
}

/**
 * The drive that a directory is on. A btrfs file system gives each subvolume a device number of its own, so there the
 * mount's source stands for it. Two hosts number their devices alike, so a server's are marked with its id.
 *
 * @param host its id
 */
export function deviceOf(host: string, directory: Pick<DirectoryFacts, 'mount' | 'device'>): string {
  const mount = directory.mount;
  const device = mount?.fsType === 'btrfs' ? mount.source.replace(/\[.*\]$/s, '') : directory.device;
  return onHost(host, device);
}

/** The machine of a volume: one that is reached as several hosts is one, and numbers its devices once. */
export function machineAt({ spec, facts }: Known, volume: string): string {
  const id = hostAt(spec, volume);
  const host = facts.hosts[id];
  return host?.reachable === true ? (host.sameAs ?? id) : id;
}

/** findmnt(8) shows the root of a bind mount or subvolume within its file system as `SOURCE[/path]`. */
export function placeOf(host: string, directory: Pick<DirectoryFacts, 'mount' | 'device' | 'realPath'>): Place {
  const mount = directory.mount;
  if (mount === null) return { device: onHost(host, directory.device), path: slashed(directory.realPath) };
  const root = /\[(?<root>.*)\]$/s.exec(mount.source)?.groups?.['root'] ?? '/';
  const below = belowMount(directory.realPath, mount);
  return { device: deviceOf(host, directory), path: slashed(`${root === '/' ? '' : root}${below}`) };
}

/** A path within a mount, from its mount point: empty or with a slash at its beginning. */
export function belowMount(path: string, { target }: MountFacts): string {
  return target === '/' ? path : path.slice(target.length);
}

/** The folder that a fuse mount shows a second time, as bindfs names it in the mount table; null for any other mount. */
export function repeatedFolder({ fsType, source }: MountFacts): string | null {
  const isFolder = source.startsWith('/') && !source.startsWith('/dev/');
  return isFolder && ['fuse', 'fuse.bindfs'].includes(fsType) ? source : null;
}

/** True for the same place too. */
export function contains(outer: Place, inner: Place): boolean {
  return outer.device === inner.device && inner.path.startsWith(outer.path);
}

/** What names a thing on one host, so that it is no other host's: as it is for this machine. */
export function onHost(host: string, name: string): string {
  return host === LOCAL_HOST ? name : `${host} ${name}`;
}

export function slashed(path: string): string {
  return path.endsWith('/') ? path : `${path}/`;
}
