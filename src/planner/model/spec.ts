import type { Finding, Position } from './finding.ts';
import type { Json } from './json.ts';

/** What a person's spec means after validation: defaults filled in, names resolved, units converted. */
export interface Spec {
  /** As the user named it. */
  path: string;
  /** The real path of its file, where it is known. */
  realPath?: string;
  /** `sha256:` and 64 hex digits, of what the spec means: comments, spaces and the order of tables make no difference. */
  digest: string;
  /** These records are sorted by name, since the order of tables in a file means nothing. */
  volumes: Record<string, Volume>;
  syncs: Record<string, Sync>;
  /** Volumes that executors provide. Absent where there is none. */
  provided?: Record<string, ProvidedVolume>;
  ssh: Record<string, SshEndpoint>;
  credentials: Credentials;
  policy: Policy;
  /** By the executor's name: the table `[NAME]`, as it was written. */
  settings: Record<string, Json>;
  /** The position of each written key and value by JSON pointer (RFC 6901), such as `/syncs/photos/source`. */
  positions: Record<string, Position>;
  /** Each line of the file, so that a finding made later can show the one that it is about. */
  lines: string[];
  /** Warnings of the semantic checks. */
  findings: Finding[];
}

export interface Volume {
  name: string;
  /** As written but without a trailing slash: absolute, or beginning with `~`. Null only with `mount`. */
  path: string | null;
  /** Candidates in order of preference; null for a volume of this machine. */
  ssh: string[] | null;
  /** The id of its host: `LOCAL_HOST`, or one that all volumes of a server share. */
  host: string;
  mount: DriveMount | null;
  description: string | null;
  /**
   * Of a volume that an executor provides and that lies on no other: it holds only the marks of nbkp, in a folder of the state directory
   * that nbkp makes. Absent for all others.
   */
  marksOnly?: true;
}

/**
 * A volume that an executor provides: it lies in a directory of another one, or on none, such as a bucket, and each `VOLUME:NAME` is a
 * history of its own there.
 */
export interface ProvidedVolume {
  name: string;
  executor: string;
  /** Where it lies; null where only its executor knows. */
  on: Endpoint | null;
  /** The table `[volumes.X.EXECUTOR]`, as it was written. */
  settings: Json;
  description: string | null;
}

export interface DriveMount {
  /** As `lsblk -o UUID` prints it. Compared without regard to case. */
  deviceUuid: string;
  encryption: { type: 'luks'; passphraseId: string } | null;
}

/** `VOLUME` or `VOLUME:SUBDIR`, normalised: no empty, `.` or `..` parts; `subdir` is '' for the whole volume. */
export interface Endpoint {
  volume: string;
  subdir: string;
}

export interface Sync {
  name: string;
  source: Endpoint;
  destination: Endpoint;
  /** Which history of which volume, where an executor provides that: `destination` is then where nbkp marks and locks it. */
  stored?: { volume: string; history: string };
  enabled: boolean;
  /** The sync's own `snapshots`, or its destination volume's, or mode `none`. */
  snapshots: SnapshotPolicy;
  filters: Filter[];
  /** Path of a file with filter rules on the machine where the spec is; `~` not expanded. */
  filterFile: string | null;
  rsync: RsyncOptions;
  /** Name of the executor that moves the data. */
  transfer: string;
  maxAge: MaxAge | null;
  /** rsync exit codes that count as success with a warning. */
  tolerate: number[];
  /** That the destination cannot hold an entry, which is then left out, is a success. Absent: the sync is incomplete. */
  unholdable?: 'skip';
  /** Milliseconds. */
  timeout: number | null;
  before: HookCommand[];
  after: HookCommand[];
  onFailure: HookCommand[];
  /** Name of the executor that makes a temporary snapshot of the source; null for none. */
  sourceSnapshot: string | null;
  /** Bytes for what changes in the source's logical volume meanwhile. Absent where nothing is said. */
  lvm?: { size: number };
  priority: 'normal' | 'high';
  /** The spec's policy with the sync's own on top. */
  policy: Policy;
  /** By the executor's name: the table `[syncs.X.NAME]`, as it was written. */
  settings: Record<string, Json>;
}

export interface SnapshotPolicy {
  /** `none`, or the name of the executor that makes the snapshots: `hard-link`, `btrfs`, or a plugin's. */
  mode: string;
  /** Null keeps everything. */
  keep: Keep | null;
  when: 'always' | 'changed';
}

/** Union of the rules: a snapshot that one of them keeps is kept. */
export interface Keep {
  last: number;
  hourly: number;
  daily: number;
  weekly: number;
  monthly: number;
  yearly: number;
  /** Milliseconds before now; null for no such rule. */
  within: number | null;
  /** IANA name of the zone in which days begin. */
  timezone: string;
}

export type Filter =
  | { kind: 'rule'; rule: string }
  | { kind: 'include'; pattern: string }
  | { kind: 'exclude'; pattern: string }
  /** A file with rules on the machine where the spec is. */
  | { kind: 'merge'; path: string }
  /** A file of this name in each folder of the source (rsync's `dir-merge`). */
  | { kind: 'dir-merge'; name: string; excludeSelf: boolean };

export interface RsyncOptions {
  compress: boolean;
  checksum: boolean;
  /** As rsync's `--bwlimit` takes it; null for none. */
  bandwidth: string | null;
  delete: boolean;
  /** rsync on the server runs as root. Absent: as the user who logs in. */
  sudo?: true;
  /** What has another name is copied anew. Absent: it is linked where that is possible. */
  detectRenames?: false;
  /** Replaces the default flags. */
  options: string[] | null;
  extraOptions: string[];
}

export interface HookCommand {
  argv: string[];
  /** Null: on this machine. Else the host of that volume. */
  onVolume: string | null;
}

export interface Policy {
  maxDelete: { percent: number; files: number | null };
  /** Percent. Absent where the spec does not say: then there is no limit. */
  maxChange?: number;
  /** Snapshots per sync and run; null for no limit. */
  maxPrune: number | null;
  /** Room is made before the transfer. Absent where the spec does not say. */
  pruneFirst?: boolean;
  /** Bytes; null for no limit. */
  minFree: number | null;
  maxAge: MaxAge | null;
  parallel: number | null;
  /** Null where the spec does not say: then everything runs. */
  onBattery: Condition | null;
  metered: Condition | null;
}

/** Milliseconds. Where the spec does not say, it is null: then `status` has a limit of its own, and nothing else has one. */
export type MaxAge = number | 'never';

/** What runs under a condition: everything, syncs of high priority, or nothing. */
export type Condition = 'run' | 'high-priority' | 'skip';

export interface SshEndpoint {
  name: string;
  host: string | null;
  port: number | null;
  user: string | null;
  key: string | null;
  locations: string[];
  proxyJump: string[];
  /** Seconds. */
  connectTimeout: number | null;
  /** Seconds. */
  serverAliveInterval: number | null;
  compress: boolean | null;
  forwardAgent: boolean | null;
  knownHostsFile: string | null;
  strictHostKeyChecking: boolean;
  options: Record<string, string>;
}

export interface Credentials {
  provider: 'keyring' | 'prompt' | 'env' | 'command' | 'file';
  command: string[] | null;
  directory: string | null;
  /** Every passphrase is fetched when a run begins. Absent: those that its steps need. */
  prefetch?: true;
}

/** The key of an endpoint in facts and messages: `usb` or `usb:photos`. */
export function endpointKey(endpoint: Endpoint): string {
  return endpoint.subdir === '' ? endpoint.volume : `${endpoint.volume}:${endpoint.subdir}`;
}

/** Where a sync copies to, as its spec names it: `VOLUME:NAME` in a volume that an executor provides. */
export function destinationName({ destination, stored }: Pick<Sync, 'destination' | 'stored'>): string {
  return endpointKey(stored === undefined ? destination : { volume: stored.volume, subdir: stored.history });
}

/** A volume that the spec itself names: a spec with a name that it lacks was not accepted. */
export function volumeNamed({ volumes }: Pick<Spec, 'volumes'>, name: string): Volume {
  const volume = volumes[name];
  if (volume === undefined) throw new Error(`volume ${name} is not in the spec`);
  return volume;
}

/** The id of the host of a volume, by the volume's name. */
export function hostAt(spec: Pick<Spec, 'volumes'>, name: string): string {
  return volumeNamed(spec, name).host;
}

/** The names of the SSH endpoints of a host, from its id; those that volumes want more come first. */
export function endpointsOfHost(id: string): string[] {
  return id === LOCAL_HOST ? [] : id.slice('ssh:'.length).split(',');
}

/** The id of this machine. */
export const LOCAL_HOST = 'local';
