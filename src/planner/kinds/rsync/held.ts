import { restraints, unheld } from '../../file-systems/kept.ts';
import { limitsOf } from '../../file-systems/names.ts';
import { fileSystemOf } from '../../file-systems/of.ts';
import type { LeftOut, MountFacts } from '../../model/facts.ts';
import type { Finding } from '../../model/finding.ts';
import { entriesLeftOut, entriesSkipped, notKept, optionsAskTooMuch } from '../../model/findings/file-systems.ts';
import { endpointKey, type Sync } from '../../model/spec.ts';
import type { SyncPlanning } from '../../model/executor.ts';
import { flagsOf, type Flags } from './options.ts';
import type { TransferParams } from './params.ts';

/** What holds the two ends; null or undefined where that is not known. */
interface Ends {
  source: MountFacts | null | undefined;
  destination: MountFacts | null | undefined;
}

/** The flags of a sync. The default ones leave out what the destination cannot hold; what a user wrote is obeyed. */
export function heldFlags({ rsync }: Pick<Sync, 'rsync'>, { destination }: Pick<Ends, 'destination'>): Flags {
  const flags = flagsOf(rsync);
  const without = rsync.options === null ? restraints(flags.options, destination) : [];
  return { ...flags, options: [...flags.options, ...without.filter((word) => !flags.extraOptions.includes(word))] };
}

/** What of the source does not get to the destination, or is to and cannot. */
export function heldRemarks(sync: Sync, ends: Ends): Finding[] {
  const { volume } = sync.destination;
  const without = sync.rsync.options === null ? unheld(flagsOf(sync.rsync).options, ends) : null;
  const { options, extraOptions } = heldFlags(sync, ends);
  const vain = unheld([...options, ...extraOptions], ends);
  return [
    ...(without === null ? [] : [{ ...notKept({ volume, ...without }), volume }]),
    ...(vain === null ? [] : [{ ...optionsAskTooMuch({ volume, ...vain }), volume }]),
  ];
}

/** What single entries have to be like to be held there; nothing where all can be held. */
export function unholdableBy(
  { unholdable }: Sync,
  destination: MountFacts | null | undefined,
): Pick<TransferParams, 'unholdable'> {
  const there = fileSystemOf(destination ?? null);
  const limits = there === null ? null : limitsOf(there);
  return there === null || limits === null
    ? {}
    : { unholdable: { outcome: unholdable ?? 'fail', title: there.title, limits } };
}

/** What a preview has found that cannot be held. The plan only warns of it: all others are copied. */
export function leftOutRemarks({ sync, destination }: SyncPlanning, leftOut: LeftOut | undefined): Finding[] {
  const { unholdable } = unholdableBy(sync, destination.directory?.mount);
  if (unholdable === undefined || leftOut === undefined) return [];
  const finding = leftOutFinding(endpointKey(sync.destination), unholdable, leftOut);
  const outcome = unholdable.outcome === 'fail' ? ' The sync will be incomplete (exit code 1).' : '';
  return [{ ...finding, severity: 'warning', message: `${finding.message}${outcome}` }];
}

/** What a person is told of entries that were left out. */
export function leftOutFinding(
  destination: string,
  { outcome, title }: NonNullable<TransferParams['unholdable']>,
  leftOut: LeftOut,
): Finding {
  return (outcome === 'fail' ? entriesLeftOut : entriesSkipped)({ destination, title, leftOut });
}
