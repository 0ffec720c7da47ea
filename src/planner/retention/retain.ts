import type { RetentionLine } from '../model/plan.ts';
import type { Keep } from '../model/spec.ts';
import { byTime, type History } from './classify.ts';
import { rulesOf, type Timed } from './rules.ts';

/**
 * Which snapshots stay and which go: the union of all rules, plus the one that `latest` names, plus another one where
 * that would leave a single one although the policy does not say `last = 1`.
 *
 * @param input `latest` is a name in `snapshots`, or null; `keep` null keeps all
 * @returns a line for each snapshot, oldest first. One that is kept has the reason of each rule that keeps it, one that
 *   is pruned the reason of each rule that does not
 */
export function retain(input: {
  snapshots: readonly Timed[];
  latest: string | null;
  keep: Keep | null;
}): RetentionLine[] {
  const { keep, latest } = input;
  const newestFirst = input.snapshots.toSorted((a, b) => newerFirst(a, b, latest));
  const verdicts = keep === null ? [] : rulesOf(keep).map((rule) => rule(newestFirst));
  const lines = newestFirst.map(({ name }, index): RetentionLine => {
    const judgements = verdicts.flatMap((judged) => judged[index] ?? []);
    const kept = judgements.filter(({ keeps }) => keeps).map(({ reason }) => reason);
    if (name === latest) kept.unshift('latest names it');
    if (keep === null) kept.push('everything is kept: the spec has no snapshots.keep');
    return kept.length > 0
      ? { name, verdict: 'keep', reasons: kept }
      : { name, verdict: 'prune', reasons: judgements.map(({ reason }) => reason) };
  });
  return (keep?.last === 1 ? lines : neverAlone(lines)).reverse();
}

/** One snapshot alone is one mistake away from none: the newest that no rule keeps stays beside it. */
function neverAlone(newestFirst: RetentionLine[]): RetentionLine[] {
  if (newestFirst.filter(({ verdict }) => verdict === 'keep').length > 1) return newestFirst;
  const spared = newestFirst.find(({ verdict }) => verdict === 'prune');
  const reasons = ['without it there would be a single snapshot (only last = 1 asks for that)'];
  return newestFirst.map((line) => (line === spared ? { ...line, verdict: 'keep', reasons } : line));
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
 * made only `perhaps` (when something changed): what goes both with and without it.
 * What stays since the newest snapshot lacks what could not be read is `held`.
 *
 * @param input `now` in milliseconds since 1970 UTC
 * @returns a line for each snapshot that is there now, oldest first, and the names to prune, oldest first. Nothing is
 *   pruned when the clock is not after `latest`, since one of the two is wrong
 */
export function planRetention(input: {
  history: Pick<History, 'snapshots' | 'latest' | 'unverified' | 'incomplete'>;
  keep: Keep | null;
  now: number;
  upcoming: 'none' | 'perhaps' | 'certain';
}): { lines: RetentionLine[]; prune: string[]; held: string[]; clockBehindLatest: boolean } {
  const { history, keep, now, upcoming } = input;
  const clockBehindLatest = history.latest !== null && now <= history.latest.time;
  const judged = clockBehindLatest
    ? without(history, keep).map(heldByClock)
    : upcoming === 'certain'
      ? withNew(history, keep, now)
      : upcoming === 'none'
        ? without(history, keep)
        : inBothCases(without(history, keep), withNew(history, keep, now));
  const { lines, held } = sinceLastWhole(history, judged);
  return {
    lines: [...lines, ...unverifiedLines(history)],
    prune: lines.filter(({ verdict }) => verdict === 'prune').map(({ name }) => name),
    held,
    clockBehindLatest,
  };
}

/**
 * While the newest snapshot lacks what could not be read, the last one for which all was read stays, and so do those since:
 * each may be the only one that has what the newer ones lack.
 */
function sinceLastWhole(
  { snapshots, incomplete }: Pick<History, 'snapshots' | 'incomplete'>,
  lines: RetentionLine[],
): { lines: RetentionLine[]; held: string[] } {
  const whole = snapshots.findLastIndex(({ name }) => !incomplete.includes(name));
  if (whole === snapshots.length - 1) return { lines, held: [] };
  const since = new Set(snapshots.slice(Math.max(whole, 0)).map(({ name }) => name));
  const held = lines.filter(({ name, verdict }) => verdict === 'prune' && since.has(name)).map(({ name }) => name);
  const last = snapshots[whole]?.name;
  const reasonFor = (name: string): string =>
    name === last
      ? 'the last one of all of the source: newer ones lack what could not be read'
      : 'newer ones lack what could not be read';
  return {
    lines: lines.map((line) =>
      held.includes(line.name) ? { ...line, verdict: 'keep', reasons: [reasonFor(line.name)] } : line,
    ),
    held,
  };
}

type Known = Pick<History, 'snapshots' | 'latest'>;

function without({ snapshots, latest }: Known, keep: Keep | null): RetentionLine[] {
  return retain({ snapshots, latest: latest?.name ?? null, keep });
}

function withNew({ snapshots }: Known, keep: Keep | null, now: number): RetentionLine[] {
  const all = [...snapshots, { name: NEW_SNAPSHOT, time: now }];
  return retain({ snapshots: all, latest: NEW_SNAPSHOT, keep }).filter(({ name }) => name !== NEW_SNAPSHOT);
}

function inBothCases(one: readonly RetentionLine[], other: readonly RetentionLine[]): RetentionLine[] {
  const kept = new Map(other.flatMap((line) => (line.verdict === 'keep' ? [[line.name, line]] : [])));
  return one.map((line) => kept.get(line.name) ?? line);
}

function heldByClock(line: RetentionLine): RetentionLine {
  if (line.verdict !== 'prune') return line;
  return { ...line, verdict: 'keep', reasons: ['the clock is not after latest, so nothing is pruned'] };
}

function unverifiedLines({ unverified, latest }: Pick<History, 'unverified' | 'latest'>): RetentionLine[] {
  const reason = latest === null ? 'latest names no snapshot' : `later than latest, ${latest.name}`;
  return unverified.map((name) => ({ name, verdict: 'unverified', reasons: [reason] }));
}
