import type { PJSON } from '@oclif/core/interfaces';

/** What bin/run.js knows of the nbkp that runs. */
export interface Installed {
  /** The directory of the package. */
  root: string;
  pjson: PJSON;
  /** A package of npm or a clone, or the file that holds Node too. */
  form: 'package' | 'file';
  /** What starts this nbkp again, from any folder: the words before those that `nbkp` gets. */
  program: readonly string[];
  /** The text of a file of nbkp by its path in the package, such as `dist/build.json`. */
  asset: (path: string) => string;
}

let own: Installed | undefined;

/** Called once, before anything else. */
export function setInstalled(installed: Installed): void {
  own = installed;
}

/** The nbkp that runs. */
export function installed(): Installed {
  if (own === undefined) throw new Error('nbkp was not started by bin/run.js');
  return own;
}

/** The words that start this nbkp again, from any folder: in a timer, or as a child. */
export function ownProgram(): string[] {
  return [...installed().program];
}
