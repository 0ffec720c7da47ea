import type { StepRecord } from '../planner/model/run.ts';
import type { RunHeader } from '../planner/model/stored.ts';
import { readStored } from './stored.ts';

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
    const entry = readStored('journal', line);
    if (entry === null) continue;
    if (entry.type === 'run') header = entry;
    else if (entry.type === 'begin') begun.set(entry.step, entry.at);
    else ended.set(entry.record.id, entry.record);
  }
  return header === null ? null : { header, begun, ended };
}
