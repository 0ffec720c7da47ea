import type { Nbkp } from './open-spec.ts';
import type { Surroundings } from './surroundings.ts';
import type { Workspace } from './workspace.ts';

interface Opened {
  around: Surroundings;
  /** What relative paths begin at. */
  cwd: string;
  /** Aborts when the handle is closed. */
  closing: AbortSignal;
  workspace: Workspace;
  /** Who runs this, as the history shows it. */
  program: string;
}

/** What is behind the handles that programs hold. */
export const handles = new WeakMap<Nbkp, Opened>();

/** @throws Error for one that `openSpec` has not made, or that is closed */
export function behind(nbkp: Nbkp): Opened {
  const found = handles.get(nbkp);
  if (found === undefined) throw new Error('this spec is not open: it was closed, or openSpec has not opened it');
  return found;
}
