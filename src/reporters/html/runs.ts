import type { SyncOutcome } from '../../planner/model/facts.ts';
import type { Finding } from '../../planner/model/finding.ts';
import type { Report } from '../../planner/model/report.ts';
import { isTrouble } from '../human/outcomes.ts';
import { plural } from '../text/numbers.ts';
import { formatInstant } from '../text/time.ts';
import { html, scrolling } from './escape.ts';

const DAY = 86_400_000;
const DAYS = 28;
/** So many failures are told. */
const FAILURES = 10;

const SIGNS: Readonly<Record<SyncOutcome, [sign: string, kind: string]>> = {
  succeeded: ['✓', 'good'],
  incomplete: ['!', 'halted'],
  failed: ['✗', 'bad'],
  blocked: ['✗', 'bad'],
  refused: ['!', 'halted'],
  locked: ['!', 'halted'],
  interrupted: ['!', 'halted'],
  skipped: ['○', 'dim'],
  disabled: ['○', 'dim'],
};

/** A row for each sync, a column for each day in UTC: what the last run of that day made of it. */
export function calendarSection({ status, records }: Report): string {
  const last = Date.parse(status.observedAt.slice(0, 10));
  const days = Array.from({ length: DAYS }, (_, index) =>
    new Date(last - (DAYS - 1 - index) * DAY).toISOString().slice(0, 10),
  );
  const outcomes = outcomesByDay(records);
  const heads = days.map((day) => `<th scope="col"><abbr title="${day}">${day.slice(8)}</abbr></th>`).join('');
  const rows = status.syncs.map(({ name }) => {
    const cells = days.map((day) => `<td>${cellOf(outcomes.get(`${day} ${name}`))}</td>`);
    return `<tr><th scope="row">${html(name)}</th>${cells.join('')}</tr>`;
  });
  const title = `Runs of each sync from ${days[0] ?? ''} to ${days.at(-1) ?? ''}, days in UTC`;
  const table = `<table class="calendar"><caption><span>${title}</span></caption><thead><tr><th scope="col">Sync</th>${heads}</tr></thead><tbody>\n${rows.join('\n')}\n</tbody></table>`;
  return `<h2>Runs</h2>\n${scrolling(title, table, 'newest')}\n<p class="dim">✓ well, ! not all, ✗ failed, ○ not possible then. The last run of the day counts.</p>`;
}

/** Of more than one run of a day the last one. */
function outcomesByDay(newestFirst: Report['records']): Map<string, SyncOutcome> {
  const found = new Map<string, SyncOutcome>();
  for (const { startedAt, purpose, syncs } of newestFirst) {
    if (purpose !== 'backup') continue;
    for (const { name, outcome } of syncs) {
      const key = `${startedAt.slice(0, 10)} ${name}`;
      if (!found.has(key)) found.set(key, outcome);
    }
  }
  return found;
}

function cellOf(outcome: SyncOutcome | undefined): string {
  if (outcome === undefined) return '';
  const [sign, kind] = SIGNS[outcome];
  return `<span class="${kind}" role="img" aria-label="${outcome}" title="${outcome}">${sign}</span>`;
}

/** The last runs that were no success for a sync, each with what it said and how that is mended. */
export function failuresSection({ records }: Report): string {
  const failures = records.flatMap((record) =>
    record.syncs
      .filter(({ outcome }) => isTrouble(outcome))
      .map((sync) => ({ sync, record, found: errorsOf(record, sync.name) })),
  );
  if (failures.length === 0) return '<h2>Failures</h2>\n<p>None in the last runs.</p>';
  const items = failures.slice(0, FAILURES).map(({ sync, record, found }) => {
    const said = found.length === 0 ? [html(sync.reason ?? 'No reason is known.')] : found.map(findingOf);
    return `<h3>${html(sync.name)}: ${sync.outcome}, ${formatInstant(record.startedAt)}</h3>\n${said.map((each) => `<p>${each}</p>`).join('\n')}\n<p class="dim">All of it: <code>nbkp history ${html(record.run)}</code></p>`;
  });
  const more = failures.length - items.length;
  const rest = more === 0 ? '' : `\n<p class="dim">And ${plural(more, 'earlier one')}.</p>`;
  return `<h2>Failures</h2>\n${items.join('\n')}${rest}`;
}

function errorsOf({ findings, steps }: Report['records'][number], sync: string): Finding[] {
  const all = [...steps.flatMap((step) => step.findings), ...findings];
  return all.filter((finding) => finding.severity === 'error' && finding.sync === sync).slice(0, 5);
}

/** What is wrong and how to mend it. */
export function findingOf({ code, message, help }: Finding): string {
  const fix = help === undefined ? '' : `<br><strong>Fix:</strong> ${html(help)}`;
  return `${html(message)} <code>${html(code)}</code>${fix}`;
}
