import * as kept from '../../file-systems/kept.ts';
import { heldYears, limitsOf } from '../../file-systems/names.ts';
import { fileSystemAt, fileSystemOf, needsTrial } from '../../file-systems/of.ts';
import type { CountedPaths } from '../../model/at-target.ts';
import type { EndpointFacts, LeftOut, TransferPreview } from '../../model/facts.ts';
import type { Finding } from '../../model/finding.ts';
import * as findings from '../../model/findings/file-systems.ts';
import { endpointKey, type Sync } from '../../model/spec.ts';
import type { SyncPlanning } from '../../model/executor.ts';
import type { Keeping } from '../../volumes/copy-options.ts';
import { flagsOf, type Flags } from '../../model/rsync-flags.ts';
import type { TransferParams } from './params.ts';

/** The flags of a sync. The default ones leave out what the destination cannot hold; what a user wrote is obeyed. */
export function heldFlags({ rsync }: Pick<Sync, 'rsync'>, keeping: Keeping): Flags {
  const flags = flagsOf(rsync);
  if (rsync.options !== null) return flags;
  const { decided, ends, lacking, allXattrs } = keeping;
  const words =
    decided === null
      ? kept.restraints(flags.options, ends.destination)
      : kept.decidedWords({ ...decided, keeps: decided.keeps.filter((id) => !lacking.includes(id)) }, ends.destination);
  const rules = words.includes('--xattrs') ? kept.attributeRules(allXattrs) : [];
  return {
    ...flags,
    options: [...rules, ...flags.options, ...words.filter((word) => !flags.extraOptions.includes(word))],
  };
}

/** What of the source does not get to the destination, or is to and cannot, or could and does not. */
export function heldRemarks(sync: Sync, keeping: Keeping): Finding[] {
  const { volume } = sync.destination;
  const { ends, decided, best } = keeping;
  const { options, extraOptions } = heldFlags(sync, keeping);
  const vain = kept.unheld([...options, ...extraOptions], ends);
  const unknown = ends.destination;
  const remarks = [
    ...(unknown != null && fileSystemOf(unknown) === null && needsTrial(unknown)
      ? [findings.fileSystemUntried({ volume, fsType: unknown.fsType })]
      : []),
    ...(sync.rsync.options === null ? defaultRemarks(sync, { ends, decided, best }) : []),
    ...(vain === null ? [] : [findings.optionsAskTooMuch({ volume, ...vain })]),
  ];
  return remarks.map((remark) => ({ ...remark, volume }));
}

function defaultRemarks(sync: Sync, { ends, decided, best }: Pick<Keeping, 'ends' | 'decided' | 'best'>): Finding[] {
  const { volume } = sync.destination;
  const { options, extraOptions } = flagsOf(sync.rsync);
  const without = decided === null ? kept.unheld(options, ends) : kept.undecided(decided, ends, extraOptions);
  const less = decided === null ? null : kept.noLongerHeld(decided, ends);
  const now = decided ?? kept.archiveOptions(ends.destination);
  const more = best === null || now === null ? [] : kept.furtherCargo(best, now, extraOptions);
  const never = without?.lost.filter((words) => !more.includes(words)) ?? [];
  return [
    ...(without === null || never.length === 0 ? [] : [findings.notKept({ volume, ...without, lost: never })]),
    ...(less === null ? [] : [findings.keptNoMore({ volume, ...less })]),
    ...(more.length === 0 ? [] : [findings.optionsCanKeepMore({ sync: sync.name, volume, more })]),
  ];
}

/** What single entries have to be like to be held there; nothing where all can be held. */
export function unholdableBy(
  { unholdable }: Sync,
  destination: EndpointFacts,
): Pick<TransferParams, 'unholdable' | 'times'> {
  const there = fileSystemAt(destination);
  if (there === null) return {};
  const { title } = there;
  const limits = limitsOf(there);
  if (limits !== null) return { unholdable: { outcome: unholdable ?? 'fail', title, limits } };
  const { times } = heldYears(there);
  return times === undefined ? {} : { times: { title, ...times } };
}

/** What a preview has found that cannot be held. The plan only warns of it, and says what becomes of the run. */
export function leftOutRemarks({ sync, destination }: SyncPlanning, preview: TransferPreview | null): Finding[] {
  if (preview === null) return [];
  const held = unholdableBy(sync, destination);
  const { unholdable } = held;
  const { leftOut, undated = null } = preview;
  const told = unholdable?.outcome === 'fail' ? findings.entriesToBeLeftOut : findings.entriesSkipped;
  const key = endpointKey(sync.destination);
  return [
    ...(leftOut === undefined || unholdable === undefined
      ? []
      : [told({ destination: key, title: unholdable.title, leftOut })]),
    ...undatedFindings({ destination: key, ...held }, undated),
  ];
}

/** What a person is told of files whose times the destination cannot hold. */
export function undatedFindings(
  { destination, ...held }: Pick<TransferParams, 'destination' | 'unholdable' | 'times'>,
  files: CountedPaths | null,
): Finding[] {
  const times = heldTimesOf(held);
  return times === undefined || files === null ? [] : [findings.timesNotHeld({ destination, ...times, files })];
}

function heldTimesOf({ unholdable, times }: Pick<TransferParams, 'unholdable' | 'times'>): TransferParams['times'] {
  const listed = unholdable?.limits.times;
  return unholdable === undefined || listed === undefined ? times : { title: unholdable.title, ...listed };
}

/** What a person is told of entries that were left out. */
export function leftOutFinding(
  destination: string,
  { outcome, title }: NonNullable<TransferParams['unholdable']>,
  leftOut: LeftOut,
): Finding {
  return (outcome === 'fail' ? findings.entriesLeftOut : findings.entriesSkipped)({ destination, title, leftOut });
}
