import type { Stats } from 'node:fs';
import type { RestoreParams } from '../../planner/kinds/restore/command.ts';
import type { CountedPaths, RestorePart } from '../../planner/model/at-target.ts';
import type { PreviewItem } from '../../planner/model/facts.ts';
import { escapeName, unescapeName } from '../rsync/names.ts';
import type { Pass } from '../rsync/pass.ts';
import { Target } from './target.ts';

/** How many are named. */
export const NAMED = 5;

/** What is to be done for a part of a restore, by name: bytes as characters (latin1), relative to the part. */
export interface Survey {
  /** Folders on the way that are not there. */
  missing: string[];
  /** What is copied: the uppermost of what is not there, with all in it, and what gives way. */
  copied: string[];
  /** Folders that are there, were asked for, and get what they have in the snapshot. */
  changed: string[];
  /** Folders into which something is put, as they are before; empty for the target itself. */
  touched: Map<string, Times>;
  /** Paths are relative to the snapshot. */
  kept: CountedPaths;
  inTheWay: CountedPaths;
  linksLeft: CountedPaths;
  /** Destinations of syncs that would be written into. */
  backups: CountedPaths;
  /** Folders behind links, each a part of its own. */
  linked: RestorePart[];
  /** Files that are copied, and their bytes. */
  files: number;
  bytes: number;
  /** Of the dry run; null when there was nothing to look at. */
  pass: Pass | null;
}

/** Milliseconds since 1970. */
export type Times = Pick<Stats, 'atimeMs' | 'mtimeMs'>;

const KINDS: Readonly<Record<string, (entry: Stats) => boolean>> = {
  f: (entry) => entry.isFile(),
  d: (entry) => entry.isDirectory(),
  L: (entry) => entry.isSymbolicLink(),
  D: (entry) => entry.isBlockDevice() || entry.isCharacterDevice(),
  S: (entry) => entry.isFIFO() || entry.isSocket(),
};

/** What becomes of all that is in a folder. */
type Fate = 'reached' | 'written' | 'left' | 'backup';

/** Decides, entry by entry of a dry run, what a restore does with it. */
export class Surveyor {
  readonly #params: RestoreParams;
  readonly #below: string;
  readonly #target: Target;
  readonly #watch: (item: PreviewItem) => void;
  readonly #fates = new Map<string, Fate>();
  readonly #found: Omit<Survey, 'pass'> = {
    ...{ missing: [], copied: [], changed: [], touched: new Map(), linked: [], files: 0, bytes: 0 },
    ...{ kept: none(), inTheWay: none(), linksLeft: none(), backups: none() },
  };

  constructor(params: RestoreParams, { below, to }: RestorePart, watch: (item: PreviewItem) => void) {
    this.#params = params;
    this.#below = below === '' ? '' : `${Buffer.from(below).toString('latin1')}/`;
    this.#target = new Target(to, params.links);
    this.#watch = watch;
    for (const name of this.#target.destinations()) this.#fates.set(name, 'backup');
  }

  survey(pass: Pass | null): Survey {
    // What was asked for as a whole includes each of its parts.
    const linked = this.#found.linked.map((part) => (part.paths.includes('') ? { ...part, paths: [] } : part));
    return { ...this.#found, linked, pass };
  }

  /** Looks at the folders above a name. False when it is not restored, or belongs to the part behind a link. */
  reaches(name: string): boolean {
    for (const folder of foldersAbove(name)) {
      const fate = this.#fates.get(folder) ?? this.#fateOfFolder(folder);
      this.#fates.set(folder, fate);
      if (fate === 'backup') this.#note(this.#found.backups, folder);
      if (fate === 'reached') continue;
      this.#handOver(folder, name.slice(folder.length + 1));
      return false;
    }
    return true;
  }

  /** @param modified seconds since 1970, when it was changed last in the snapshot */
  add(item: PreviewItem, modified: number): void {
    const isFolder = item.code[1] === 'd';
    const name = item.path === './' ? '' : unescapeName(item.path.replace(/\/$/, ''));
    const fate = this.#fateAbove(name);
    if (fate === 'backup') this.#note(this.#found.backups, name);
    if (fate === 'left' || fate === 'backup') return;
    if (fate === 'written') return this.#write(name, item, false);
    const there = name === '' && item.change === 'update' ? 'same kind' : this.#compare(name, item, isFolder);
    if (there === 'handled') return;
    if (there === 'nothing') return this.#write(name, item, true);
    if (there === 'another kind') {
      if (!this.#givesWay(name)) return void this.#fates.set(name, 'left');
      return this.#write(name, { ...item, change: 'update' }, true);
    }
    const { overwrite } = this.#params;
    if (isFolder) {
      if (overwrite === 'always' && name !== '') this.#change(name, item);
    } else if (overwrite === 'always' || (overwrite === 'if-older' && this.#isOlder(name, modified))) {
      this.#write(name, { ...item, change: 'update' }, true);
    } else this.#note(this.#found.kept, name);
  }

  /** @param path of a folder with something in it, where the snapshot has something else */
  inTheWay(path: string): void {
    const name = unescapeName(path);
    if (this.#fateAbove(name) === 'reached' && this.#givesWay(name)) this.#found.copied.push(name);
  }

  #compare(
    name: string,
    { code }: PreviewItem,
    isFolder: boolean,
  ): 'nothing' | 'same kind' | 'another kind' | 'handled' {
    const there = this.#target.entry(name);
    if (there === null) return 'nothing';
    if (KINDS[code[1] ?? '']?.(there) === true) return 'same kind';
    if (!isFolder || !there.isSymbolicLink() || !this.#target.leadsToFolder(name)) return 'another kind';
    if (this.#fates.get(name) !== 'left') this.#throughLink(name, there);
    this.#handOver(name, '');
    return 'handled';
  }

  /** Of a folder on the way. */
  #fateOfFolder(folder: string): Fate {
    const there = this.#target.entry(folder);
    if (there?.isDirectory() === true) return 'reached';
    if (there?.isSymbolicLink() === true && this.#target.leadsToFolder(folder)) {
      this.#throughLink(folder, there);
      return 'left';
    }
    if (there !== null && !this.#givesWay(folder)) return 'left';
    this.#found.missing.push(folder);
    this.#touch(folder);
    this.#watch({ change: 'create', path: this.#shown(folder, true), size: 0, code: 'cd+++++++++' });
    return 'reached';
  }

  #throughLink(name: string, link: Stats): void {
    this.#fates.set(name, 'left');
    const to = this.#target.behind(name, link);
    const below = Buffer.from(`${this.#below}${name}`, 'latin1');
    // Other bytes are in no argument of a program.
    if (to === null || !below.equals(Buffer.from(below.toString('utf8')))) this.#note(this.#found.linksLeft, name);
    else this.#found.linked.push({ below: below.toString('utf8'), to, paths: [] });
  }

  /** @param rest what was asked for behind the link; empty for all of it */
  #handOver(link: string, rest: string): void {
    const below = Buffer.from(`${this.#below}${link}`, 'latin1').toString('utf8');
    const part = this.#found.linked.find((each) => each.below === below);
    if (part !== undefined) part.paths.push(escapeName(rest));
  }

  #fateAbove(name: string): Fate {
    for (let end = name.length; end > 0;) {
      end = Math.max(0, name.lastIndexOf('/', end - 1));
      const fate = this.#fates.get(name.slice(0, end));
      if (fate !== undefined && fate !== 'reached') return fate;
    }
    return 'reached';
  }

  /** What is of another kind gives way only when that was asked for. Otherwise it is noted. */
  #givesWay(name: string): boolean {
    const { overwrite, replaceKinds } = this.#params;
    if (overwrite !== 'never' && replaceKinds) return true;
    this.#note(overwrite === 'never' ? this.#found.kept : this.#found.inTheWay, name);
    return false;
  }

  /** @param uppermost nothing above it is written, and so it has to be named */
  #write(name: string, item: PreviewItem, uppermost: boolean): void {
    const isFolder = item.code[1] === 'd';
    if (uppermost) {
      this.#found.copied.push(name);
      if (isFolder) this.#fates.set(name, 'written');
      if (name !== '') this.#touch(name);
    }
    if (item.code.startsWith('>f')) {
      this.#found.files += 1;
      this.#found.bytes += item.size;
    }
    if (name !== '') this.#watch({ ...item, path: this.#shown(name, isFolder) });
  }

  #change(name: string, item: PreviewItem): void {
    this.#found.changed.push(name);
    this.#watch({ ...item, path: this.#shown(name, true) });
  }

  /** Remembers the folder that a name is in, if that is there. */
  #touch(name: string): void {
    const folder = name.slice(0, Math.max(0, name.lastIndexOf('/')));
    if (this.#found.touched.has(folder)) return;
    const there = this.#target.entry(folder === '' ? '.' : folder);
    if (there?.isDirectory() !== true) return;
    this.#found.touched.set(folder, { atimeMs: there.atimeMs, mtimeMs: there.mtimeMs });
  }

  /** rsync compares whole seconds. */
  #isOlder(name: string, modified: number): boolean {
    return Math.floor((this.#target.entry(name)?.mtimeMs ?? Infinity) / 1000) < modified;
  }

  #note(noted: CountedPaths, name: string): void {
    noted.count += 1;
    if (noted.paths.length < NAMED) noted.paths.push(this.#shown(name, false));
  }

  #shown(name: string, isFolder: boolean): string {
    return `${escapeName(`${this.#below}${name}`)}${isFolder ? '/' : ''}`;
  }
}

function none(): CountedPaths {
  return { count: 0, paths: [] };
}

/** `a` and `a/b` of `a/b/c`. */
export function foldersAbove(name: string): string[] {
  const parts = name.split('/').slice(0, -1);
  return parts.map((_, index) => parts.slice(0, index + 1).join('/'));
}
