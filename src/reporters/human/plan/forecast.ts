import type { Range, VolumeForecast } from '../../../planner/model/plan.ts';
import { formatBytes, listNames } from '../../text/numbers.ts';
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

function lineOf({ volume, bytes, freeBytes, finalFreeBytes, basis, unknown }: VolumeForecast): string {
  const from = basis.map((each) => (each === 'dry-run' ? 'a dry run' : 'the last run')).join(' and ');
  const left =
    finalFreeBytes.low < 0 ? 'it may not fit' : `${rangeText(finalFreeBytes)} of ${formatBytes(freeBytes)} stay free`;
  const more = unknown.length === 0 ? '' : `; not counted: ${listNames(unknown, NAMED)}`;
  return `${volume}: ${rangeText(bytes)} to write, ${left} (by ${from}; without what pruning frees)${more}`;
}

function rangeText({ low, high }: Range): string {
  return formatBytes(low) === formatBytes(high) ? formatBytes(low) : `${formatBytes(low)} to ${formatBytes(high)}`;
}
