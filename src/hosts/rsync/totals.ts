/** The end of `--stats --no-human-readable`. */
export interface Totals {
  /** Entries of the source, the directory itself not counted. */
  entries: number;
  created: number;
  deleted: number;
  /** Regular files transferred, and their size in bytes. */
  files: number;
  bytes: number;
  /** Those that were not, as they are at the other end already, or were copied there from what `--link-dest` names. */
  others?: { files: number; bytes: number };
}

const LINE =
  /^(Number of (?:files|created files|deleted files|regular files transferred)|Total (?:transferred )?file size): (\d+)(?: \(reg: (\d+))?/;

/** Picks the totals out of rsync's lines. The last of each counts: a user's `-v` lists names first, whatever they are. */
export class TotalsReader {
  private readonly found = new Map<string, number>();

  read(line: string): void {
    const [, name, value, regular = 0] = LINE.exec(line) ?? [];
    if (name === undefined) return;
    this.found.set(name, Number(value));
    if (name === 'Number of files') this.found.set('regular', Number(regular));
  }

  /** Null when rsync ended before it had any, or could not read the source itself. */
  totals(): Totals | null {
    const all = this.found.get('Number of files') ?? 0;
    if (all === 0) return null;
    const value = (name: string): number => this.found.get(name) ?? 0;
    const [files, bytes] = [value('Number of regular files transferred'), value('Total transferred file size')];
    return {
      entries: all - 1,
      created: value('Number of created files'),
      deleted: value('Number of deleted files'),
      ...{ files, bytes },
      others: { files: value('regular') - files, bytes: value('Total file size') - bytes },
    };
  }
}
