import type { ExecutorQuestion } from '../../model/executor.ts';
import { fileSystemOf } from '../../file-systems/of.ts';
import { FILE_SYSTEMS } from '../../file-systems/table.ts';
import type { HostFacts, MountFacts } from '../../model/facts.ts';
import { endpointKey, hostAt, type Endpoint } from '../../model/spec.ts';
import type { KnownSync } from '../../model/known.ts';

/** Compares times to the nanosecond; without it rsync compares whole seconds (rsync(1), --modify-window). */
export const EXACT_TIMES = '--modify-window=-1';

const QUESTION = 'exact-times';

/** As exact as those of the table, and not in it: what they hold of everything else is not known. */
const OTHERWISE_EXACT = ['bcachefs', 'overlay', 'zfs'];

/** Of the first thousand files: how many there are, and how many have a time with a fraction of a second. */
const COUNT_FRACTIONS =
  'find "$1" -maxdepth 0 -printf "" && ' +
  'find "$1" "(" -name ".nbkp-*" -o -name .rsync-partial ")" -prune -o -type f -printf "%T@\\n" | ' +
  "head -n 1000 | awk '/\\.0*[1-9]/ { fractions++ } END { print NR, fractions + 0 }'";

/**
 * Whether the transfer compares times to the nanosecond: where both ends keep them, and so does what was copied before.
 * A copy with whole seconds, as older tools make it, would be copied again in whole. It is no question for options that a
 * user wrote, nor once a run has copied so.
 */
export function comparesExactTimes(input: KnownSync): boolean {
  if (!keepsNanoseconds(input)) return false;
  const { facts, sync } = input;
  if (copyOf(input) === null || facts.history[sync.name]?.lastSuccess?.exactTimes === true) return true;
  const answer = facts.answers?.['rsync']?.[sync.name]?.[QUESTION];
  const [, files, fractions] = /^(\d+) (\d+)\n$/.exec(answer?.stdout ?? '') ?? [];
  return files !== undefined && (files === '0' || fractions !== '0');
}

/** What `comparesExactTimes` has to know of the copy that is there. */
export function questionsAboutTimes(input: KnownSync): ExecutorQuestion[] {
  const { spec, facts, sync } = input;
  const copy = copyOf(input);
  if (copy === null || facts.history[sync.name]?.lastSuccess?.exactTimes === true) return [];
  if (!keepsNanoseconds(input)) return [];
  const host = hostAt(spec, sync.destination.volume);
  return [{ id: QUESTION, host, argv: ['sh', '-c', COUNT_FRACTIONS, 'sh', copy] }];
}

/** Whether a transfer that ran with these words compared times exactly: no later one of the user's said otherwise. */
export function isExact(argv: readonly string[]): boolean {
  const windows = argv.filter((word) => /^(?:--modify-window|-@)/.test(word));
  return windows.length === 1 && windows[0] === EXACT_TIMES;
}

/** Where the last copy is; null when there is none yet. */
function copyOf({ facts, sync }: KnownSync): string | null {
  const destination = facts.endpoints[endpointKey(sync.destination)];
  if (destination === undefined) return null;
  const { path, latest, directory } = destination;
  if (sync.snapshots.mode === 'none') return directory?.empty === false ? path : null;
  return latest.kind === 'snapshot' ? `${path}/snapshots/${latest.name}` : null;
}

function keepsNanoseconds({ spec, facts, sync }: KnownSync): boolean {
  if (sync.rsync.options !== null) return false;
  return (['source', 'destination'] as const).every((role) => {
    const endpoint: Endpoint = sync[role];
    const observed = facts.endpoints[endpointKey(endpoint)];
    return (
      observed?.nanoseconds?.[role] === true &&
      isExactly(observed.directory?.mount ?? null) &&
      knowsNanoseconds(facts.hosts[hostAt(spec, endpoint.volume)])
    );
  });
}

/**
 * Keeps nanoseconds, or a whole second each (ext4 with inodes of 128 bytes). Others may give back another time than they
 * were given, and all would be copied again in every run.
 */
function isExactly(mount: MountFacts | null): boolean {
  if (OTHERWISE_EXACT.includes(mount?.fsType ?? '')) return true;
  const found = fileSystemOf(mount);
  // A driver of FUSE may keep in memory what it does not write.
  if (mount?.tried !== undefined && mount.fsType.startsWith('fuse')) return false;
  return found !== null && (found.times.step === 1 || found === FILE_SYSTEMS['ext4 128']);
}

/** rsync sends nanoseconds since 3.1.0, and takes a negative window since 3.1.3 (its NEWS). */
function knowsNanoseconds(host: HostFacts | undefined): boolean {
  if (host?.reachable !== true || host.rsync?.kind !== 'rsync') return false;
  const [major = 0, minor = 0, patch = 0] = host.rsync.version.split('.').map((part) => Number.parseInt(part, 10));
  return major > 3 || (major === 3 && (minor > 1 || (minor === 1 && patch >= 3)));
}
