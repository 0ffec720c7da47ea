import type { HostQuestions, VolumeQuestion } from '../../planner/model/questions.ts';
import { belowHome } from '../../planner/model/paths.ts';
import { quote } from '../../planner/model/quote.ts';
import { UNLISTED } from './drives.ts';
import { PROBE_FUNCTIONS } from './probe-functions.ts';
import { SYSTEM_FUNCTIONS } from './systems/index.ts';

/** Stands between the answers about files, which leave out what is not there. */
const SEPARATOR = '"$apart"';
/** Arguments per process: even when all are as long as paths can be (4,096 bytes) they stay below the limit of 2 MiB. */
const CHUNK = 400;

const MARKS = ['/.nbkp-src', '/.nbkp-dst', '/.nbkp-last.json'];
/** As find(1) counts, of 512 bytes. */
const PAGE_BLOCKS = 16;

/**
 * The one script that answers all questions about a host. It needs a POSIX sh, and the usual tools of its system.
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
    `# Looks at a host for nbkp, and changes nothing.\nLC_ALL=C\nexport LC_ALL\nunset CDPATH\nserver=${server ? 'y' : ''}\nexec 2>/dev/null`,
    PROBE_FUNCTIONS,
    SYSTEM_FUNCTIONS,
    // These two need nothing that comes after: they run meanwhile.
    '{ id; rsync_version; } </dev/null | {',
    'mounts=$(mount_lines)',
    volumes.some(({ uuid }) => uuid !== null)
      ? `devices=$(device_lines) || devices=\${devices:-${UNLISTED}}`
      : 'devices=',
    'home\nput "$HOME"\nput "$mounts"\nfstab\nput "$devices"\nsequences\ndisks',
    ...volumes.map(volumePath),
    ...endpoints.map(({ volume, subdir }, index) => {
      const root = `"$${variables.get(volume) ?? 'none'}"`;
      return `join ${root} ${quote(subdir)}\ne${index}=$joined`;
    }),
    'long=$(',
    ...chunks(marksOf(volumes, endpoints)).map((list) => `find ${list} -maxdepth 0 -size +${PAGE_BLOCKS}`),
    ')',
    ...paths.slice(0, volumes.length).map((path) => `volume ${path}`),
    ...[...endpoints.keys()].map((index) => `endpoint "$e${index}"`),
    ...chunks(statArguments).map((list) => `file_lines ${list}`),
    "printf '\\0'",
    ...chunks(statArguments).map((list) => `room_lines ${list}`),
    "printf '\\0'",
    `case $mounts in *' FSTYPE="btrfs" '*)`,
    ...chunks(snapshots).map((list) => `find ${list} -mindepth 1 -maxdepth 1 -type d -inum 256 -print0`),
    ';; esac',
    `put ''\nconditions=${conditions ? '\npower' : ''}\ntools\nput end\n}`,
  ].join('\n');
}

function marksOf(volumes: readonly unknown[], endpoints: readonly unknown[]): string[] {
  return [
    ...[...volumes.keys()].map((index) => `"\${v${index}:+$v${index}/.nbkp-vol}"`),
    ...[...endpoints.keys()].flatMap((index) => MARKS.map((name) => below(index, name))),
  ];
}

function below(index: number, name: string): string {
  return `"\${e${index}:+$e${index}${name}}"`;
}

function volumePath({ path, uuid }: VolumeQuestion, index: number): string {
  if (path === null) return `inside ${quote(uuidPattern(uuid ?? ''))}\nlocate "$inner"\nv${index}=$found`;
  const inHome = belowHome(path);
  if (inHome !== null) return `join "$HOME" ${quote(inHome)}\nv${index}=$joined`;
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
