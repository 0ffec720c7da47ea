import type { SnapshotLine, SnapshotsDocument, SyncSnapshots } from '../../planner/model/documents.ts';
import { findingsText } from '../findings.ts';
import type { Style } from '../style.ts';
import { blocksText, joinTexts } from '../text/blocks.ts';
import { plural } from '../text/numbers.ts';
import { sanitised } from '../text/sanitise.ts';
import { table } from '../text/table.ts';
import { formatAge } from '../text/time.ts';
import { wrap } from '../text/width.ts';
import { modeText } from './plan/sync.ts';
import { symbol } from './symbols.ts';

/** The snapshots of each sync, newest first, with their age and why they stay or go. */
export function snapshotsText(document: SnapshotsDocument, style: Style): string {
  const safe = sanitised(document);
  const blocks = safe.syncs.map((sync) => syncLines(sync, safe.observedAt, style));
  const text = blocksText(blocks) || 'The spec has no syncs with snapshots.\n';
  return joinTexts([text, findingsText(safe.findings, style)]);
}

function syncLines(sync: SyncSnapshots, now: string, style: Style): string[] {
  const isListed = sync.reason === undefined || sync.snapshots.length > 0;
  const count = isListed ? plural(sync.snapshots.length, 'snapshot') : 'not available';
  const title = `${style.bold(sync.name)}: ${sync.destination} (${modeText(sync.mode)}, ${count})`;
  if (!isListed) return [title, ...wrap(`${sync.reason ?? ''} [${sync.code ?? 'skipped'}]`, style.width, '  ')];
  const rows = sync.snapshots.toReversed().map((line) => row(line, sync.latest, now, style));
  return [title, ...table(rows, { width: style.width, indent: '  ' })];
}

function row(line: SnapshotLine, latest: string | null, now: string, style: Style): string[] {
  const sign = line.verdict === 'prune' ? symbol('delete', style) : line.name === latest ? style.green('*') : ' ';
  return [
    sign,
    line.name,
    formatAge(line.at, now),
    `${line.incomplete === true ? `${style.yellow('incomplete')}; ` : ''}${verdictText(line.verdict, style)}${line.reasons.join('; ')}${endText(line)}`,
  ];
}

/** The day alone: it is foreseen, not fixed. */
function endText({ goesAt }: SnapshotLine): string {
  return goesAt == null ? '' : `; goes about ${goesAt.slice(0, 10)}`;
}

function verdictText(verdict: SnapshotLine['verdict'], style: Style): string {
  if (verdict === 'keep') return '';
  return verdict === 'prune' ? 'would be pruned: ' : `${style.yellow('unverified')}: `;
}
