import type { PlanPurpose } from '../planner/model/plan.ts';
import type { StepRecord } from '../planner/model/run.ts';
import { parseJson } from './files.ts';
import type { ProcessIdentity } from './process-identity.ts';

/** The first line of a journal: who began what. */
export interface RunHeader {
  type: 'run';
  run: string;
  plan: string;
  purpose: PlanPurpose;
  spec: { path: string; digest: string };
  /** Names the spec's directory in the store. */
  specKey: string;
  machine: { hostname: string; user: string };
  process: ProcessIdentity;
  command: string[];
  /** ISO 8601, UTC. */
  startedAt: string;
  /** Where the file system of each sync's destination was mounted. */
  mountTargets: Record<string, string | null>;
}

export type JournalEntry =
  RunHeader | { type: 'begin'; step: string; at: string } | { type: 'end'; record: StepRecord };

export interface JournalContent {
  header: RunHeader;
  /** When each step began, by id. */
  begun: ReadonlyMap<string, string>;
  ended: ReadonlyMap<string, StepRecord>;
}

/**
 * What a journal says. A line that is not a whole entry, such as the last one of a run that lost its power, says
 * nothing. Null without a header: nothing had been started then.
 */
export function readJournal(text: string): JournalContent | null {
  let header: RunHeader | null = null;
  const begun = new Map<string, string>();
  const ended = new Map<string, StepRecord>();
  for (const line of text.split('\n')) {
    const entry = parseJson(line);
    if (!isEntry(entry)) continue;
    if (entry.type === 'run') header = entry;
    else if (entry.type === 'begin') begun.set(entry.step, entry.at);
    else ended.set(entry.record.id, entry.record);
  }
  return header === null ? null : { header, begun, ended };
}

/** Only this tool writes journals, so a whole line of a known type is what that type says. */
function isEntry(value: unknown): value is JournalEntry {
  return (
    typeof value === 'object' &&
    value !== null &&
    'type' in value &&
    (value.type === 'run' || value.type === 'begin' || value.type === 'end')
  );
}
