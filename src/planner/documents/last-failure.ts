import type { RunRecord } from '../model/run.ts';

/** Why a run was no success for a sync, in one sentence; null when it was one, or did not try. */
export function failureSentence(record: RunRecord, name: string): string | null {
  const sync = record.syncs.find((one) => one.name === name);
  if (sync === undefined || ['succeeded', 'disabled', 'skipped'].includes(sync.outcome)) return null;
  const found = [...record.steps.flatMap(({ findings }) => findings), ...record.findings];
  const error = found.find(({ severity, sync: about }) => severity === 'error' && about === name);
  return firstSentence(error?.message ?? sync.reason ?? `The run ended: ${sync.outcome}.`);
}

/** Up to the first full stop. Other marks may be part of a command. */
function firstSentence(text: string): string {
  const [line = ''] = text.split('\n');
  return /^.*?\.(?=\s|$)/.exec(line)?.[0] ?? line;
}
