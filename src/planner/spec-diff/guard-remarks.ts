import type { Finding } from '../model/finding.ts';
import type { Policy, Sync } from '../model/spec.ts';
import { nameSome, positionOf, policyPointers, sizeText, syncRemark, type Position } from './remark.ts';
import type { Review, SyncPair } from './remarks.ts';
import * as reviewing from '../model/findings/reviewing.ts';

/** One limit that protects data or tells that a backup is late. */
interface Limit {
  /** Its key in `[policy]`. */
  key: string;
  of: (policy: Policy) => number | null;
  /** A lower number protects less; else a higher one does. */
  lowerIsLooser: boolean;
  show: (limit: number) => string;
}

const LIMITS: readonly Limit[] = [
  { key: 'max-delete/percent', of: (policy) => policy.maxDelete.percent, lowerIsLooser: false, show: String },
  { key: 'max-delete/files', of: (policy) => policy.maxDelete.files, lowerIsLooser: false, show: String },
  { key: 'max-change', of: (policy) => policy.maxChange ?? null, lowerIsLooser: false, show: String },
  { key: 'max-prune', of: (policy) => policy.maxPrune, lowerIsLooser: false, show: String },
  { key: 'min-free', of: (policy) => policy.minFree, lowerIsLooser: true, show: sizeText },
];

/** Limits that stop less than before, and what nobody is told of any more. */
export function guardRemarks(review: Review): Finding[] {
  return [
    ...LIMITS.flatMap((limit) => loosened(review, limit)),
    ...review.both.flatMap((pair) => [...later(review, pair), ...tolerated(review, pair)]),
  ];
}

/** One limit of the whole spec, which is many syncs', is told once. */
function loosened({ b, both }: Review, { key, of, lowerIsLooser, show }: Limit): Finding[] {
  const changes = new Map<string, { syncs: string[]; before: number; after: number | null; finding: Position }>();
  for (const { was, is } of both) {
    const [before, after] = [of(was.policy), of(is.policy)];
    if (before === null || (after !== null && (lowerIsLooser ? after >= before : after <= before))) continue;
    const finding = positionOf(b.spec, [...policyPointers(is.name, key), `/syncs/${is.name}`]);
    const { line = 0 } = finding.location ?? {};
    const change = changes.get(`${before} ${after ?? ''} ${line}`);
    if (change === undefined)
      changes.set(`${before} ${after ?? ''} ${line}`, { syncs: [is.name], before, after, finding });
    else change.syncs.push(is.name);
  }
  return [...changes.values()].map(({ syncs, before, after, finding }) => ({
    ...reviewing.guardLoosened(
      key.replace('/', '.'),
      nameSome(syncs),
      after === null ? 'no limit' : show(after),
      show(before),
    ),
    ...finding,
    ...(syncs.length === 1 ? { sync: syncs[0] ?? '' } : {}),
  }));
}

/** Overdue later, or never. */
function later({ b }: Review, { was, is }: SyncPair): Finding[] {
  if (patience(is) <= patience(was)) return [];
  const pointers = [`/syncs/${is.name}/max-age`, ...policyPointers(is.name, 'max-age')];
  return [syncRemark(b.spec, is, pointers, reviewing.maxAgeLoosened(is.name, overdueText(is), overdueText(was)))];
}

/** What is written counts for runs, too, which the default does not. */
function patience({ maxAge }: Sync): number {
  if (maxAge === 'never') return Infinity;
  return maxAge ?? Number.MAX_VALUE;
}

function overdueText({ maxAge }: Sync): string {
  if (maxAge === 'never') return 'never';
  if (maxAge === null) return 'for nbkp status alone, after 30 days';
  return `after ${(maxAge / 86_400_000).toFixed(1).replace(/\.0$/, '')} days`;
}

function tolerated({ b }: Review, { was, is }: SyncPair): Finding[] {
  const more = is.tolerate.filter((code) => !was.tolerate.includes(code));
  if (more.length === 0) return [];
  return [syncRemark(b.spec, is, [`/syncs/${is.name}/tolerate`], reviewing.moreTolerated(is.name, more))];
}
