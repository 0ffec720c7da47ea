import type { ConditionFacts } from '../../planner/model/conditions.ts';
import type { NoFile } from '../../planner/model/facts.ts';
import type { EndpointQuestion, HostQuestions, VolumeQuestion } from '../../planner/model/questions.ts';
import { OTHER_SYSTEM } from './systems/index.ts';

/** What the probe said, word by word. Paths and names are decoded, everything else is as the tools wrote it. */
export interface Answer {
  home: string;
  /** Of `findmnt --pairs`. */
  mounts: string;
  /** The text of /etc/fstab. */
  fstab: string;
  /** Of `lsblk --pairs`; empty when no volume has a UUID. */
  devices: string;
  /** A line for each device: its path and what tells this time of being attached from all others. */
  sequences: string;
  /** A line for each device: its path, and the whole disks that it stands on (`DISKS_FUNCTION`). */
  disks: string;
  /** In the order of the questions. */
  volumes: VolumeAnswer[];
  endpoints: EndpointAnswer[];
  /** Each entry of a `snapshots/` that is a directory with inode 256, as `DIRECTORY/NAME`. */
  inode256: Set<string>;
  tools: { btrfs: boolean; flock: boolean; udisks: boolean; perl: boolean };
  /** Null when nobody asked. */
  conditions: ConditionFacts | null;
  /** The kernel, as `uname -s` names it. */
  system: string;
  /** What its kernel calls itself since it was started; empty where it does not. */
  boot: string;
  /** Of `id`. */
  id: string;
  /** The first two lines of `rsync --version`, and what it was built without; empty without rsync. */
  rsync: string;
}

export interface VolumeAnswer {
  volume: string;
  /** Empty when it is not known. */
  path: string;
  directory: DirectoryAnswer;
  sentinel: boolean;
  /** What has its name and is none. */
  notMark: NoFile | undefined;
  /** Something is there that is no folder. */
  notFolder?: true;
  /** The line in the mark. */
  said: string;
}

export interface EndpointAnswer {
  key: string;
  volume: string;
  /** Empty when that of its volume is not known. */
  path: string;
  sentinels: { source: boolean; destination: boolean };
  notFolder?: true;
  /**
   * The line in each sentinel and in the note of the last success: empty without one, `-` where it could not be read, and more behind
   * that where it is no file. Undefined in an answer without it.
   */
  said: { source: string | undefined; destination: string | undefined; last?: string | undefined };
  /** The folder for temporary snapshots is a symlink. */
  sourceFolderLink: boolean;
  /** That of a destination is there in capitals too. */
  inCapitals: boolean;
  /** `stat -c '%d %i %f %u %y'` of each; null where there is none. */
  sentinelStats: { source: string | null; destination: string | null };
  /** The same of `snapshots/`. */
  snapshotsStat: string | null;
  leftovers: string[];
  /** Empty: absent. `x`: not a link. `t` and the text of the link. */
  latest: string;
  /** Each a letter for the kind (`l`, `d`, `f`, `o`) and the name; null when there is no such directory. */
  snapshots: string[] | null;
  /** `snapshots` is a symlink. */
  snapshotsLink: boolean;
  /** This user may not write in `snapshots/`. */
  snapshotsReadOnly: boolean;
  directory: DirectoryAnswer;
  staging: DirectoryAnswer;
}

export interface DirectoryAnswer {
  /** Empty when there is none. */
  realPath: string;
  writable: boolean;
  occupied: boolean;
  /** By nothing but `lost+found`. */
  lostFound: boolean;
  /** `stat -c '%d %i %f %u %y'` and `stat -f -c '%a %b %c %d %S %t'`; null when it was gone by then. */
  stat: string | null;
  statfs: string | null;
}

/** Reads the answer of `probeScript`; null when it is not complete, or not what was asked. */
export function parseAnswer(output: Buffer, { volumes, endpoints }: HostQuestions): Answer | null {
  const words = new Words(output);
  const head = {
    home: words.next(),
    mounts: words.next(),
    fstab: words.next(),
    devices: words.next(),
    sequences: words.next(),
    disks: words.next(),
  };
  const volumeAnswers = volumes.map((question) => volumeAnswer(question, words));
  const endpointAnswers = endpoints.map((question) => endpointAnswer(question, words));
  const stats = separated(words.next());
  const statfs = separated(words.next());
  if (stats.length !== volumeAnswers.length + 5 * endpointAnswers.length) return null;
  if (statfs.length !== volumeAnswers.length + 2 * endpointAnswers.length) return null;
  if (!stats.every((line) => line === null || STAT.test(line))) return null;
  if (!statfs.every((line) => line === null || STATFS.test(line))) return null;
  if ([head.mounts, head.devices, head.disks].some((text) => linesOf(text) > MOST_LINES)) return null;
  if (!volumes.every(({ path }, index) => isPlace(path, volumeAnswers[index]))) return null;
  if (!endpointAnswers.every((answer) => isPlace(null, answer))) return null;
  let [next, nextRoom] = [0, 0];
  const fill = (directory: DirectoryAnswer): void => {
    directory.stat = stats[next++] ?? null;
    directory.statfs = statfs[nextRoom++] ?? null;
  };
  for (const { directory } of volumeAnswers) fill(directory);
  for (const answer of endpointAnswers) {
    fill(answer.directory);
    fill(answer.staging);
    const [source = null, destination = null, snapshots = null] = stats.slice(next, next + 3);
    answer.sentinelStats = { source, destination };
    answer.snapshotsStat = snapshots;
    next += 3;
  }
  const inode256 = new Set(words.list().map((path) => withoutDoubleSlashes(path)));
  const tools = words.next();
  const [system = '', boot = ''] = words.next().split(' ');
  const tail = { system, boot, id: words.next(), rsync: `${words.next()}\n${words.next()}`.trim() };
  if (words.next() !== END || !words.areOver) return null;
  return {
    ...head,
    ...tail,
    volumes: volumeAnswers,
    endpoints: endpointAnswers,
    inode256,
    tools: {
      btrfs: tools.includes('b'),
      flock: tools.includes('f'),
      udisks: tools.includes('u'),
      perl: tools.includes('p'),
    },
    conditions: conditionsOf(tools),
  };
}

/** The name of a system on which nothing was asked; null in every other answer. */
export function otherSystem(output: Buffer): string | null {
  const words = new Words(output);
  const name = words.next();
  return words.next() === OTHER_SYSTEM && words.areOver && /^[\w./ -]{1,60}$/.test(name) ? name : null;
}

const STAT = /^\d+ \d+ [0-9a-f]+(?: .{0,60})?$/;
const STATFS = /^(?:-?\d+ ){4}-?\d+(?: |$)/;

/** Of mounts, of devices and of disks. Linux itself allows 100,000 mounts. */
const MOST_LINES = 20_000;

function linesOf(text: string): number {
  let lines = 1;
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) lines += 1;
  return lines;
}

/** @param asked the path of the question, if it is absolute */
function isPlace(asked: string | null, answer: VolumeAnswer | EndpointAnswer | undefined): boolean {
  if (answer === undefined) return false;
  if (asked?.startsWith('/') === true && answer.path !== asked) return false;
  const { realPath } = answer.directory;
  return realPath === '' || realPath.startsWith('/');
}

function conditionsOf(letters: string): ConditionFacts | null {
  const told = (yes: string, no: string): boolean | null =>
    letters.includes(yes) ? true : letters.includes(no) ? false : null;
  const onBattery = told('B', 'P');
  return onBattery === null ? null : { onBattery, metered: told('M', 'N') };
}

/** The last word. */
const END = 'end';

/** Of an answer that is one. More entries than that are in no `snapshots/`. */
const MOST_WORDS = 1_000_000;

/** Strings that end with NUL. They are found one by one, so that an answer of nothing else costs no more than another. */
class Words {
  readonly #output: Buffer;
  #from = 0;
  #count = 0;

  constructor(output: Buffer) {
    this.#output = output;
  }

  /** Empty where there are no more: an answer with too few words does not end with `END` then. */
  next(): string {
    const to = this.#output.indexOf(0, this.#from);
    this.#count += 1;
    if (to === -1 || this.#count > MOST_WORDS) {
      this.#from = this.#output.length;
      return '';
    }
    const word = this.#output.toString('utf8', this.#from, to);
    this.#from = to + 1;
    return word;
  }

  /** Up to the next empty word. */
  list(): string[] {
    const list = [];
    for (let word = this.next(); word !== ''; word = this.next()) list.push(word);
    return list;
  }

  get areOver(): boolean {
    return this.#from === this.#output.length;
  }
}

function volumeAnswer({ volume }: VolumeQuestion, words: Words): VolumeAnswer {
  const [path, directory, mark] = [words.next(), directoryAnswer(words), words.next()];
  const said = mark.slice(1);
  const place = mark === 'n' ? { notFolder: true as const } : {};
  return { volume, path, directory, sentinel: mark.startsWith('y'), notMark: notMark(mark), ...place, said };
}

const NO_FILES: Readonly<Record<string, NoFile>> = { '-l': 'link', '-d': 'folder', '-o': 'other' };

/** What has the name of a mark and is none, as its line tells. */
export function notMark(line = ''): NoFile | undefined {
  return Object.hasOwn(NO_FILES, line) ? NO_FILES[line] : undefined;
}

function endpointAnswer({ key, volume }: EndpointQuestion, words: Words): EndpointAnswer {
  const path = words.next();
  const directory = directoryAnswer(words);
  const [sentinels = '', source, destination, last] = words.next().split('\n');
  const leftovers = words.list();
  const latest = words.next();
  const [present, ...entries] = words.list();
  return {
    key,
    volume,
    path,
    sentinels: { source: sentinels.includes('s'), destination: sentinels.includes('d') },
    ...(sentinels === 'n' ? { notFolder: true as const } : {}),
    sourceFolderLink: sentinels.includes('l'),
    inCapitals: sentinels.includes('c'),
    sentinelStats: { source: null, destination: null },
    snapshotsStat: null,
    said: { source, destination, last },
    leftovers,
    latest,
    snapshots: present === undefined || present === 'x' ? null : entries,
    snapshotsLink: present?.startsWith('l') === true || present === 'x',
    snapshotsReadOnly: present?.endsWith('r') === true,
    directory,
    staging: directoryAnswer(words),
  };
}

function directoryAnswer(words: Words): DirectoryAnswer {
  const realPath = words.next();
  const rights = words.next();
  const [writable = false, occupied = false, lostFound = false] = ['w', 'o', 'l'].map((one) => rights.includes(one));
  return { realPath, writable, occupied, lostFound, stat: null, statfs: null };
}

/**
 * One line or null for each path. `stat` leaves out a path that is not there; the line of the separator, which comes
 * first and after each path, tells which.
 */
function separated(text: string): (string | null)[] {
  const [separator, ...lines] = text.split('\n');
  const found: (string | null)[] = [];
  let current: string | null = null;
  for (const line of lines.slice(0, -1)) {
    if (line !== separator) {
      current = line;
    } else {
      found.push(current);
      current = null;
    }
  }
  return found;
}

/** `//a//b` is `/a/b` on every system that we know, though POSIX leaves the first two to each. */
export function withoutDoubleSlashes(path: string): string {
  return path.replaceAll(/\/+/g, '/');
}
