import type { Finding } from '../model/finding.ts';
import type { Sync } from '../model/spec.ts';
import type { Known } from '../model/known.ts';
import type { Pair, Side } from './index.ts';
import { accessRemarks } from './access-remarks.ts';
import { guardRemarks } from './guard-remarks.ts';
import { lossRemarks } from './loss-remarks.ts';
import { placeRemarks } from './place-remarks.ts';

/** A side with all that its plan was made from. */
type KnownSide = Side & Known;

/** Two specs and what came of them, as the remarks of a reviewer need them. */
export interface Review {
  a: KnownSide;
  b: KnownSide;
  /** Syncs that both have. */
  both: SyncPair[];
  /** Syncs that are gone. */
  gone: Sync[];
}

export interface SyncPair {
  was: Sync;
  is: Sync;
}

export type Remarks = (review: Review) => Finding[];

const ALL: readonly Remarks[] = [lossRemarks, placeRemarks, guardRemarks, accessRemarks];

/** What a reviewer wants to be told of a change, at the line of the new spec that causes it, and what B's own plan remarks. */
export function remarksOf(a: Side, b: Side, pairs: readonly Pair[]): Finding[] {
  // What cannot be compared is said even where it is so on both sides.
  const known = new Set(a.plan.findings.filter(({ code }) => code !== 'plugin-not-trusted').map(identity));
  const own = b.plan.findings.filter((finding) => !known.has(identity(finding)));
  if (a.from === null || b.from === null) return own;
  const [was, is] = [a.from.spec, b.from.spec];
  const review: Review = {
    a: { ...a, ...a.from },
    b: { ...b, ...b.from },
    both: pairs.flatMap((pair) => {
      const [before, after] = [was.syncs[pair.was?.name ?? ''], is.syncs[pair.is?.name ?? '']];
      return before === undefined || after === undefined ? [] : [{ was: before, is: after }];
    }),
    gone: pairs.flatMap((pair) => (pair.is === null ? (was.syncs[pair.was?.name ?? ''] ?? []) : [])),
  };
  return [...ALL.flatMap((remarks) => remarks(review)), ...own];
}

/** A finding of both sides may stand in another line. */
function identity({ code, sync, volume, message }: Finding): string {
  return JSON.stringify([code, sync, volume, message]);
}
