import type { TransferCommands } from '../../../planner/kinds/rsync/argv.ts';
import type { TransferParams } from '../../../planner/kinds/rsync/params.ts';
import type { WrittenAnew } from '../../../planner/model/event.ts';
import type { Change } from '../../../planner/model/max-change.ts';
import { exceedsMaxDelete, isWithinAnyway, lossInPlace, type LossDetails } from '../../../planner/model/max-delete.ts';
import { ChangedFiles, type ReadSome } from '../../../hosts/rsync/changed-files.ts';
import { withUnseen } from './job.ts';
import type { Placed, Renamed } from './moves.ts';
import type { Moment } from './settled.ts';
import { parseItem } from '../../../hosts/rsync/items.ts';
import type { Sieve } from '../../../hosts/rsync/left-out.ts';
import { JudgedNames } from '../../../hosts/rsync/judged-names.ts';
import type { ListedNames } from '../../../hosts/rsync/listed-names.ts';
import { lossDetails, type Rehearse } from '../../../hosts/rsync/loss-details.ts';
import type { Pass } from '../../../hosts/rsync/pass.ts';
import { countReplaced } from '../../../hosts/rsync/replaced.ts';
import type { Totals } from '../../../hosts/rsync/totals.ts';
import { verdictOf, type Verdict } from '../../../hosts/rsync/verdict.ts';

/** What the dry run before the first pass saw. */
export interface Comparison {
  pass: Pass;
  /** When it began. */
  since: Moment;
  verdict: Verdict;
  totals: Totals;
  /** Entries that the source lacks. */
  names: JudgedNames;
  /** Entries that are there under their names no more, or as something else: where a snapshot tells what was there, since that. */
  replaced: number;
  /** Files that get other content. */
  change: Change;
  /** Of a loss that is to be refused. */
  details?: LossDetails;
  /** What is not in the source is gone. */
  sawAll: boolean;
  /** Files of which only attributes differ. */
  attributes: WrittenAnew;
  /** Something differs, if only the time of a folder. */
  differs: boolean;
  /** By names, where anybody asked for these. */
  listed?: ListedNames;
  /** Absent where nothing was renamed, or nobody has looked. */
  renamed?: Renamed;
  /** What of it has its new name in the target. */
  placed?: Placed;
}

/** Makes a dry run. @param stdin instead of what all passes leave out */
type Look = (argv: readonly string[], onLine: (line: string) => void, stdin?: Buffer) => Promise<Pass>;

/**
 * Runs the dry runs against the target that is to be overwritten, or the last snapshot. What they cannot read is no reason to
 * copy nothing: the first pass says so.
 *
 * @param sieve knows what of the names is in the source all the same
 * @param look gets the lines of a dry run
 * @param rehearse tells what a refusal says, before a first pass copies what is new; null where nothing is refused
 * @param listed gets the lines of the first
 * @returns null where there is none to make, or the one that failed and saw nothing
 */
export async function compare(
  params: TransferParams,
  commands: Pick<TransferCommands, 'comparison' | 'lacking' | 'kinds' | 'contents'>,
  sieve: Sieve | null,
  look: Look,
  rehearse: Rehearse | null = null,
  listed?: ListedNames,
): Promise<Omit<Comparison, 'since'> | Pass | null> {
  const { comparison, kinds, contents } = commands;
  if (comparison === null) return null;
  const names = new JudgedNames();
  const changed = new ChangedFiles(sieve?.asTheyAre);
  const attributes = { files: 0, bytes: 0 };
  let differs = false;
  const seenByRules = await look(comparison, (shown) => {
    const line = listed?.read(shown) ?? shown;
    const item = parseItem(line);
    if (item !== null && sieve?.spares(item) === true) return;
    changed.add(line, item);
    if (item?.change === 'update' && item.code.startsWith('.f')) {
      attributes.files += 1;
      attributes.bytes += item.size;
    }
    names.read(line);
    differs ||= item !== null;
  });
  const pass = withUnseen(seenByRules, sieve);
  const { totals } = pass;
  if (totals === null || pass.result.timedOut) return pass;
  const verdict = verdictOf(pass, params);
  const read: ReadSome | null = contents && ((rules, onLine) => look(contents, onLine, rules));
  const change = await changed.change(params.maxChange, read);
  const seen = {
    pass,
    verdict,
    totals,
    names,
    change,
    attributes,
    differs,
    sawAll: verdict.ok && verdict.sawAll,
    ...(listed && { listed }),
  };
  // How much differs from the target says nothing of the last snapshot.
  if (
    kinds === null ||
    (params.compareWith === null && isWithinAnyway({ ...totals, gone: names.count }, params.maxDelete))
  ) {
    return { ...seen, replaced: 0 };
  }
  const counted = await countReplaced<Pass>(commands, async (argv, onLine) => {
    const another = await look(argv, onLine);
    return another.totals === null || another.result.timedOut ? { failed: another } : { totals: another.totals };
  });
  if ('failed' in counted) return counted.failed;
  const { replaced } = counted;
  const loss = lossInPlace({ ...totals, gone: names.count }, replaced);
  if (rehearse === null || !exceedsMaxDelete(loss, params.maxDelete)) return { ...seen, replaced };
  return { ...seen, replaced, details: await lossDetails(params, rehearse) };
}
