import type { RetentionLine } from '../model/plan.ts';
import type { Keep } from '../model/spec.ts';
import { byTime, type History } from './classify.ts';
import { rulesOf, type Timed } from './rules.ts';

/**
 * Which snapshots stay and which go: the union of all rules, plus the one that `latest` names.
 *
 * @param input `latest` is a name in `snapshots`, or null; `keep` null keeps all; `now` is in milliseconds since 1970 UTC
 * @returns a line for each snapshot, oldest first. One that is kept has the reason of each rule that keeps it, one that
 *   is pruned the reason of each rule that does not
 */
export function retain(input: {
  snapshots: readonly Timed[];
  latest: string | null;
  keep: Keep | null;
  now: number;
}): RetentionLine[] {
  const { keep, latest, now } = input;
  const newestFirst = input.snapshots.toSorted((a, b) => newerFirst(a, b, latest));
  const verdicts = keep === null ? [] : rulesOf(keep, now).map((rule) => rule(newestFirst));
  const lines = newestFirst.map(({ name }, index): RetentionLine => {
    const judgements = verdicts.flatMap((judged) => judged[index] ?? []);
    const kept = judgements.filter(({ keeps }) => keeps).map(({ reason }) => reason);
    if (name === latest) kept.unshift('latest names it');
    if (keep === null) kept.push('everything is kept: the spec has no snapshots.keep');
    return kept.length > 0
      ? { name, verdict: 'keep', reasons: kept }
      : { name, verdict: 'prune', reasons: judgements.map(({ reason }) => reason) };
  });
  return lines.reverse();
}

/** Of two spellings of one time the one that `latest` names is the newer: it is kept anyway and should fill the bucket. */
function newerFirst(a: Timed, b: Timed, latest: string | null): number {
  if (a.time === b.time && (a.name === latest || b.name === latest)) return a.name === latest ? -1 : 1;
  return byTime(b, a);
}

/** How reasons call the snapshot that this run makes. */
const NEW_SNAPSHOT = 'the new snapshot';

/**
 * What a prune after this run's snapshot may remove.
 *
 * A snapshot that is `certain` to be made first counts, with the time `now`, and `latest` moves on to it. One that is
 * made only `perhaps` (when something changed) does not count: being the newest, it could only push others out, so
 * what goes without it is exactly what goes in both cases.
 *
 * @param input `now` in milliseconds since 1970 UTC
 * @returns a line for each snapshot that is there now, oldest first, and the names to prune, oldest first. Nothing is
 *   pruned when the clock is not after `latest`, since one of the two is wrong
 */
export function planRetention(input: {
  history: Pick<History, 'snapshots' | 'latest' | 'unverified'>;
  keep: Keep | null;
  now: number;
  upcoming: 'none' | 'perhaps' | 'certain';
}): { lines: RetentionLine[]; prune: string[]; clockBehindLatest: boolean } {
  const { history, keep, now } = input;
  const clockBehindLatest = history.latest !== null && now <= history.latest.time;
  const counted = input.upcoming === 'certain' && !clockBehindLatest;
  const judged = retain({
    snapshots: counted ? [...history.snapshots, { name: NEW_SNAPSHOT, time: now }] : history.snapshots,
    latest: counted ? NEW_SNAPSHOT : (history.latest?.name ?? null),
    keep,
    now,
  });
  const present = judged.filter(({ name }) => name !== NEW_SNAPSHOT);
  const lines = clockBehindLatest ? present.map(heldByClock) : present;
  return {
    lines: [...lines, ...unverifiedLines(history)],
    prune: lines.filter(({ verdict }) => verdict === 'prune').map(({ name }) => name),
    clockBehindLatest,
  };
}

function heldByClock(line: RetentionLine): RetentionLine {
  if (line.verdict !== 'prune') return line;
  return { ...line, verdict: 'keep', reasons: ['the clock is not after latest, so nothing is pruned'] };
}

function unverifiedLines({ unverified, latest }: Pick<History, 'unverified' | 'latest'>): RetentionLine[] {
  const reason = latest === null ? 'latest names no snapshot' : `later than latest, ${latest.name}`;
  return unverified.map((name) => ({ name, verdict: 'unverified', reasons: [reason] }));
}
