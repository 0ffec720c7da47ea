import type { MovedFiles } from './event.ts';
import type { Json } from './json.ts';

export type StepAction = 'create' | 'update' | 'delete' | 'acquire' | 'release' | 'run';

/** One node of the plan graph. `P` is what its executor was asked to do: JSON that only that executor reads. */
export interface Step<P = Json> {
  /** Stable and readable: `transfer:documents`. */
  id: string;
  /** `transfer`, `snapshot`, `prune`, `command`, `create`, … */
  kind: string;
  executor: { name: string; version: string };
  sync?: string;
  volume?: string;
  /** The id of the host that it runs on. */
  host: string;
  action: StepAction;
  summary: string;
  reason: string;
  /** Ids of steps that must have succeeded first. */
  dependsOn: string[];
  /** Id of the step that it undoes: it runs whenever that one ran, whatever failed. */
  releases?: string;
  /**
   * `failure`: it runs once all of `dependsOn` are settled and one of them failed or was refused, or one has begun and
   * another that the sync needs did not run or was interrupted. `end`: it runs when all others are settled, whatever
   * became of them. Both also run when the run was interrupted.
   */
  runsOn: 'success' | 'failure' | 'end';
  /** It removes or overwrites data that no snapshot holds, or a snapshot itself. */
  destructive: boolean;
  preconditions: Precondition[];
  /** Exact argv of each process that may change something. Values known only later are placeholders (`PLACEHOLDER`). */
  commands: string[][];
  estimate?: Estimate;
  /** How much it may delete before the guard stops it. Absent when it deletes nothing or nothing bounds it. */
  deleteLimit?: { percent: number; files: number | null };
  /** Why something is not known yet. */
  deferred?: string;
  /**
   * Volumes that have to be open before it can be decided. It shows what is known; once they are open, the planner
   * decides, and what does not fit what is shown is not run.
   */
  awaits?: string[];
  /** Files that its processes read besides the source. Absent for none, and where its executor does not say. */
  reads?: FileRead[];
  /** Ids of passphrases that its processes get on their standard input. */
  secrets?: string[];
  /** Held while any step of the same sync runs. */
  locks: LockRequest[];
  /** Drives that it reads or writes and that do one thing after the other. Two steps that share one never run at once. */
  devices: string[];
  /**
   * Nobody knows whether they rotate: it looks and compares beside others, and has them to itself from when it begins to write until
   * it ends. If another had them then, it looks and compares anew. Absent where they are its own from the beginning.
   */
  devicesFor?: 'writing';
  params: P;
}

/** A file as it was seen. */
export interface FileRead {
  /** Absolute, on the host of the step. */
  path: string;
  /** SHA-256 of what it holds, in hex; null where it could not be read. */
  digest: string | null;
}

/** What `plannedStep` fills in where it is not given. */
type Usual = Pick<Step, 'dependsOn' | 'runsOn' | 'destructive' | 'preconditions' | 'locks' | 'devices'>;

/**
 * A step with what is usual: it depends on nothing, runs after success and destroys nothing. nbkp adds the locks and
 * devices of the steps of a sync.
 */
export function plannedStep<P = Json>(step: Omit<Step<P>, keyof Usual> & Partial<Usual>): Step<P> {
  const { id, kind, executor, sync, volume, host, action, summary, reason, ...others } = step;
  const { dependsOn = [], runsOn = 'success', destructive = false, preconditions = [], commands, ...rest } = others;
  const { locks = [], devices = [], params, ...further } = rest;
  return {
    ...{ id, kind, executor, ...(sync === undefined ? {} : { sync }), ...(volume === undefined ? {} : { volume }) },
    ...{ host, action, summary, reason, dependsOn, runsOn, destructive, preconditions, commands, ...further },
    ...{ locks, devices, params },
  };
}

/** Something observed that a decision used. It must still be so when the step runs. */
export interface Precondition {
  /** JSON pointer (RFC 6901) into the facts: `/endpoints/usb:photos/latest/name`. */
  fact: string;
  /** `equals` compares as JSON, `at-least` is for numbers, `none-of` wants none of the values in an array. */
  check: 'equals' | 'at-least' | 'none-of';
  value: Json;
  /** The step itself changes it: once it has begun, that it is not so any more says nothing about the world. */
  onlyBefore?: true;
  /** For people: "the latest snapshot of usb:photos". */
  description: string;
}

export interface Estimate {
  files: number;
  bytes: number;
  creates: number;
  updates: number;
  deletes: number;
  /** Files written whole beside those, since a hard link cannot have their mode or owner, and their bytes. Absent for none. */
  writtenAnew?: { files: number; bytes: number };
  /** Files that seem to have another name or place only, beside those. Absent for none. */
  moved?: MovedFiles;
  basis: 'dry-run' | 'last-run';
}

export interface LockRequest {
  /** Absolute path of the lock file. */
  path: string;
  mode: 'exclusive' | 'shared';
  /** The id of the host that it is on; absent when that is the step's. */
  host?: string;
}

/**
 * `{snapshot:photos}`: the name of the snapshot that this run makes. `{mount:usb}`: where a drive is mounted.
 * `{device:usb}`: the device that an unlocked LUKS container shows. `{parent:photos}`: the snapshot that a replica builds on,
 * or nothing. `{report:run}`: how the run went, in a line. `{identity:photos}`: the id that the source of a sync gets.
 * `{success:photos}`: when a sync has succeeded (ISO 8601, UTC). `{forget:photos}`: the snapshots that an executor lets go on a drive that is
 * not open yet. `{ssh:hub}`: the `ssh` that uses this run's connection to the server of a volume. A command with it runs on this
 * machine, any other on the step's host.
 */
export const PLACEHOLDER: RegExp =
  /\{(?:snapshot|mount|device|parent|report|identity|success|forget|ssh):[a-z0-9-]+\}/g;

export function snapshotPlaceholder(sync: string): string {
  return `{snapshot:${sync}}`;
}

/** The id that the source of a sync gets. */
export function identityPlaceholder(sync: string): string {
  return `{identity:${sync}}`;
}

/** When a sync has succeeded. */
export function successPlaceholder(sync: string): string {
  return `{success:${sync}}`;
}

/** The snapshots that an executor will let go. */
export function forgetPlaceholder(sync: string): string {
  return `{forget:${sync}}`;
}

/** Where a drive will be mounted. */
export function mountPlaceholder(volume: string): string {
  return `{mount:${volume}}`;
}

/** How a program of this machine reaches the server of a volume. */
export function sshPlaceholder(volume: string): string {
  return `{ssh:${volume}}`;
}

/** The `{ssh:…}` of a command that has one. */
export function sshPlaceholderIn(command: readonly string[]): string | null {
  return (
    command
      .join(' ')
      .match(PLACEHOLDER)
      ?.find((found) => found.startsWith('{ssh:')) ?? null
  );
}

/** `now` in the place of `shown`: when it runs, and beside what, stays, since other steps were arranged around it. */
export function inPlaceOf({ dependsOn, devices, devicesFor }: Step, { devicesFor: _, ...now }: Step): Step {
  return { ...now, dependsOn, devices, ...(devicesFor === undefined ? {} : { devicesFor }) };
}

/** It runs whatever failed, and also when the run was interrupted. */
export function alwaysRuns({ releases, runsOn }: Pick<Step, 'releases' | 'runsOn'>): boolean {
  return releases !== undefined || runsOn === 'end';
}

/** It puts right what others have begun, so that an interruption lets it run. */
export function putsRight(step: Pick<Step, 'releases' | 'runsOn'>): boolean {
  return alwaysRuns(step) || step.runsOn === 'failure';
}

/** A step that a sync needs to succeed. */
export function isExpected({ runsOn, releases }: Pick<Step, 'releases' | 'runsOn'>): boolean {
  return runsOn === 'success' && releases === undefined;
}

export function devicePlaceholder(volume: string): string {
  return `{device:${volume}}`;
}

/** Replaces each known placeholder. Unknown ones stay, so that whoever runs the argv can refuse it. */
export function fill(argv: readonly string[], values: Readonly<Record<string, string>>): string[] {
  return argv.map((word) => word.replace(PLACEHOLDER, (found) => values[found] ?? found));
}
