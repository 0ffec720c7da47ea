import type { VolumeForecast } from '../../../planner/model/plan.ts';
import type { Range } from '../../../planner/model/range.ts';
import { formatBytes, listNames, plural } from '../../text/numbers.ts';
import { wrap } from '../../text/width.ts';
import type { PlanView } from './view.ts';

/** Syncs without an estimate that are named. */
const NAMED = 3;

/** Room on each volume: what is written, what is left, and how that is known. */
export function forecastBlock({ plan, style }: PlanView): string[] {
  const forecasts = (plan.forecast ?? []).filter(({ basis }) => basis.length > 0);
  if (forecasts.length === 0) return [];
  return [style.bold('Space'), ...forecasts.flatMap((each) => wrap(lineOf(each), style.width, '  ', '    '))];
}

function lineOf({ volume, sharedWith, bytes, freeBytes, basis, unknown, ...room }: VolumeForecast): string {
  const from = basis.map((each) => (each === 'dry-run' ? 'a dry run' : 'the last run')).join(' and ');
  const where = sharedWith.length === 0 ? volume : `${[volume, ...sharedWith].join(' and ')} (one file system)`;
  const more = unknown.length === 0 ? '' : `; not counted: ${listNames(unknown, NAMED)}`;
  return `${where}: ${rangeText(bytes)} to write, ${leftText(freeBytes, room)} (by ${from})${prunedText(room)}${more}`;
}

type Room = Pick<VolumeForecast, 'peakFreeBytes' | 'finalFreeBytes' | 'pruned'>;

function leftText(freeBytes: number, { peakFreeBytes, finalFreeBytes }: Room): string {
  if (peakFreeBytes.low < 0) return 'it may not fit';
  const end = `${rangeText(finalFreeBytes)} of ${formatBytes(freeBytes)} stay free`;
  return rangeText(peakFreeBytes) === rangeText(finalFreeBytes) ? end : `${end}, ${rangeText(peakFreeBytes)} meanwhile`;
}

function prunedText({ pruned: { snapshots, bytes } }: Room): string {
  if (snapshots === 0 && bytes !== null) return '';
  const freed = bytes === null ? 'an unknown amount, which is not counted' : rangeText(bytes);
  return `; pruning ${snapshots === 0 ? '' : `${plural(snapshots, 'snapshot')} `}frees ${freed}`;
}

function rangeText({ low, high }: Range): string {
  return formatBytes(low) === formatBytes(high) ? formatBytes(low) : `${formatBytes(low)} to ${formatBytes(high)}`;
}
