import { restraints, unheld } from '../../file-systems/kept.ts';
import type { MountFacts } from '../../model/facts.ts';
import type { Finding } from '../../model/finding.ts';
import { notKept, optionsAskTooMuch } from '../../model/findings/destinations.ts';
import type { Sync } from '../../model/spec.ts';
import { flagsOf, type Flags } from './options.ts';

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
