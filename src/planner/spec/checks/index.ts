import { hasErrors, type Finding } from '../../model/finding.ts';
import type { Check, CheckInput } from './check.ts';
import { credentials } from './credentials.ts';
import { cycles } from './cycles.ts';
import { executors } from './executors.ts';
import { filters } from './filters.ts';
import { hooks } from './hooks.ts';
import { hostKeys } from './host-keys.ts';
import { jumps } from './jumps.ts';
import { overlaps } from './overlaps.ts';
import { paths } from './paths.ts';
import { provided } from './provided.ts';
import { references } from './references.ts';
import { rsyncOptions } from './rsync-options.ts';
import { servers, sudo } from './servers.ts';
import { snapshots } from './snapshots.ts';
import { strings } from './strings.ts';
import { unused } from './unused.ts';

const CHECKS: readonly Check[] = [
  references,
  provided,
  executors,
  cycles,
  jumps,
  overlaps,
  servers,
  sudo,
  filters,
  rsyncOptions,
  strings,
  paths,
  hooks,
  snapshots,
  credentials,
  hostKeys,
];

/**
 * What a schema cannot say. `found` are the findings so far: what seems unused may be meant where a mistake is, so that
 * is looked at only when there is none.
 */
export function checkSpec(input: CheckInput, found: readonly Finding[]): Finding[] {
  const findings = CHECKS.flatMap((check) => check(input));
  return hasErrors(found) || hasErrors(findings) ? findings : [...findings, ...unused(input)];
}
