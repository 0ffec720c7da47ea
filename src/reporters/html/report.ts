import type { SnapshotLine, SyncSnapshots, SyncStatus } from '../../planner/model/documents.ts';
import type { Report } from '../../planner/model/report.ts';
import { plural } from '../text/numbers.ts';
import { sanitised } from '../text/sanitise.ts';
import { formatAgo, formatInstant } from '../text/time.ts';
import { html, htmlTable } from './escape.ts';
import { roomSection } from './room.ts';
import { calendarSection, failuresSection, findingOf } from './runs.ts';
import { CSS } from './style.ts';

/** How every report begins: what begins otherwise is not overwritten. */
export const REPORT_HEAD = '<!doctype html>\n<!-- nbkp report -->\n';

/** One HTML file that needs nothing else and runs nothing: whatever names are in it, they are text. */
export function reportHtml(report: Report): string {
  const safe = sanitised(report);
  const { status } = safe;
  const title = `Backups of ${status.machine.hostname}`;
  const sections = [
    verdictSection(safe),
    syncsSection(safe),
    calendarSection(safe),
    roomSection(safe),
    snapshotsSection(safe),
    failuresSection(safe),
  ];
  return `${REPORT_HEAD}<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${html(title)}</title>
<style>${CSS}</style>
</head>
<body>
<header><h1>${html(title)}</h1>
<p class="dim">${html(status.spec.path)}, ${formatInstant(status.observedAt)}</p></header>
<main>
${sections.join('\n')}
</main>
</body>
</html>
`;
}

function verdictSection({ status }: Report): string {
  const troubled = status.syncs.filter(({ well }) => !well);
  const isWell = troubled.length === 0;
  const answer = isWell
    ? `Safe: ${status.syncs.length === 1 ? 'the one sync is' : `all ${plural(status.syncs.length, 'sync')} are`} well.`
    : `Not safe: ${plural(troubled.length, 'sync')} of ${status.syncs.length} ${troubled.length === 1 ? 'needs' : 'need'} a person.`;
  const why = troubled.map(
    (sync) => `<li><strong>${html(sync.name)}</strong>: ${html(whyOf(sync, status.observedAt))}</li>`,
  );
  const findings = status.findings
    .filter(({ severity }) => severity !== 'info')
    .slice(0, 20)
    .map((finding) => `<li>${findingOf(finding)}</li>`);
  const remarks = findings.length === 0 ? '' : `\n<h2>What to look at</h2>\n<ul>${findings.join('\n')}</ul>`;
  return `<div class="verdict ${isWell ? 'good' : 'bad'}"><p><strong>${answer}</strong></p>${why.length === 0 ? '' : `<ul>${why.join('\n')}</ul>`}</div>${remarks}`;
}

function whyOf(sync: SyncStatus, now: string): string {
  const last = sync.lastSuccess === null ? 'it never succeeded' : `last success ${formatAgo(sync.lastSuccess, now)}`;
  const overdue = sync.overdue ? [`overdue (${last})`] : [];
  const reasons = [...overdue, sync.reason, sync.lastFailure].filter((text) => text !== undefined);
  return reasons.length === 0 ? last : reasons.map((text) => text.replace(/\.$/, '')).join('; ');
}

function syncsSection({ status }: Report): string {
  const rows = status.syncs.map((sync) => [
    html(sync.name),
    howOf(sync),
    html(sync.lastSuccess === null ? 'never' : formatAgo(sync.lastSuccess, status.observedAt)),
    html(`${sync.source} → ${sync.destination}`),
    html(sync.state === 'available' ? 'a run would do it now' : `${sync.state}: ${sync.reason ?? ''}`),
  ]);
  const head = ['Sync', 'How it is', 'Last success', 'From and to', 'Now'];
  return `<h2>Syncs</h2>\n${htmlTable('Each sync of the spec', head, rows)}`;
}

function howOf({ state, well }: SyncStatus): string {
  if (state === 'disabled') return '<span class="dim">○ off</span>';
  return well ? '<span class="good">✓ well</span>' : '<span class="bad">✗ not well</span>';
}

/** All of them: the line of each says why it stays. */
function snapshotsSection({ snapshots }: Report): string {
  const blocks = snapshots.syncs.map((sync) => {
    const count = sync.snapshots.length;
    const title = `${sync.name}: ${plural(count, 'snapshot')} in ${sync.destination}`;
    if (count === 0) return `<p>${html(title)}. ${html(sync.reason ?? '')}</p>`;
    return `<details><summary>${html(title)}</summary>\n${linesOf(sync, title)}\n</details>`;
  });
  return `<h2>Snapshots</h2>\n${blocks.length === 0 ? '<p>The spec makes none.</p>' : blocks.join('\n')}`;
}

function linesOf({ snapshots, latest }: SyncSnapshots, title: string): string {
  const rows = snapshots
    .toReversed()
    .map((line) => [
      `${html(formatInstant(line.at))}${line.name === latest ? ' <strong>latest</strong>' : ''}`,
      html(`${VERDICTS[line.verdict]}${line.reasons.join('; ')}`),
      html(endOf(line)),
    ]);
  return htmlTable(title, ['Made', 'Why it stays or goes', 'Goes about'], rows);
}

const VERDICTS: Readonly<Record<SnapshotLine['verdict'], string>> = {
  keep: '',
  prune: 'would be pruned: ',
  unverified: 'unverified: ',
};

function endOf({ verdict, goesAt }: SnapshotLine): string {
  if (verdict === 'prune') return 'with the next prune';
  return goesAt == null ? 'not foreseen' : goesAt.slice(0, 10);
}
