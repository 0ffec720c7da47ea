import type { Finding } from '../planner/model/finding.ts';
import type { PlanRequest } from '../planner/model/plan.ts';
import type { Spec } from '../planner/model/spec.ts';
import { unknownLocations, type Network, type Reach } from '../planner/ssh/candidates.ts';
import { UsageError } from './usage-error.ts';

export interface ReachFlags {
  location?: string[] | undefined;
  'exclude-location'?: string[] | undefined;
  network?: Network | undefined;
}

/**
 * What the flags ask for.
 *
 * @throws UsageError for a location that no endpoint has
 */
export function reachOf({ ssh }: Spec, flags: ReachFlags): Reach {
  const { location, 'exclude-location': excluded, network } = flags;
  const reach = { locations: location ?? [], excludedLocations: excluded ?? [], network: network ?? null };
  const unknown = unknownLocations(ssh, reach);
  if (unknown.length > 0) throw usage(unknown);
  return reach;
}

/** Names that the spec does not have are mistakes on the command line. */
export function usage(findings: readonly Finding[]): UsageError {
  const helps = new Set(findings.flatMap((finding) => finding.help ?? []));
  return new UsageError(findings.map((finding) => finding.message).join(' '), [...helps].join('; '));
}

export interface RequestFlags {
  only?: string[] | undefined;
  exclude?: string[] | undefined;
  prune?: boolean | undefined;
  mount?: boolean | undefined;
  'keep-mounted'?: boolean | undefined;
  'allow-destructive'?: boolean | undefined;
  'ignore-conditions'?: boolean | undefined;
}

/** What the flags ask for, as the plan records it. */
export function requestOf(flags: RequestFlags, more: Partial<PlanRequest> = {}): PlanRequest {
  return {
    only: flags.only ?? [],
    exclude: flags.exclude ?? [],
    prune: flags.prune ?? true,
    allowDestructive: flags['allow-destructive'] ?? false,
    ...drivesOf(flags),
    ...(flags['ignore-conditions'] === true ? { conditions: 'ignore' } : {}),
    volumes: [],
    restore: null,
    ...more,
  };
}

function drivesOf(flags: RequestFlags): Pick<PlanRequest, 'drives'> {
  if (flags.mount === false) return { drives: 'leave' };
  return flags['keep-mounted'] === true ? { drives: 'keep' } : {};
}
