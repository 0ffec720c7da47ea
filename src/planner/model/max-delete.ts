/** So few losses, or changes, never trip a guard. */
export const ALWAYS_ALLOWED = 19;

/** Of what was there before: entries that the new state lacks by path and kind, and all. */
export interface Loss {
  lost: number;
  before: number;
}

/** What else is known of what is lost, for the words of a refusal; empty where it could not be looked at. */
export interface LossDetails {
  /** So many seem to have another name or place now. */
  renamed?: number;
  /** So many are in the source, where a filter leaves them out. */
  leftOut?: number;
  /** Some of it. */
  names?: readonly string[];
}

export interface MaxDelete {
  percent: number;
  files: number | null;
}

/** The rule of `policy.max-delete`: true when either limit is passed. */
export function exceedsMaxDelete({ lost, before }: Loss, limit: MaxDelete): boolean {
  if (lost <= ALWAYS_ALLOWED) return false;
  return lost > (before * limit.percent) / 100 || (limit.files !== null && lost > limit.files);
}

/** What a dry run or a pass says of the source, and of what it was compared with. */
export interface Compared {
  /** Of the source. */
  entries: number;
  /** Entries that are new, or of another kind than what they replace. */
  created: number;
  /** Entries that the source lacks. */
  gone: number;
}

/** Where the copy is made over the one before it. @param replaced those of `created` that replace something of another kind */
export function lossInPlace({ entries, created, gone }: Compared, replaced: number): Loss {
  // A target that is not there counts as created, and is no entry of itself.
  return { lost: gone + replaced, before: Math.max(0, entries - created + gone + replaced) };
}

/** Is the loss within the limit, however many of the created entries replace something? */
export function isWithinAnyway(compared: Compared, limit: MaxDelete): boolean {
  return !exceedsMaxDelete(lossInPlace(compared, compared.created), limit);
}

/**
 * Where the copy is made beside the last snapshot.
 *
 * @param before entries of that snapshot
 */
export function lossOfSnapshot({ entries, created, gone }: Compared, before: number): Loss {
  return { lost: Math.max(gone, before - (entries - created)), before };
}

/** What is there under another name only looked renamed before, too. */
export function detailsWithoutMoved(details: LossDetails, moved: number): LossDetails {
  return details.renamed === undefined ? details : { ...details, renamed: Math.max(0, details.renamed - moved) };
}

/** What is there under another name is not lost. */
export function withoutMoved({ lost, before }: Loss, moved: number): Loss {
  return { lost: Math.max(0, lost - moved), before };
}
