import { isUtf8 } from 'node:buffer';
import { lstatSync, realpathSync, statSync, utimesSync, type Stats } from 'node:fs';
import type { LinkRule } from '../../planner/kinds/restore/command.ts';
import { isWithin } from '../../planner/model/paths.ts';
import { systemError } from '../../planner/model/system-error.ts';

/** A folder that is restored to. Names in it are bytes, one character for each (latin1). */
export class Target {
  readonly #path: string;
  readonly #rule: LinkRule;

  /** @param path absolute */
  constructor(path: string, rule: LinkRule) {
    this.#path = path;
    this.#rule = rule;
  }

  /** The destinations of syncs that are in it, as names. */
  destinations(): string[] {
    const real = known(() => realpathSync.native(this.#path)) ?? this.#path;
    const inside = this.#rule.destinations.filter((path) => path !== real && isWithin(path, real));
    return inside.map((path) => Buffer.from(path.slice(real === '/' ? 1 : real.length + 1)).toString('latin1'));
  }

  /** Null when nothing is there, or nothing that this user can see and so replace. */
  entry(name: string): Stats | null {
    return known(() => lstatSync(this.#at(name)));
  }

  /** Whether what a link leads to is a folder. */
  leadsToFolder(name: string): boolean {
    return known(() => statSync(this.#at(name)))?.isDirectory() === true;
  }

  /**
   * The folder behind a link of this user or of root that may be written through, as its real path; null for any other.
   * It has to be where the rule says, and on the same device, so that no link leads a restore to another drive.
   */
  behind(name: string, link: Stats): string | null {
    if (link.uid !== process.geteuid?.() && link.uid !== 0) return null;
    const bytes = known(() => realpathSync.native(this.#at(name), 'buffer'));
    if (bytes === null || !isUtf8(bytes)) return null;
    const real = bytes.toString('utf8');
    const folder = known(() => statSync(real));
    if (folder?.isDirectory() !== true || this.#rule.destinations.some((path) => isWithin(real, path))) return null;
    const around = this.#rule.within.filter((path) => isWithin(real, path));
    return around.some((path) => known(() => statSync(path))?.dev === folder.dev) ? real : null;
  }

  /** Gives folders the times back that they had: an entry that is put into a folder changes its time. */
  setTimes(times: ReadonlyMap<string, Pick<Stats, 'atimeMs' | 'mtimeMs'>>): void {
    for (const [name, { atimeMs, mtimeMs }] of times) {
      // Only its owner may: anybody else's has the time of the copy then, as after cp(1).
      known(() => utimesSync(this.#at(name), atimeMs / 1000, mtimeMs / 1000));
    }
  }

  #at(name: string): Buffer {
    return Buffer.concat([Buffer.from(`${this.#path}/`), Buffer.from(name, 'latin1')]);
  }
}

/** What can be asked; null when the system refuses. */
function known<T>(ask: () => T): T | null {
  try {
    return ask();
  } catch (error) {
    systemError(error);
    return null;
  }
}
