import { cutAt } from '../transport/lines.ts';
import type { EntryState } from '../../planner/model/comparison.ts';
import { instant } from '../instant.ts';

/** An entry of a tree, as its host tells it. Texts have one character for each byte (latin1). */
export interface Entry {
  type: EntryState['type'];
  /** Bytes; 0 for what is no file. */
  size: number;
  /** Octal: `644`. */
  mode: string;
  /** Numbers: `1000:1000`. */
  owner: string;
  /** ISO 8601, UTC, with as many digits as it takes. */
  time: string;
  inode: string;
  /** As find(1) prints it: begins with what it was told to look at. */
  path: string;
  /** Of a symbolic link. */
  target: string | null;
}

/**
 * Defines `entries`, which takes places and conditions of find(1) and writes what `EntryReader` reads. A `find` without
 * `-printf`, as busybox has, leaves that to `stat`, which cannot write a NUL: there a name ends with `//`, which no path
 * holds, and the target of a link follows in hexadecimal digits. (Within parentheses busybox forgets what `-exec … +` has
 * gathered.)
 */
export const ENTRIES = `
LC_ALL=C TZ=UTC0
export LC_ALL TZ
entries() {
  if find / -maxdepth 0 -printf '' 2>/dev/null; then
    printf 'printf\\0'
    find "$@" -printf '%y/%m/%U:%G/%s/%T@/%i/%p//%l\\0'
  else
    printf 'stat\\0'
    find "$@" \\( ! -type l -o ! -exec sh -c '
      stat -c "%f/%u:%g/%s/%y/%i/%n//" "$1" &&
        printf "=%s//\\n" "$(readlink -n "$1" | od -An -v -tx1 | tr -d " \\n")"
      ' sh {} \\; \\) -exec stat -c '%f/%u:%g/%s/%y/%i/%n//' {} +
  fi
}
`;

/** Reads what `entries` writes, as it comes. */
export class EntryReader {
  readonly #onEntry: (entry: Entry) => void;
  /** Null until it has said in which form it writes. */
  #cut: ((text: string) => void) | null = null;
  #head = '';
  #link: Entry | null = null;

  constructor(onEntry: (entry: Entry) => void) {
    this.#onEntry = onEntry;
  }

  write(chunk: Buffer): void {
    const text = chunk.toString('latin1');
    if (this.#cut !== null) return this.#cut(text);
    this.#head += text;
    const end = this.#head.indexOf('\0');
    if (end === -1) return;
    const isPrintf = this.#head.slice(0, end) === 'printf';
    this.#cut = isPrintf
      ? cutAt('\0', (record) => this.#onEntry(printed(record)))
      : cutAt('//\n', (record) => this.#takeStat(record));
    this.#cut(this.#head.slice(end + 1));
  }

  #takeStat(record: string): void {
    const link = this.#link;
    this.#link = null;
    if (record.startsWith('=')) {
      if (link !== null) this.#onEntry({ ...link, target: Buffer.from(record.slice(1), 'hex').toString('latin1') });
      return;
    }
    const entry = stated(record);
    if (entry.type === 'symlink') this.#link = entry;
    else this.#onEntry(entry);
  }
}

const LETTERS: Readonly<Record<string, Entry['type']>> = { f: 'file', d: 'directory', l: 'symlink' };

function printed(record: string): Entry {
  const [type = '', mode = '', owner = '', size = '', time = '', inode = ''] = record.split('/', 6);
  const begin = [type, mode, owner, size, time, inode].join('/').length + 1;
  // A path may begin with a slash.
  const end = record.indexOf('//', begin);
  const path = record.slice(begin, end);
  return entryOf(LETTERS[type] ?? 'other', {
    ...{ mode, owner, inode, path, size: Number(size), time: instant(time) },
    target: type === 'l' ? record.slice(end + 2) : null,
  });
}

/** Of `st_mode`: inode(7). */
const KINDS: Readonly<Record<number, Entry['type']>> = { 0o10: 'file', 0o4: 'directory', 0o12: 'symlink' };

function stated(record: string): Entry {
  const [bits = '', owner = '', size = '', time = '', inode = ''] = record.split('/', 5);
  const path = record.slice([bits, owner, size, time, inode].join('/').length + 1);
  const mode = Number.parseInt(bits, 16);
  return entryOf(KINDS[mode >> 12] ?? 'other', {
    ...{ mode: (mode & 0o7777).toString(8), owner, inode, path, size: Number(size), target: null },
    time: instant(secondsOf(time)),
  });
}

function entryOf(type: Entry['type'], rest: Omit<Entry, 'type'>): Entry {
  return { type, ...rest, size: type === 'file' ? rest.size : 0 };
}

/** `2026-03-06 14:30:00.123456789 +0000` as seconds since 1970. */
function secondsOf(time: string): string {
  const [, day = '', clock = '', fraction = ''] = /^(\S+) ([\d:]+)(\.\d+)?/.exec(time) ?? [];
  return `${Date.parse(`${day}T${clock}Z`) / 1000}${fraction}`;
}
