import type { Result } from '../planner/model/result.ts';
import type { Spec } from '../planner/model/spec.ts';
import { UNCHECKED } from '../planner/spec/executors.ts';
import { readSpec } from '../planner/spec/index.ts';
import { locateSpec, readSpecFile } from '../store/spec-file.ts';
import type { Surroundings } from './surroundings.ts';

/**
 * A spec by itself: no plugin of it is looked for. Null where there is none.
 *
 * @param named what a person named; without it the one that is found
 */
export function specAlone(
  { env, user }: Pick<Surroundings, 'env' | 'user'>,
  named: string | undefined,
): Result<Spec> | null {
  const located = locateSpec(named, env);
  if (!located.ok) return null;
  const file = readSpecFile(located.value, { ...user, runs: false });
  return file.ok ? readSpec(file.value.text, file.value.path, UNCHECKED) : file;
}

/**
 * The spec that words of a command line name, or the one that would be found: for its names, while the command is not
 * whole yet. Null when there is none that can be read.
 */
export function specAtHand(around: Pick<Surroundings, 'env' | 'user'>, words: readonly string[]): Spec | null {
  const at = words.findIndex((word) => /^(?:--spec(?:=|$)|-c$)/.test(word));
  const [, attached] = /^--spec=(.*)$/s.exec(words[at] ?? '') ?? [];
  const spec = specAlone(around, at === -1 ? undefined : (attached ?? words[at + 1]));
  return spec?.ok === true ? spec.value : null;
}
