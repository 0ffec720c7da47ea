// Made from schemas/spec.schema.json by `npm run generate`. Do not edit.

/**
 * Text that is not empty.
 */
export type Text = string;
/**
 * An absolute path, or one that begins with ~/ for the home directory.
 */
export type Path = string;
/**
 * One name, or a list of names.
 *
 * @minItems 1
 */
export type Names = string | Text[];
/**
 * The UUID of the file system (or of the encrypted partition), as `lsblk -o NAME,UUID` prints it.
 */
export type DeviceUuid = string;
/**
 * The name under which the credentials provider knows the passphrase.
 */
export type PassphraseId = string;
/**
 * VOLUME for the whole of a volume, or VOLUME:SUBDIR for a directory in it.
 */
export type Endpoint = string;
/**
 * Name of an executor.
 */
export type ExecutorName = string;
/**
 * A whole number, 0 or more.
 */
export type Count = number;
/**
 * A whole number and a unit: s, m, h, d or w.
 */
export type Duration = string;
/**
 * A rule as rsync writes it, such as "- /cache/", or a table with one of include, exclude, merge and dir-merge.
 */
export type Filter =
  | string
  | {
      include?: Text;
      exclude?: Text;
      merge?: Path;
      'dir-merge'?: Text;
      /**
       * With dir-merge: do not copy the files with rules themselves. Default false.
       */
      'exclude-self'?: boolean;
    };
/**
 * As rsync's --bwlimit takes it: a rate per second such as "1.5m" or "500k"; a plain number counts KiB.
 */
export type Bandwidth = string | number;
/**
 * Options of rsync, one word each: write a value in the same word, as in "--bwlimit=500".
 */
export type Options = Text[];
/**
 * A duration, or "never".
 */
export type MaxAge = string;
/**
 * A command as a list of words, or a table that also says where it runs.
 *
 * @minItems 1
 */
export type Hook =
  | string[]
  | {
      run: Argv;
      on?: Text;
    };
/**
 * A program and its arguments, one word each. No shell reads it.
 *
 * @minItems 1
 */
export type Argv = string[];
/**
 * Commands, in order.
 */
export type Hooks = Hook[];
/**
 * A number and a unit: B, kB, MB, GB, TB (powers of 1000), KiB, MiB, GiB or TiB (powers of 1024).
 */
export type Size = string;
/**
 * "run": everything (the default); "high-priority": syncs with priority = "high"; "skip": nothing.
 */
export type Condition = 'run' | 'high-priority' | 'skip';

/**
 * The spec of nbkp: what is backed up from where to where. Written in TOML.
 */
export interface SpecFile {
  /**
   * Version of the format of this file. Always 1.
   */
  version: 1;
  /**
   * SSH endpoints by name. What an endpoint leaves out comes from your own OpenSSH configuration.
   */
  ssh?: {
    [k: string]: SshEndpoint;
  };
  /**
   * Places where data lives, by name.
   */
  volumes?: {
    [k: string]: Volume;
  };
  /**
   * One-way copies by name.
   */
  syncs?: {
    [k: string]: Sync;
  };
  credentials?: Credentials;
  policy?: Policy;
}
/**
 * One way to reach a server.
 */
export interface SshEndpoint {
  host?: Text;
  /**
   * Port of the SSH server.
   */
  port?: number;
  user?: Text;
  key?: Path;
  location?: Text;
  /**
   * Several locations.
   *
   * @minItems 1
   */
  locations?: Text[];
  extends?: Text;
  'proxy-jump'?: Names;
  /**
   * Seconds to wait for a connection.
   */
  'connect-timeout'?: number;
  /**
   * Seconds of silence after which the server is asked for a sign of life; 0 never asks.
   */
  'server-alive-interval'?: number;
  /**
   * Compress the connection.
   */
  compress?: boolean;
  /**
   * Let the server use your SSH agent.
   */
  'forward-agent'?: boolean;
  'known-hosts-file'?: Path;
  /**
   * Refuse a server whose key is not known. Default true; turning it off is warned about.
   */
  'strict-host-key-checking'?: boolean;
  /**
   * Other OpenSSH options by their name in ssh_config(5).
   */
  options?: {
    [k: string]: string | number | boolean;
  };
}
/**
 * A place where data lives: a path on this machine or on a server, perhaps on a drive that has to be mounted. A table that bears the name of an executor holds its settings: the executor provides the volume.
 */
export interface Volume {
  path?: Path;
  ssh?: Names;
  mount?: Mount;
  on?: Endpoint;
  snapshots?: Snapshots;
  /**
   * For people.
   */
  description?: string;
}
/**
 * The drive that has to be mounted for the volume to be there.
 */
export interface Mount {
  'device-uuid': DeviceUuid;
  encryption?: Encryption;
}
/**
 * How the drive is encrypted.
 */
export interface Encryption {
  /**
   * Kind of encryption.
   */
  type: 'luks';
  'passphrase-id'?: PassphraseId;
}
/**
 * How the destination keeps its history.
 */
export interface Snapshots {
  mode?: ExecutorName;
  keep?: Keep;
  /**
   * "always" (the default) makes a snapshot in each run, "changed" only if something was transferred or deleted.
   */
  when?: 'always' | 'changed';
}
/**
 * Which snapshots stay: the union of the rules, each with the newest of its period. Without this table all stay.
 */
export interface Keep {
  last?: Count;
  hourly?: Count;
  daily?: Count;
  weekly?: Count;
  monthly?: Count;
  yearly?: Count;
  within?: Duration;
  timezone?: Text;
}
/**
 * A one-way copy. A table that bears the name of the sync's executor holds that executor's own settings.
 */
export interface Sync {
  source: Endpoint;
  destination: Endpoint;
  /**
   * Default true. A disabled sync is shown and never planned.
   */
  enabled?: boolean;
  snapshots?: Snapshots;
  /**
   * What is copied and what is not; the first rule that matches decides.
   */
  filters?: Filter[];
  'filter-file'?: Path;
  rsync?: Rsync;
  transfer?: ExecutorName;
  /**
   * "high" also runs where [policy] says high-priority. Default "normal".
   */
  priority?: 'normal' | 'high';
  'max-age'?: MaxAge;
  /**
   * Exit codes of rsync that still count as success, with a warning. Default [24]: files vanished.
   */
  tolerate?: number[];
  /**
   * What entries that the destination's file system cannot hold mean: they are left out, and the sync is incomplete (fail, the default) or a success with a warning (skip).
   */
  unholdable?: 'fail' | 'skip';
  timeout?: Duration;
  before?: Hooks;
  after?: Hooks;
  'on-failure'?: Hooks;
  'source-snapshot'?: ExecutorName;
  lvm?: Lvm;
  policy?: SyncPolicy;
  [k: string]:
    | {
        [k: string]: unknown;
      }
    | Endpoint
    | boolean
    | Snapshots
    | Filter[]
    | Rsync
    | 'normal'
    | 'high'
    | number[]
    | 'fail'
    | 'skip'
    | Hooks
    | Lvm
    | SyncPolicy
    | undefined;
}
/**
 * Settings of rsync.
 */
export interface Rsync {
  /**
   * Compress what goes over the network. Default false.
   */
  compress?: boolean;
  /**
   * Compare contents instead of size and time. Slow. Default false.
   */
  checksum?: boolean;
  bandwidth?: Bandwidth;
  /**
   * Let rsync on the server run as root, through sudo without a password. Only where the source is on a server, or the destination and no snapshots are made. Default false.
   */
  sudo?: boolean;
  /**
   * Delete from the destination what the source no longer has. Default true.
   */
  delete?: boolean;
  /**
   * Give what only has another name or place that name in the copy, or in hard-link snapshots a link, once its content has been compared, instead of copying it. Default true.
   */
  'detect-renames'?: boolean;
  options?: Options;
  'extra-options'?: Options;
}
/**
 * How source-snapshot = "lvm" makes its snapshot.
 */
export interface Lvm {
  size?: Size;
}
/**
 * The sync's own limits on top of [policy].
 */
export interface SyncPolicy {
  'max-delete'?: MaxDelete;
  /**
   * Percent of the files that were there before: a sync that would replace the content of more of them under their names is refused, unless --allow-destructive is given. Fewer than 20 never count. Default: no limit.
   */
  'max-change'?: number;
  'max-prune'?: Count;
  /**
   * Prune before the transfer, once a dry run has shown that the run will not be refused; the latest snapshot stays. Default false.
   */
  'prune-first'?: boolean;
  'min-free'?: Size;
  'max-age'?: MaxAge;
}
/**
 * The guard: a sync that would delete more is refused, unless --allow-destructive is given. Fewer than 20 deletions never count.
 */
export interface MaxDelete {
  /**
   * Of the destination's entries. Default 25.
   */
  percent?: number;
  files?: Count;
}
/**
 * Where passphrases come from.
 */
export interface Credentials {
  /**
   * Default "keyring".
   */
  provider?: 'keyring' | 'prompt' | 'env' | 'command' | 'file';
  command?: Argv;
  directory?: Path;
  /**
   * Fetch every passphrase when a run begins, for drives that are not plugged in too. Default false.
   */
  prefetch?: boolean;
}
/**
 * Limits of all syncs.
 */
export interface Policy {
  'max-delete'?: MaxDelete;
  /**
   * Percent of the files that were there before: a sync that would replace the content of more of them under their names is refused, unless --allow-destructive is given. Fewer than 20 never count. Default: no limit.
   */
  'max-change'?: number;
  'max-prune'?: Count;
  /**
   * Prune before the transfer, once a dry run has shown that the run will not be refused; the latest snapshot stays. Default false.
   */
  'prune-first'?: boolean;
  'min-free'?: Size;
  'max-age'?: MaxAge;
  /**
   * Syncs that may run at once.
   */
  parallel?: number;
  'on-battery'?: Condition;
  metered?: Condition;
}
