import { isWithin } from '../../planner/model/paths.ts';

/**
 * Counts the uppermost of directories that are named one by one, each after all those in it. Of what cannot lie in
 * any later directory only the number is kept, so that memory grows with the depth and not with the number.
 */
export class TopDirectories {
  private settled = 0;
  /** Uppermost so far, counted by the directory that they are in. Each parent is inside the one before it. */
  private readonly open: { parent: string; count: number }[] = [];

  add(path: string): void {
    const parent = path.slice(0, Math.max(path.lastIndexOf('/'), 0));
    this.drop((entry) => within(entry.parent, path));
    this.settled += this.drop((entry) => !within(parent, entry.parent));
    const last = this.open.at(-1);
    if (last?.parent === parent) last.count += 1;
    else this.open.push({ parent, count: 1 });
  }

  count(): number {
    return this.open.reduce((sum, entry) => sum + entry.count, this.settled);
  }

  private drop(unwanted: (entry: { parent: string }) => boolean): number {
    let dropped = 0;
    for (let last = this.open.at(-1); last !== undefined && unwanted(last); last = this.open.at(-1)) {
      dropped += last.count;
      this.open.pop();
    }
    return dropped;
  }
}

/** True for the directory itself too; '' is the directory that holds everything. */
function within(path: string, directory: string): boolean {
  return directory === '' || isWithin(path, directory);
}
