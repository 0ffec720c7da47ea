import { hostname } from 'node:os';
import type { Facts, InputPart, RunSoFar } from 'nbkp/executor';
import { addressOf, hearsChanges, type Message, type NotifyParams } from './commands.ts';
import type { Occasion } from './settings.ts';

/** How much of a log goes along, in characters. Healthchecks keeps 100 kB, ntfy 4 kB. */
const MOST = 3_000;

/** How each sync ended the last time that it was tried. */
type History = Facts['history'];

/** Which message tells how a run has ended; null when the target does not want to hear it. */
export function messageFor(params: NotifyParams, run: RunSoFar, history: History): Message | null {
  const { at, target } = params;
  if (at === 'start') return 'start';
  const occasion = occasionOf(params, run);
  if (occasion === 'log') return target.kind === 'healthchecks' ? occasion : null;
  if (hearsChanges(target)) {
    if (occasion === 'failure') return isNews(run, history) ? occasion : null;
    if (occasion === 'success' && isOver(run, history)) return 'well-again';
  }
  return target.on.includes(occasion) ? occasion : null;
}

function occasionOf({ overdue }: NotifyParams, run: RunSoFar): Occasion | 'log' {
  const late = overdue.filter((name) => !run.syncs.some((sync) => sync.name === name && sync.outcome === 'succeeded'));
  // 75: another run was in the way, which tells how that goes. 4: something needed was absent (docs/commands.md).
  if (run.exitCode === 0 || run.exitCode === 2) return late.length > 0 ? 'overdue' : 'success';
  if (run.exitCode === 75) return 'log';
  return run.exitCode === 4 ? 'overdue' : 'failure';
}

const NOT_WELL: ReadonlySet<string> = new Set(['failed', 'incomplete', 'refused', 'interrupted', 'blocked']);

/** Something failed that had not failed so the last time, or the run itself did. */
function isNews({ syncs }: RunSoFar, history: History): boolean {
  const bad = syncs.filter(({ outcome }) => NOT_WELL.has(outcome));
  return bad.length === 0 || bad.some(({ name, outcome }) => history[name]?.lastRun?.outcome !== outcome);
}

function isOver({ syncs }: RunSoFar, history: History): boolean {
  return syncs.some(
    ({ name, outcome }) => outcome === 'succeeded' && NOT_WELL.has(history[name]?.lastRun?.outcome ?? ''),
  );
}

/** One line. */
export function reportOf(message: Message, run: RunSoFar): string {
  const count = (outcome: string): number => run.syncs.filter((sync) => sync.outcome === outcome).length;
  const counts = ['succeeded', 'failed', 'incomplete', 'refused', 'interrupted', 'locked', 'blocked', 'skipped']
    .filter((outcome) => count(outcome) > 0)
    .map((outcome) => `${count(outcome)} ${outcome}`);
  const words: Record<Message, string> = {
    start: 'The backup begins',
    success: 'The backup went well',
    'well-again': 'The backup is well again',
    failure: 'The backup failed',
    overdue: 'A backup is overdue',
    log: 'Another run is at work',
  };
  return `${words[message]} on ${hostname()}${counts.length === 0 ? '' : `: ${counts.join(', ')}`}`;
}

/** What went wrong, and the last that its processes said. */
export function detailsOf(run: RunSoFar): string {
  const lines = [
    ...run.syncs
      .filter(({ outcome }) => outcome !== 'succeeded' && outcome !== 'disabled')
      .map(({ name, outcome, reason }) => `${name}: ${outcome}${reason === undefined ? '' : `: ${reason}`}`),
    ...run.steps
      .filter(({ outcome }) => outcome === 'failed')
      .flatMap(({ id, log }) => log.slice(-10).map((line) => `${id}| ${line}`)),
  ];
  return lines.join('\n').slice(0, MOST);
}

/** The configuration that curl reads from standard input (curl(1), --config), so that no secret is in an argv. */
export function configFor({ target }: NotifyParams, message: Message, run: RunSoFar): InputPart[] {
  if (target.kind === 'desktop' || target.kind === 'mail') return [];
  const report = reportOf(message, run);
  const body = target.kind === 'webhook' ? json(message, report, run) : [report, detailsOf(run)].join('\n').trim();
  const address: InputPart[] =
    target.urlId === null
      ? []
      : ['url = "', { secret: target.urlId, escaped: true }, `${addressOf('', target, message)}"\n`];
  return [...address, ...headersFor(target, message), `data-raw = "${quoted(body)}"\n`];
}

function headersFor(target: NotifyParams['target'], message: Message): InputPart[] {
  const bad = message === 'failure' || message === 'overdue';
  switch (target.kind) {
    case 'webhook':
      return ['header = "Content-Type: application/json"\n'];
    case 'ntfy': {
      const token: InputPart[] =
        target.tokenId === null
          ? []
          : ['header = "Authorization: Bearer ', { secret: target.tokenId, escaped: true }, '"\n'];
      return ['header = "Title: nbkp"\n', `header = "Priority: ${bad ? 'high' : 'default'}"\n`, ...token];
    }
    case 'healthchecks':
      return ['header = "Content-Type: text/plain; charset=utf-8"\n'];
    case 'desktop':
    case 'mail':
      return [];
  }
}

function json(event: Message, report: string, { exitCode, syncs }: RunSoFar): string {
  const told = syncs.map(({ name, outcome, reason }) => ({
    name,
    outcome,
    ...(reason === undefined ? {} : { reason }),
  }));
  return JSON.stringify({ event, host: hostname(), exitCode, report, syncs: told });
}

/** Between double quotes of a curl configuration. */
function quoted(text: string): string {
  return text
    .replace(/[\0\r]/g, '')
    .replace(/["\\]/g, '\\$&')
    .replaceAll('\n', '\\n')
    .replaceAll('\t', '\\t');
}
