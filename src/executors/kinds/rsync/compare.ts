import type { TransferCommands } from '../../../planner/kinds/rsync/argv.ts';
import type { TransferParams } from '../../../planner/kinds/rsync/params.ts';
import { isWithinAnyway } from '../../../planner/model/max-delete.ts';
import { parseItem } from '../../../hosts/rsync/items.ts';
import type { Sieve } from '../../../hosts/rsync/left-out.ts';
import { JudgedNames } from '../../../hosts/rsync/judged-names.ts';
import type { ListedNames } from '../../../hosts/rsync/listed-names.ts';
import type { Pass } from '../../../hosts/rsync/pass.ts';
import type { Totals } from '../../../hosts/rsync/totals.ts';
import { verdictOf } from '../../../hosts/rsync/verdict.ts';

/** What the dry run before the first pass saw. */
export interface Comparison {
  totals: Totals;
  /** Entries that the source lacks. */
  names: JudgedNames;
  /** Created entries that replace something of another kind. */
  replaced: number;
  /** What is not in the source is gone. */
  sawAll: boolean;
  /** Something differs, if only the time of a folder. */
  differs: boolean;
}

/**
 * Runs the dry runs against the target that is to be overwritten, or the last snapshot. What they cannot read is no reason to
 * copy nothing: the first pass says so.
 *
 * @param sieve knows what of the names is in the source all the same
 * @param look makes a dry run, and gets its lines
 * @param listed gets those of the first
 * @returns null where there is none to make, or the one that failed and saw nothing
 */
export async function compare(
  params: TransferParams,
  { comparison, kinds }: TransferCommands,
  sieve: Sieve | null,
  look: (argv: readonly string[], onLine: (line: string) => void) => Promise<Pass>,
  listed?: ListedNames,
): Promise<Comparison | Pass | null> {
  if (comparison === null) return null;
  const names = new JudgedNames();
  let differs = false;
  const pass = await look(comparison, (line) => {
    listed?.read(line);
    const item = parseItem(line);
    if (item === null || sieve?.spares(item) === true) return;
    names.read(line);
    differs = true;
  });
  const { totals } = pass;
  if (totals === null || pass.result.timedOut) return pass;
  const verdict = verdictOf(pass, params);
  const seen = { totals, names, differs, sawAll: verdict.ok && verdict.sawAll };
  if (kinds === null || isWithinAnyway({ ...totals, gone: names.count }, params.maxDelete)) {
    return { ...seen, replaced: 0 };
  }
  const existing = await look(kinds, () => undefined);
  if (existing.totals === null || existing.result.timedOut) return existing;
  return { ...seen, replaced: existing.totals.created };
}
