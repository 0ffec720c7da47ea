import { join } from 'node:path';
import type { Plan } from '../../src/planner/model/plan.ts';
import { Backup } from './backup.ts';
import { makeTempDir, type TempDir } from './tempdir.ts';
import { growTree } from './tree.ts';

/** Backups to restore from, and new folders to restore to. */
export class Restoring {
  readonly #dir: TempDir;
  readonly shared: Backup;
  #places = 0;

  private constructor(dir: TempDir) {
    this.#dir = dir;
    this.shared = this.backedUp();
  }

  static async start(): Promise<Restoring> {
    return new Restoring(await makeTempDir());
  }

  remove(): Promise<void> {
    return this.#dir.remove();
  }

  /** A folder that is not there yet. */
  target(): string {
    return `${this.#next()}-restored`;
  }

  /** Not backed up yet. */
  prepared(sync = ''): Backup {
    return new Backup(this.#next(), { mode: 'hard-link', sync });
  }

  /** Two snapshots: `first` and `second version` of a letter, and a tree of all kinds of entries. */
  backedUp(): Backup {
    const made = this.prepared('rsync.extra-options = ["-H"]');
    growTree(made.source);
    made.write({ 'letters/2026/march': 'first', 'letters/2026/april': 'april', 'letters/notes': 'notes' });
    made.run(0);
    made.write({ 'letters/2026/march': 'second version' });
    made.run(0);
    return made;
  }

  #next(): string {
    this.#places += 1;
    return join(this.#dir.path, String(this.#places));
  }
}

/** @returns the plan that the command prints */
export function restoreTo(to: string, subject: Backup, code: number, what: string, ...args: string[]): Plan {
  const answer = subject.sandbox.nbkp('restore', what, ...args, '--to', to, '--yes', '--json');
  return JSON.parse(subject.expectCode(code, answer).stdout) as Plan;
}
