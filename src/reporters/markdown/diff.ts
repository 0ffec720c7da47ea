import type { DiffDocument, StepDiff, SyncDiff } from '../../planner/model/diff.ts';
import { diffSummary, fieldText, retentionText } from '../human/diff.ts';
import { commandDiff } from '../text/command-diff.ts';
import { sanitised } from '../text/sanitise.ts';
import { formatInstant } from '../text/time.ts';
import { markdownText, type Block } from './blocks.ts';
import { code, prose } from './escape.ts';
import { findingItems } from './findings.ts';

const SIGNS = { added: '+', removed: '-', changed: '~', renamed: '~' } as const;

/**
 * A comparison as Markdown for a comment on a change: what it comes to and what a reviewer is told first, then, folded,
 * each sync with its steps. No name in it can become markup.
 *
 * @param maxBytes the most bytes of the text
 */
export function diffMarkdown(document: DiffDocument, maxBytes: number): string {
  const diff = sanitised(document);
  const findings = findingItems(diff.findings);
  const blocks: Block[] = [
    { kind: 'paragraph', text: `### Plan diff: ${code(diff.a.source)} → ${code(diff.b.source)}` },
    { kind: 'paragraph', text: `**${prose(diffSummary(diff))}** ${basis(diff)}` },
    ...(findings.length === 0 ? [] : [{ kind: 'list' as const, items: findings }]),
    ...(diff.retention === undefined
      ? []
      : [{ kind: 'list' as const, items: diff.retention.map((each) => prose(retentionText(each))) }]),
    ...diff.syncs.map((sync) =>
      folded(prose(title(sync)), [...sync.fields.map((field) => `! ${fieldText(field)}`), ...lines(sync.steps)]),
    ),
    ...(diff.steps.length === 0 ? [] : [folded('Other steps', lines(diff.steps))]),
  ];
  return markdownText(blocks, maxBytes, `All of it: ${code('nbkp diff')}, or ${code('--max-bytes')}.`);
}

function basis({ facts, basis: made }: DiffDocument): string {
  if (facts === null) return 'Nothing was observed: planned from the specs alone.';
  return `Facts ${made} at ${prose(formatInstant(facts.observedAt))} on ${prose(facts.hostname)}.`;
}

function title({ name, change, renamedFrom }: SyncDiff): string {
  const was = renamedFrom === undefined ? '' : ` (was ${renamedFrom})`;
  return `${SIGNS[change]} ${name}${was}: ${change}`;
}

function lines(steps: readonly StepDiff[]): string[] {
  return steps.flatMap(({ id, change, summary, fields, commands = { was: [], is: [] } }) => [
    `@@ ${SIGNS[change]} ${id}: ${summary} @@`,
    ...fields.map((field) => `! ${fieldText(field)}`),
    ...commandDiff(commands.was, commands.is),
  ]);
}

function folded(summary: string, content: string[]): Block {
  return { kind: 'details', summary, blocks: [{ kind: 'fence', language: 'diff', lines: content }] };
}
