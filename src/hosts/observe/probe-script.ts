import type { HostQuestions, VolumeQuestion } from '../../planner/model/questions.ts';
import { quote } from '../../planner/model/quote.ts';
import { MOUNT_TABLE_FUNCTION } from '../../planner/shell/mount-functions.ts';
import { DISKS_FUNCTION } from './disks-function.ts';
import { OTHER_SYSTEM } from './parse-answer.ts';
import { PROBE_FUNCTIONS } from './probe-functions.ts';

/**
 * Stands between the answers of `stat`, which leaves out what is not there. Nobody backs it up, and its type (`%t`) sets
 * it apart from other file systems without blocks.
 */
const SEPARATOR = '/proc';
const LIST_DEVICES = 'devices=$(lsblk --paths --pairs --output NAME,KNAME,PKNAME,TYPE,RO,FSTYPE,UUID,PARTUUID,LABEL)';
/** Arguments per process: even when all are as long as paths can be (4,096 bytes) they stay below the limit of 2 MiB. */
const CHUNK = 400;

/**
 * The one script that answers all questions about a host. It needs a POSIX sh, /proc, and the usual tools, GNU's or
 * busybox's.
 *
 * @param server a lock is taken there by the shell, which needs no flock(1)
 */
export function probeScript({ volumes, endpoints, conditions = false }: HostQuestions, server = false): string {
  const variables = new Map(volumes.map(({ volume }, index) => [volume, `v${index}`]));
  const paths = [...volumes.keys()].map((index) => `"$v${index}"`);
  for (const index of endpoints.keys()) {
    paths.push(...['', '/staging', '/.nbkp-src', '/.nbkp-dst', '/snapshots'].map((name) => below(index, name)));
  }
  const statArguments = [SEPARATOR, ...paths.flatMap((path) => [path, SEPARATOR])];
  const snapshots = [...endpoints.keys()].map((index) => below(index, '/snapshots/'));
  return [
    `LC_ALL=C\nexport LC_ALL\nunset CDPATH\nserver=${server ? 'y' : ''}\nexec 2>/dev/null`,
    PROBE_FUNCTIONS,
    MOUNT_TABLE_FUNCTION,
    DISKS_FUNCTION,
    // What answers there may mean something else.
    `[ "$system" = Linux ] || { put "$system"; put ${OTHER_SYSTEM}; exit; }`,
    // These two need nothing that comes after: they run meanwhile.
    '{ id; rsync_version; } </dev/null | {',
    'mounts=$(findmnt --pairs --nofsroot --output ID,PARENT,MAJ:MIN,UUID,FSROOT,FSTYPE,SOURCE,OPTIONS,TARGET || mount_table)',
    volumes.some(({ uuid }) => uuid !== null) ? LIST_DEVICES : 'devices=',
    'home\nput "$HOME"\nput "$mounts"\nfstab\nput "$devices"\nsequences\ndisks',
    ...volumes.map((question, index) => `${volumePath(question, index)}\nvolume "$v${index}"`),
    ...endpoints.map(({ volume, subdir }, index) => {
      const root = `"$${variables.get(volume) ?? 'none'}"`;
      return `join ${root} ${quote(subdir)}\ne${index}=$joined\nendpoint "$e${index}"`;
    }),
    ...chunks(statArguments).map((list) => `stat -L -c '%d %i %f %u %y' ${list}`),
    "printf '\\0'",
    ...chunks(statArguments).map((list) => `stat -f -c '%a %b %c %d %S %t' ${list}`),
    "printf '\\0'",
    `case $mounts in *' FSTYPE="btrfs" '*)`,
    ...chunks(snapshots).map((list) => `find ${list} -mindepth 1 -maxdepth 1 -type d -inum 256 -print0`),
    ';; esac',
    `put ''\n${conditions ? 'conditions' : 'conditions='}\ntools\nput end\n}`,
  ].join('\n');
}

function below(index: number, name: string): string {
  return `"\${e${index}:+$e${index}${name}}"`;
}

function volumePath({ path, uuid }: VolumeQuestion, index: number): string {
  if (path === null) return `inside ${quote(uuidPattern(uuid ?? ''))}\nlocate "$inner"\nv${index}=$found`;
  if (path === '~' || path.startsWith('~/')) return `join "$HOME" ${quote(path.slice(2))}\nv${index}=$joined`;
  return `v${index}=${quote(path)}`;
}

/** A shell pattern that matches a UUID in upper and lower case. */
function uuidPattern(uuid: string): string {
  return uuid.replaceAll(/[^0-9-]/g, (letter) =>
    /[a-z]/i.test(letter) ? `[${letter.toLowerCase()}${letter.toUpperCase()}]` : `\\${letter}`,
  );
}

function chunks(words: readonly string[]): string[] {
  const starts = Array.from({ length: Math.ceil(words.length / CHUNK) }, (_, index) => index * CHUNK);
  return starts.map((start) => words.slice(start, start + CHUNK).join(' '));
}
