import type { TransferCommands } from '../../planner/kinds/rsync/argv.ts';
import type { TransferParams } from '../../planner/kinds/rsync/params.ts';
import { ALWAYS_ALLOWED, type Loss } from '../../planner/model/max-delete.ts';
import { parseItem } from './items.ts';
import { unescaped } from './names.ts';
import type { Totals } from './totals.ts';

/** Makes a dry run and says what it has counted, or how it failed. */
type Look<F> = (argv: readonly string[], onLine: (line: string) => void) => Promise<{ totals: Totals } | { failed: F }>;

/**
 * How many entries of the copy that is there would be of another kind. Where a snapshot tells what was there: how many of its entries
 * the next one would have as another kind, or not at all. A name that the source has will be what it is there, and is judged by
 * that alone; any other one stays what it is in the copy.
 */
export async function countReplaced<F>(
  { comparison, lacking, kinds }: Pick<TransferCommands, 'comparison' | 'lacking' | 'kinds'>,
  look: Look<F>,
): Promise<{ replaced: number } | { failed: F }> {
  const lost = new Set<string>();
  const named = (use: (name: string) => void) => (line: string) => {
    const item = parseItem(line);
    if (item !== null && item.change !== 'update') use(unescaped(item.path.replace(/\/$/, '')));
  };
  const add = named((name) => lost.add(name));
  if (lacking !== null) {
    const copy = await look(lacking, add);
    if ('failed' in copy) return copy;
    const made =
      lost.size > 0 && comparison !== null
        ? await look(
            comparison,
            named((name) => lost.delete(name)),
          )
        : copy;
    if ('failed' in made) return made;
  }
  if (kinds === null) return { replaced: 0 };
  const existing = await look(kinds, add);
  if ('failed' in existing) return existing;
  return { replaced: lacking === null ? existing.totals.created : lost.size };
}

/**
 * A copy from which nothing is deleted has more than the source: of how much something is lost, the last snapshot says, where there
 * is one. Without snapshots other sources may have their copies in it: then it counts what is at both ends, which is the stricter.
 *
 * @returns null when its entries cannot be counted
 */
export async function lossOfCopy(
  { compareWith }: Pick<TransferParams, 'compareWith'>,
  loss: Loss,
  query: { countEntries: (path: string) => Promise<number | null> },
): Promise<Loss | null> {
  if (compareWith === null || loss.lost <= ALWAYS_ALLOWED) return loss;
  const before = await query.countEntries(compareWith);
  return before === null ? null : { ...loss, before };
}
