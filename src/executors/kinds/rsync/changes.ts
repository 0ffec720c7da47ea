import type { Changes, WrittenAnew } from '../../../planner/model/event.ts';
import type { Pass } from '../../../hosts/rsync/pass.ts';
import type { Totals } from '../../../hosts/rsync/totals.ts';
import type { Accepted } from '../../../hosts/rsync/verdict.ts';

/** A pass that was ended has no totals, and has copied what it said last. */
export function changesBeforeEnd({ totals, reached }: Pass): { changes?: Changes } {
  if (totals !== null) return { changes: changesOf(totals) };
  return reached === null ? {} : { changes: { files: reached.files, bytes: reached.bytes } };
}

/** A pass that deletes knows fewer entries if the source went away meanwhile, and the copy then has them all the same. */
export function changesOf(first: Totals, second?: Totals): Totals {
  const sum = (key: 'files' | 'bytes' | 'created' | 'deleted'): number => first[key] + (second?.[key] ?? 0);
  return {
    files: sum('files'),
    bytes: sum('bytes'),
    created: sum('created'),
    deleted: sum('deleted'),
    entries: Math.max(first.entries, second?.entries ?? 0),
  };
}

/**
 * Whether nothing else kept a pass from seeing all of the source. What vanished may have a new place by now, and its copy at the
 * old one be what is to be deleted: another pass tells.
 */
export function onlyVanished({ complaints }: Pass): boolean {
  return complaints.vanished > 0 && complaints.causes.size === 0 && complaints.others === 0;
}

/** Two passes as one: it saw what the second saw. */
export function mergePasses(first: Accepted, again: Accepted): Accepted {
  const { files, bytes, created } = changesOf(first.pass.totals, again.pass.totals);
  const totals = { ...again.pass.totals, files, bytes, created };
  return { ...again, pass: { ...again.pass, totals }, warnings: [...first.warnings, ...again.warnings] };
}

/** What no link to the last snapshot could hold. */
export function anewIn(linkDest: string | null, attributes: WrittenAnew): Pick<Changes, 'writtenAnew'> {
  return linkDest === null || attributes.files === 0 ? {} : { writtenAnew: attributes };
}
