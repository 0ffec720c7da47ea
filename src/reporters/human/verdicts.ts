import type { StepVerdict, Verdict } from '../../planner/plan-file/verdict.ts';
import type { Paint, Style } from '../style.ts';
import { groupBy } from '../text/group.ts';
import { plural } from '../text/numbers.ts';
import { sanitised } from '../text/sanitise.ts';
import { wrap } from '../text/width.ts';

const MEANINGS: readonly (readonly [verdict: Verdict, means: string])[] = [
  ['stale', 'what they relied on has changed'],
  ['unverifiable', 'their drive or machine is not here; they are skipped'],
  ['equivalent', 'they would be planned a little otherwise now, and do the same'],
  ['fresh', 'as they would be planned now'],
];

/** What has become of the steps of a saved plan: each verdict with its steps. */
export function verdictsText(verdicts: readonly StepVerdict[], style: Style): string {
  const groups = groupBy(sanitised(verdicts), ({ verdict }) => verdict);
  const lines = MEANINGS.flatMap(([verdict, means]) => {
    const steps = groups.get(verdict) ?? [];
    if (steps.length === 0) return [];
    const names = verdict === 'fresh' ? '' : `: ${steps.map(({ step }) => step).join(', ')}`;
    const label = `${verdict}:`;
    const text = `${label} ${plural(steps.length, 'step')}, ${means}${names}`;
    const [first = '', ...more] = wrap(text, style.width, '', '  ');
    return [first.replace(label, paintOf(verdict, style)(label)), ...more];
  });
  return lines.length === 0 ? '' : `${lines.join('\n')}\n`;
}

function paintOf(verdict: Verdict, style: Style): Paint {
  if (verdict === 'stale') return style.red;
  return verdict === 'unverifiable' ? style.yellow : style.green;
}
