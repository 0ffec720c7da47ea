import type {
  SimulatedDay,
  SimulationDocument,
  SyncSimulation,
  VolumeSimulation,
} from '../../planner/model/simulation.ts';
import { MOST } from '../../planner/retention/simulate.ts';
import { findingsText } from '../findings.ts';
import type { Style } from '../style.ts';
import { blocksText, joinTexts } from '../text/blocks.ts';
import { formatBytes, plural } from '../text/numbers.ts';
import { sanitised } from '../text/sanitise.ts';
import { formatDuration } from '../text/time.ts';
import { padStart, textWidth, wrap } from '../text/width.ts';
import { keepText } from './keep.ts';
import { modeText } from './plan/sync.ts';

/** So many bars at most. */
const BARS = 14;

/** How many snapshots there will be, as bars, and about what room they take. In ASCII: it is right on any terminal. */
export function simulationText(document: SimulationDocument, style: Style): string {
  const safe = sanitised(document);
  const blocks = [
    ...safe.syncs.map((sync) => syncLines(sync, safe.days, style)),
    safe.volumes.flatMap((volume) => volumeLines(volume, style)),
  ];
  const text = blocksText(blocks) || 'The spec has no syncs with snapshots.\n';
  return joinTexts([text, findingsText(safe.findings, style)]);
}

function syncLines(sync: SyncSimulation, days: number, style: Style): string[] {
  const title = `${style.bold(sync.name)}: ${sync.destination} (${modeText(sync.mode)}, ${keepText(sync.keep)})`;
  const head = wrap(title, style.width, '', '  ');
  if (sync.days.length === 0) {
    return [...head, ...wrap(`${sync.reason ?? 'not available'} [${sync.code ?? 'skipped'}]`, style.width, '  ')];
  }
  const reckoned = sync.days.length - 1;
  const cut =
    reckoned < days ? ` Only ${plural(reckoned, 'day')} to come: by then ${MOST} more would have been made.` : '';
  return [...head, ...wrap(`${paceText(sync)}${cut}`, style.width, '  '), ...bars(sync.days, style)];
}

function paceText({ every, growth, runs }: SyncSimulation): string {
  const often = `One snapshot every ${formatDuration(every)}`;
  return growth === null
    ? `${often}. The room is unknown before three runs have made one.`
    : `${often}, each about ${formatBytes(growth)} (median of ${plural(runs, 'run')}).`;
}

/** A bar for some days, the first and the last among them. */
function bars(days: readonly SimulatedDay[], style: Style): string[] {
  const count = Math.min(BARS, days.length);
  const shown = Array.from(
    { length: count },
    (_, index) => days[count === 1 ? 0 : Math.round((index * (days.length - 1)) / (count - 1))],
  ).filter((day) => day !== undefined);
  const most = Math.max(1, ...shown.map(({ snapshots }) => snapshots));
  const counts = shown.map(({ snapshots }) => String(snapshots));
  const rooms = shown.map(({ bytes }) => (bytes === null ? 'unknown' : formatBytes(bytes)));
  const widest = (texts: readonly string[]): number => Math.max(...texts.map(textWidth));
  const [countWidth, roomWidth] = [widest(counts), widest(rooms)];
  const width = Math.max(4, style.width - '  2026-01-01  '.length - countWidth - roomWidth - 4);
  return shown.map(({ day, snapshots }, index) => {
    const bar = '#'.repeat(Math.max(snapshots === 0 ? 0 : 1, Math.round((snapshots * width) / most)));
    const numbers = `${padStart(counts[index] ?? '', countWidth)}  ${padStart(rooms[index] ?? '', roomWidth)}`;
    return `  ${day}  ${numbers}  ${style.cyan(bar)}`.trimEnd();
  });
}

function volumeLines({ name, freeBytes, days, freeAtEnd, fullOn }: VolumeSimulation, style: Style): string[] {
  if (freeBytes === null || freeAtEnd === null) return [];
  const now = `${style.bold(name)}: ${formatBytes(freeBytes)} free now`;
  const then =
    fullOn === null
      ? `about ${formatBytes(freeAtEnd)} in ${plural(days, 'day')}, if the source does not grow.`
      : style.red(`full about ${fullOn}, even if the source does not grow.`);
  return wrap(`${now}, ${then}`, style.width, '', '  ');
}
