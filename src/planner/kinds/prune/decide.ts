import type { HistoryPlanning } from '../../model/executor.ts';
import type { Finding } from '../../model/finding.ts';
import { pruneHeld } from '../../model/findings/runs.ts';
import type { RetentionLine } from '../../model/plan.ts';
import { endpointKey } from '../../model/spec.ts';
import { classifySnapshots } from '../../retention/classify.ts';
import { clockTrouble } from '../../retention/latest.ts';
import { planRetention } from '../../retention/retain.ts';

/** What the rules let go, and why all others stay. Nothing goes while the clock and `latest` contradict each other. */
export function prunable(
  input: HistoryPlanning,
  upcoming: boolean,
): { lines: RetentionLine[]; prune: string[]; findings: Finding[]; clockBehindLatest: boolean } {
  const { sync, destination, facts } = input;
  const { lines, prune, held, clockBehindLatest } = planRetention({
    history: classifySnapshots(destination),
    keep: sync.snapshots.keep,
    now: Date.parse(facts.observedAt),
    upcoming: upcoming ? (sync.snapshots.when === 'changed' ? 'perhaps' : 'certain') : 'none',
  });
  return {
    lines: input.prune ? lines : lines.map(off),
    prune: input.prune && !clockBehindLatest ? prune : [],
    findings: [...(clockBehindLatest ? clockFindings(input) : []), ...heldFindings(input, held)],
    clockBehindLatest,
  };
}

function off(line: RetentionLine): RetentionLine {
  return line.verdict === 'prune' ? { ...line, verdict: 'keep', reasons: ['pruning is off for this run'] } : line;
}

function heldFindings({ sync: { name } }: HistoryPlanning, snapshots: string[]): Finding[] {
  return snapshots.length === 0 ? [] : [{ ...pruneHeld({ sync: name, snapshots }), sync: name }];
}

function clockFindings({ sync, destination, facts }: HistoryPlanning): Finding[] {
  const { latest } = classifySnapshots(destination);
  if (latest === null) return [];
  return [clockTrouble(destination, endpointKey(sync.destination), latest.name, facts.observedAt)];
}
