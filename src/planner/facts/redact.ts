import type {
  BlockDevice,
  DirectoryFacts,
  DriveFacts,
  EndpointFacts,
  Facts,
  HostFacts,
  LatestFacts,
  OpenedDrive,
  Prunable,
  SyncHistory,
  TransferPreview,
  VolumeFacts,
} from '../model/facts.ts';
import type { HostRoute } from '../model/route.ts';
import { parseSnapshotName } from '../retention/names.ts';

/** Parts of paths that say nothing about anybody. */
const COMMON = new Set([
  '',
  '.',
  '~',
  'dev',
  'home',
  'mapper',
  'media',
  'mnt',
  'root',
  'run',
  'srv',
  'tmp',
  'Users',
  'Volumes',
]);
const NOT_REACHABLE = 'not reachable';
const OURS = new Set(['snapshots', 'staging', 'latest']);

/** What the kernel itself calls a device; others bear names that people gave them. */
const KERNEL_DEVICE =
  /^\/dev\/(?:[hsv]d[a-z]+\d*|nvme\d+n\d+(?:p\d+)?|mmcblk\d+(?:p\d+)?|(?:dm-|loop|md|ubd)[\da-z]+)$/;

/** Options of a mount that plans rely on. Others may hold names and addresses (mount.cifs(8)). */
const MOUNT_OPTIONS = new Set(['ro', 'rw', 'user_subvol_rm_allowed']);

/** What a dead run may leave is called so. */
const LEFTOVER = /^\.nbkp-(?:(?:latest|tmp)-[\w.:-]*|source)$/;

/** The sign of a filter rule (rsync(1), FILTER RULES); what follows is a pattern. */
const RULE =
  /^(?<sign>[-+:.HSPR!](?:,?[/!CsrpxenwFX]*)?[ _]|(?:exclude|include|merge|dir-merge|hide|show|protect|risk|clear)[ ,]?)/;

/**
 * Facts without names of machines, users, folders and files. The same name becomes the same pseudonym everywhere, so
 * that what lies in what, and on which drive, stays true. Nothing is taken over that is not named here: what is new in the
 * facts stays out until somebody has decided that it is harmless. The words of the spec stay (names of volumes and syncs,
 * subfolders in the keys of endpoints, UUIDs, names of filter files): whoever plans has the spec.
 *
 * A plan of it is the same but for what rests on what is left out: whose a destination is, mounts further down, and what
 * executors were answered, since only they know what that says.
 */
export function redactFacts(facts: Facts): Facts {
  const words = new Pseudonyms();
  const { formatVersion, basis, observedAt, machine } = facts;
  return {
    ...{ formatVersion, basis, observedAt },
    machine: { hostname: words.of('host', machine.hostname), user: words.of('user', machine.user) },
    hosts: mapValues(facts.hosts, (host) => redactHost(host, words)),
    volumes: mapValues(facts.volumes, (volume) => redactVolume(volume, words)),
    endpoints: mapValues(facts.endpoints, (endpoint) => redactEndpoint(endpoint, words)),
    filterFiles: mapValues(
      facts.filterFiles,
      (rules) => rules && rules.map((rule) => (rule === '' ? '' : words.rule(rule))),
    ),
    history: mapValues(facts.history, (history) => redactHistory(history, words)),
    previews: mapValues(facts.previews, (preview) => redactPreview(preview, words)),
    ...(facts.prunable === undefined ? {} : { prunable: mapValues(facts.prunable, redactPrunable) }),
  };
}

class Pseudonyms {
  readonly #known = new Map<string, string>();
  readonly #counts = new Map<string, number>();

  of(kind: 'host' | 'user' | 'name', word: string): string {
    const key = `${kind} ${word}`;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const count = (this.#counts.get(kind) ?? 0) + 1;
    this.#counts.set(kind, count);
    const pseudonym = `${kind}-${count}`;
    this.#known.set(key, pseudonym);
    return pseudonym;
  }

  path(path: string): string {
    return path
      .split('/')
      .map((part) => this.#part(part))
      .join('/');
  }

  pathOrNull(path: string | null): string | null {
    return path === null ? null : this.path(path);
  }

  /** `/dev/sdb1`, and as findmnt(8) shows a part of it `/dev/sdb1[/path]`; others may name a server. */
  source(source: string): string {
    const [, device = source, root] = /^([^[]*)(?:\[(.*)\])?$/s.exec(source) ?? [];
    const named = KERNEL_DEVICE.test(device) ? device : this.path(device);
    return root === undefined ? named : `${named}[${this.path(root)}]`;
  }

  /** A rule keeps its sign, and so what it does; what it does it to is a name. */
  rule(rule: string): string {
    const sign = RULE.exec(rule)?.groups?.['sign'] ?? '- ';
    const pattern = rule.slice(sign.length);
    return pattern === '' ? rule : `${sign}${this.of('name', pattern)}`;
  }

  #part(part: string): string {
    const plain = COMMON.has(part) || OURS.has(part) || part.startsWith('.nbkp-') || parseSnapshotName(part) !== null;
    return plain ? part : this.of('name', part);
  }
}

/** Why a server is not reachable is told with names and addresses. */
function redactHost(host: HostFacts, words: Pseudonyms): HostFacts {
  const route = host.route === undefined ? {} : { route: redactRoute(host.route) };
  if (!host.reachable)
    return {
      reachable: false,
      ...route,
      reason: NOT_REACHABLE,
      ...(host.system !== undefined && { system: host.system }),
    };
  const { os, sameAs, uid, rsync, btrfs, flock, clockSkew, udisks, perl, conditions } = host;
  return {
    ...{ reachable: true, ...route, os, uid, btrfs, flock },
    ...{ home: words.path(host.home), user: words.of('user', host.user) },
    rsync: rsync && { kind: rsync.kind, version: rsync.version },
    ...(sameAs === undefined ? {} : { sameAs }),
    ...(clockSkew === undefined ? {} : { clockSkew }),
    ...(udisks === undefined ? {} : { udisks }),
    ...(perl === undefined ? {} : { perl }),
    ...(conditions === undefined
      ? {}
      : { conditions: { onBattery: conditions.onBattery, metered: conditions.metered } }),
  };
}

/** The names of endpoints are the spec's. */
function redactRoute({ endpoint, passedOver, excluded }: HostRoute): HostRoute {
  return {
    ...{ endpoint, excluded },
    passedOver: passedOver.map(({ endpoint: name, problem }) => ({
      endpoint: name,
      problem: problem && { code: problem.code, message: NOT_REACHABLE, help: '', short: NOT_REACHABLE },
    })),
  };
}

function redactVolume(volume: VolumeFacts, words: Pseudonyms): VolumeFacts {
  return {
    path: words.pathOrNull(volume.path),
    directory: redactDirectory(volume.directory, words),
    sentinel: volume.sentinel,
    ...(volume.notMark === undefined ? {} : { notMark: volume.notMark }),
    ...(volume.notFolder && { notFolder: true as const }),
    unmountedFstabTarget: words.pathOrNull(volume.unmountedFstabTarget),
    ...(volume.drive === undefined ? {} : { drive: redactDrive(volume.drive, words) }),
  };
}

function redactDrive({ devices, cleartext, namesake, opened }: DriveFacts, words: Pseudonyms): DriveFacts {
  return {
    devices: devices.map((device) => redactDevice(device, words)),
    cleartext: cleartext && redactDevice(cleartext, words),
    namesake: namesake && redactDevice(namesake, words),
    ...(opened === undefined ? {} : { opened: redactOpened(opened) }),
  };
}

function redactOpened({ run, unlockedAt, mountedAt, kept, users }: OpenedDrive): OpenedDrive {
  return { run, unlockedAt, mountedAt, kept, users: [...users] };
}

function redactDevice(device: BlockDevice, words: Pseudonyms): BlockDevice {
  const { type, fsType, uuid, readOnly, sequence, inContainer } = device;
  const label = device.label === '' ? '' : words.of('name', device.label);
  const more = { ...(sequence && { sequence }), ...(inContainer && { inContainer }) };
  return { path: words.source(device.path), type, fsType, uuid, label, readOnly, ...more };
}

function redactDirectory(directory: DirectoryFacts | null, words: Pseudonyms): DirectoryFacts | null {
  if (directory === null) return null;
  const { device, inode, writable, empty, subvolume, mount, freeBytes, totalBytes, freeInodes } = directory;
  return {
    realPath: words.path(directory.realPath),
    ...{ device, inode, writable, empty, subvolume, freeBytes, totalBytes, freeInodes },
    mount: mount && {
      target: words.path(mount.target),
      source: words.source(mount.source),
      fsType: mount.fsType,
      uuid: mount.uuid,
      options: mount.options.filter((option) => MOUNT_OPTIONS.has(option)),
      ...(mount.disks === undefined ? {} : { disks: [...mount.disks] }),
      ...(mount.rotates === undefined ? {} : { rotates: mount.rotates }),
      ...(mount.tried === undefined ? {} : { tried: [...mount.tried] }),
      ...(mount.folds === undefined ? {} : { folds: mount.folds }),
    },
  };
}

function redactEndpoint(endpoint: EndpointFacts, words: Pseudonyms): EndpointFacts {
  const { sentinels, notMarks, nanoseconds, latest, snapshots, leftovers } = endpoint;
  return {
    path: words.path(endpoint.path),
    directory: redactDirectory(endpoint.directory, words),
    sentinels: { source: sentinels.source, destination: sentinels.destination },
    ...(notMarks && { notMarks: { ...notMarks } }),
    ...(endpoint.notFolder && { notFolder: true as const }),
    ...(nanoseconds && { nanoseconds: { source: nanoseconds.source, destination: nanoseconds.destination } }),
    latest: redactLatest(latest, words),
    snapshots:
      snapshots &&
      Object.fromEntries(Object.entries(snapshots).map(([name, { kind }]) => [redactEntry(name, words), { kind }])),
    staging: redactDirectory(endpoint.staging, words),
    leftovers: leftovers.map((name) => (LEFTOVER.test(name) ? name : words.of('name', name))),
    ...(endpoint.sourceFolderLink === true ? { sourceFolderLink: true as const } : {}),
    ...(endpoint.snapshotsLink === true ? { snapshotsLink: true as const } : {}),
    ...(endpoint.snapshotsReadOnly === true ? { snapshotsReadOnly: true as const } : {}),
    // Whose place it is, what is mounted below, and what fstab says, is left out: the paths there tell more than a plan needs.
  };
}

function redactLatest(latest: LatestFacts, words: Pseudonyms): LatestFacts {
  if (latest.kind === 'snapshot') return { kind: 'snapshot', name: redactEntry(latest.name, words) };
  if (latest.kind === 'foreign') return { kind: 'foreign', target: words.pathOrNull(latest.target) };
  return { kind: latest.kind };
}

/** Snapshots keep their names, those that are being made or removed too. */
function redactEntry(name: string, words: Pseudonyms): string {
  const [, time = name] = /^\.(?:partial|prune)-(.*)$/.exec(name) ?? [];
  return parseSnapshotName(time) === null ? words.of('name', name) : name;
}

function redactHistory({ lastRun, lastSuccess }: SyncHistory, words: Pseudonyms): SyncHistory {
  const succeeded = lastSuccess && {
    ...{ run: lastSuccess.run, at: lastSuccess.at, snapshot: lastSuccess.snapshot, entries: lastSuccess.entries },
    mountTarget: words.pathOrNull(lastSuccess.mountTarget),
    ...(lastSuccess.sourceMountTarget === undefined
      ? {}
      : { sourceMountTarget: words.pathOrNull(lastSuccess.sourceMountTarget) }),
    ...(lastSuccess.files === undefined ? {} : { files: lastSuccess.files }),
    ...(lastSuccess.bytes === undefined ? {} : { bytes: lastSuccess.bytes }),
    ...(lastSuccess.exactTimes && { exactTimes: true as const }),
  };
  return { lastRun: lastRun && { run: lastRun.run, outcome: lastRun.outcome, at: lastRun.at }, lastSuccess: succeeded };
}

function redactPreview(preview: TransferPreview, words: Pseudonyms): TransferPreview {
  const { files, bytes, creates, updates, deletes, sourceEntries, destinationEntries, truncated } = preview;
  const { filters, inTheWay } = preview;
  return {
    ...{ files, bytes, creates, updates, deletes, sourceEntries, destinationEntries, truncated },
    items: preview.items.map(({ change, path, size, code }) => ({ change, path: words.path(path), size, code })),
    ...(filters === undefined ? {} : { filters: filters.map((rule) => words.rule(rule)) }),
    ...(inTheWay === undefined
      ? {}
      : { inTheWay: { count: inTheWay.count, paths: inTheWay.paths.map((path) => words.path(path)) } }),
  };
}

function redactPrunable({ snapshots, bytes }: Prunable): Prunable {
  return { snapshots: [...snapshots], bytes };
}

function mapValues<T>(record: Readonly<Record<string, T>>, change: (value: T) => T): Record<string, T> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]));
}
