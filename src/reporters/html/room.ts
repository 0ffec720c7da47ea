import type { VolumeStatus } from '../../planner/model/documents.ts';
import type { Report } from '../../planner/model/report.ts';
import { formatBytes, plural } from '../text/numbers.ts';
import { html } from './escape.ts';

const DAY = 86_400_000;
/** Days before today, and after. */
const BACK = 30;
const AHEAD = 90;
const [WIDTH, HEIGHT, LEFT, BOTTOM] = [640, 180, 90, 30];

/** Free room of each volume: reckoned back from what runs have copied, and what the simulation foresees. */
export function roomSection(report: Report): string {
  const volumes = report.status.volumes.filter(({ freeBytes }) => freeBytes !== null);
  const blocks = volumes.map((volume) => `<h3>${html(volume.name)}</h3>\n${roomOf(volume, report)}`);
  const unknown = report.status.volumes.filter(
    ({ freeBytes, provided }) => freeBytes === null && provided === undefined,
  );
  const absent = unknown.map(({ name }) => name);
  const rest = absent.length === 0 ? '' : `<p class="dim">Not known now: ${html(absent.join(', '))}.</p>`;
  return `<h2>Room</h2>\n${blocks.join('\n')}${rest}`;
}

function roomOf(volume: VolumeStatus, report: Report): string {
  const free = volume.freeBytes ?? 0;
  const total = volume.totalBytes === null ? '' : ` of ${formatBytes(volume.totalBytes)}`;
  const pace =
    volume.daysLeft == null || volume.daysLeft > 3650
      ? ''
      : ` Full in about ${plural(volume.daysLeft, 'day')} at ${formatBytes(volume.writtenPerDay ?? 0)} a day.`;
  const simulated = report.simulation.volumes.find(({ name }) => name === volume.name);
  const then =
    simulated === undefined
      ? ''
      : simulated.freeAtEnd === null
        ? ' What snapshots will take is unknown before three runs have made one.'
        : simulated.fullOn === null
          ? ` Snapshots leave about ${formatBytes(simulated.freeAtEnd)} in ${plural(simulated.days, 'day')}, if the source does not grow.`
          : ` Snapshots fill it about ${simulated.fullOn}.`;
  const text = `${formatBytes(free)} free${total}.${pace}${then}`;
  return `<p>${html(text)}</p>\n${chart(volume, free, report)}`;
}

function chart(volume: VolumeStatus, free: number, report: Report): string {
  const past = pastOf(volume.name, free, report);
  const perDay = volume.writtenPerDay ?? null;
  const future = perDay === null ? [] : Array.from({ length: AHEAD + 1 }, (_, day) => Math.max(0, free - perDay * day));
  if (past.length < 2 && future.length === 0) return '';
  const most = Math.max(volume.totalBytes ?? 0, free, ...past, 1);
  const x = (day: number): number => LEFT + ((day + BACK) * (WIDTH - LEFT - 10)) / (BACK + AHEAD);
  const y = (bytes: number): number => 10 + (1 - Math.min(bytes / most, 1)) * (HEIGHT - BOTTOM - 10);
  const points = (values: readonly number[], first: number): string =>
    values.map((bytes, index) => `${x(first + index).toFixed(1)},${y(bytes).toFixed(1)}`).join(' ');
  const title = `Free room of ${volume.name}: ${BACK} days back, reckoned from what runs copied, and ${AHEAD} days ahead at that pace`;
  const label = (at: number, text: string, anchor: string): string =>
    `<text x="${x(at).toFixed(1)}" y="${HEIGHT - 8}" text-anchor="${anchor}">${text}</text>`;
  return `<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${html(title)}">
<line class="axis" x1="${LEFT}" y1="${y(0)}" x2="${WIDTH - 10}" y2="${y(0)}"/><line class="axis" x1="${x(0)}" y1="10" x2="${x(0)}" y2="${y(0)}"/>
<text x="${LEFT - 6}" y="16" text-anchor="end">${formatBytes(most)}</text><text x="${LEFT - 6}" y="${y(0)}" text-anchor="end">0</text>
<polyline class="line" points="${points(past, -past.length + 1)}"/><polyline class="line then" points="${points(future, 0)}"/>
${label(-BACK, `${BACK} days ago`, 'start')}${label(0, 'today', 'middle')}${label(AHEAD, `in ${AHEAD} days`, 'end')}
</svg>
<p class="dim">${html(title)}.</p>`;
}

/** The free room at the end of each day, today last: what was copied since was free then, if nothing else changed. */
function pastOf(volume: string, free: number, { status, records }: Report): number[] {
  const now = Date.parse(status.observedAt);
  const lying = status.volumes.filter(({ provided }) => provided?.on?.split(':')[0] === volume);
  const filled = new Set([volume, ...lying.map(({ name }) => name)]);
  const names = new Set(
    status.syncs.filter(({ destination }) => filled.has(destination.split(':')[0] ?? '')).map(({ name }) => name),
  );
  const copies = records.flatMap(({ startedAt, syncs }) =>
    syncs
      .filter(({ name, bytes }) => names.has(name) && bytes > 0)
      .map(({ bytes }) => ({ bytes, days: Math.floor((now - Date.parse(startedAt)) / DAY) })),
  );
  if (copies.length === 0) return [];
  const first = Math.min(BACK, Math.max(...copies.map(({ days }) => days)));
  return Array.from({ length: first + 1 }, (_, index) => {
    const ago = first - index;
    return free + copies.filter(({ days }) => days < ago).reduce((sum, { bytes }) => sum + bytes, 0);
  });
}
