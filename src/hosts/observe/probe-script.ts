import type { HostQuestions, VolumeQuestion } from '../../planner/model/questions.ts';
import { belowHome } from '../../planner/model/paths.ts';
import { quote } from '../../planner/model/quote.ts';
import { UNLISTED } from './drives.ts';
import { FUNCTIONS } from './beginning.ts';
import { NOWHERE } from './probe-functions.ts';

/** Paths per process, each with a short word: even when all are as long as paths can be (4,096 bytes) they stay below the limit of 2 MiB. */
const CHUNK = 400;

const MARKS = ['.nbkp-src', '.nbkp-dst', '.nbkp-last.json'];

/**
 * The one script that answers all questions about a host. It needs a POSIX sh, and the usual tools of its system.
 *
 * @param server a lock is taken there by the shell, which needs no flock(1)
 */
export function probeScript(questions: HostQuestions, server = false): string {
  return [
    FUNCTIONS,
    `server=${server ? 'y' : ''}\ntold=`,
    // These two need nothing that comes after: they run meanwhile.
    '{ id; rsync_version; } </dev/null | {\nmounts=$(mount_lines)',
    ...questionLines(questions),
    '}',
  ].join('\n');
}

/** What the probe of this machine reads that has begun (`BEGINNING`). */
export function restOfProbe(questions: HostQuestions): string {
  return ['server=', ...questionLines(questions)].join('\n');
}

function questionLines({ volumes, endpoints, conditions = false }: HostQuestions): string[] {
  const numbers = new Map(volumes.map(({ volume }, index) => [volume, index]));
  const folders = endpoints.map(({ volume, subdir }) => folderIn(numbers.get(volume), subdir));
  const roots = [...volumes.keys()].map((index) => `"$v${index}"`);
  const rooms = [...roots, ...folders.flatMap((folder) => [folder(), folder('staging')])];
  const files = folders.flatMap((folder) => [
    ...[folder(), folder('staging'), folder('.nbkp-src'), folder('.nbkp-dst'), folder('snapshots')],
  ]);
  const marks = [
    ...[...volumes.keys()].map((index) => `"\${v${index}:+$v${index}/.nbkp-vol}"`),
    ...folders.flatMap((folder) => MARKS.map((name) => folder(name))),
  ];
  return [
    volumes.some(({ uuid }) => uuid !== null)
      ? `devices=$(device_lines) || devices=\${devices:-${UNLISTED}}`
      : 'devices=',
    'home\nput "$HOME" "$mounts"\nfstab\nput "$devices"\nsequences\ndisks',
    ...volumes.map(volumePath),
    ...[...volumes.keys()].map((index) => `root "$v${index}"\nr${index}=$root`),
    'long=$(',
    ...chunks(marks).map((list) => `long_of ${list}`),
    ')',
    ...roots.map((path) => `volume ${path}`),
    ...folders.map((folder) => `endpoint ${folder()}`),
    ...aboutEach('file_lines', [...roots, ...files]),
    ...aboutEach('room_lines', rooms),
    `case $mounts in *' FSTYPE="btrfs" '*)`,
    ...chunks(folders.map((folder) => folder('snapshots/'))).map(
      (list) => `find ${list} -mindepth 1 -maxdepth 1 -type d -inum 256 -print0`,
    ),
    ';; esac',
    `put ''\nconditions=${conditions ? '\npower' : ''}\ntools\nput end`,
  ];
}

/**
 * The words of the shell for a folder of a volume and for what is in it. Each names the volume and has the rest as it is: with a
 * variable for each of thousands of folders a shell takes longer and longer to find one.
 */
function folderIn(volume: number | undefined, subdir: string): (name?: string) => string {
  const root = volume === undefined ? NOWHERE : `"$r${volume}"`;
  return (name = '') => {
    if (name === '' && subdir === '') return volume === undefined ? NOWHERE : `"$v${volume}"`;
    return root + quote([subdir, name].filter((part) => part !== '').join('/'));
  };
}

function aboutEach(asked: 'file_lines' | 'room_lines', paths: readonly string[]): string[] {
  return ['begin', ...chunks(paths).map((list) => `about_each ${asked} ${list}`), "printf '\\0'"];
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
