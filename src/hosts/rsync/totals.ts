/** The end of `--stats --no-human-readable`. */
export interface Totals {
  /** Entries of the source, the directory itself not counted. */
  entries: number;
  created: number;
  deleted: number;
  /** Regular files transferred, and their size in bytes. */
  files: number;
  bytes: number;
}

const LINE =
  /^(Number of (?:files|created files|deleted files|regular files transferred)|Total transferred file size): (\d+)/;

/** Picks the totals out of rsync's lines. The last of each counts: a user's `-v` lists names first, whatever they are. */
export class TotalsReader {
  private readonly found = new Map<string, number>();

  read(line: string): void {
    const [, name, value] = LINE.exec(line) ?? [];
    if (name !== undefined) this.found.set(name, Number(value));
  }

  /** Null when rsync ended before it had any, or could not read the source itself. */
  totals(): Totals | null {
    const all = this.found.get('Number of files') ?? 0;
    if (all === 0) return null;
    const value = (name: string): number => this.found.get(name) ?? 0;
    return {
      entries: all - 1,
      created: value('Number of created files'),
      deleted: value('Number of deleted files'),
      files: value('Number of regular files transferred'),
      bytes: value('Total transferred file size'),
    };
  }
}
