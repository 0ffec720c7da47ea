import { isWithin } from '../model/paths.ts';
import type { EndpointFacts } from '../model/facts.ts';

/** What is mounted at or below a folder of a destination, by where. */
export function mountsWithin({ mounts = [] }: Pick<EndpointFacts, 'mounts'>, folder: string): string[] {
  return mounts.map(({ mount }) => mount.target).filter((target) => isWithin(target, folder));
}

/** Kernels that are not Linux list their mounts through mount(8), as `what on where (options)`. */
const FIND_MOUNTS = [
  'function tell(where) { gsub(/[\\t\\n]/, "?", where); busy = 1',
  '  print "something is mounted at \\047" where "\\047: Device or resource busy" }',
  'BEGIN { for (i = 2; i < ARGC; i++) { sub(/^.*\\//, "", ARGV[i]); ARGV[i] = ARGV[1] "/" ARGV[i] }',
  'while ((getline < "/proc/self/mountinfo") > 0) { known = 1; where = $5',
  '  gsub(/\\\\040/, " ", where); gsub(/\\\\011/, "\\t", where)',
  '  gsub(/\\\\012/, "\\n", where); gsub(/\\\\134/, "\\\\\\\\", where)',
  '  for (i = 2; i < ARGC; i++) if (index(where "/", ARGV[i] "/") == 1) tell(where) }',
  'if (!known) while (("mount" | getline) > 0) { known = 1; for (i = 2; i < ARGC; i++)',
  '  if (index($0, " on " ARGV[i] "/") || index($0, " on " ARGV[i] " (")) tell(ARGV[i]) }',
  'exit busy || !known }',
].join('\n');

/** The folder above is entered, since the folder itself may be closed to this user. */
const CHECK = [
  '# Fails when something is mounted in one of these folders.',
  'check() {',
  '  cd -P "$1/" || return',
  '  shift',
  `  LC_ALL=C awk '${FIND_MOUNTS}' "\${PWD%/}" "$@" >&2`,
  '}',
  'apart= busy=0',
  'for path do [ "${path%/*}" = "${1%/*}" ] || apart=1; done',
  '[ "$apart" ] || { check "${1%/*}" "$@"; exit; }',
  'for path do check "${path%/*}" "$path" || busy=1; done',
  'exit "$busy"',
].join('\n');

/**
 * Fails when something is mounted at or in one of these folders. It comes before each command that deletes what is in a
 * folder or changes modes there: what a mount shows is no part of the folder, wherever it really is, and no program tells a
 * bind mount within one file system from a folder.
 */
export function nothingMounted(...folders: string[]): string[] {
  return ['sh', '-c', CHECK, 'sh', ...folders];
}

/** For find(1): goes into none of these. To it a path is a pattern. */
export function without(folders: readonly string[]): string[] {
  if (folders.length === 0) return [];
  const tests = folders.flatMap((folder, index) => [
    ...(index === 0 ? [] : ['-o']),
    '-path',
    folder.replace(/[*?[\]\\]/g, '\\$&'),
  ]);
  return ['(', ...tests, ')', '-prune', '-o'];
}
