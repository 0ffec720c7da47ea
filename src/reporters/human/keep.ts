import type { Keep } from '../../planner/model/spec.ts';
import { formatDuration } from '../text/time.ts';

/** `keep last 3 + daily 7`; `all kept`. */
export function keepText(keep: Keep | null): string {
  if (keep === null) return 'all kept';
  const rules = [
    ['last', keep.last],
    ['hourly', keep.hourly],
    ['daily', keep.daily],
    ['weekly', keep.weekly],
    ['monthly', keep.monthly],
    ['yearly', keep.yearly],
  ] as const;
  const counts = rules.filter(([, count]) => count > 0).map(([rule, count]) => `${rule} ${count}`);
  const within = keep.within === null ? [] : [`within ${formatDuration(keep.within)}`];
  const zone = keep.timezone === 'UTC' ? '' : ` (days of ${keep.timezone})`;
  return `keep ${[...counts, ...within].join(' + ')}${zone}`;
}
