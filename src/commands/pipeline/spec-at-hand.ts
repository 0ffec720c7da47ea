import { locateSpec, readSpecFile } from '../../store/spec-file.ts';
import type { Spec } from '../../planner/model/spec.ts';
import { UNCHECKED } from '../../planner/spec/executors.ts';
import { readSpec } from '../../planner/spec/index.ts';
import { thisUser } from './this-user.ts';

/**
 * The spec that words of a command line name, or the one that would be found: for its names, while the command is not
 * whole yet. Null when there is none that can be read.
 */
export function specAtHand(words: readonly string[]): Spec | null {
  const at = words.findIndex((word) => word === '--spec' || word === '-c');
  const located = locateSpec(at === -1 ? undefined : words[at + 1], process.env);
  if (!located.ok) return null;
  const file = readSpecFile(located.value, { ...thisUser(), runs: false });
  const spec = file.ok ? readSpec(file.value.text, file.value.path, UNCHECKED) : file;
  return spec.ok ? spec.value : null;
}
