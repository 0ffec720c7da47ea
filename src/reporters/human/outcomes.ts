import type { StepOutcome } from '../../planner/model/event.ts';
import type { SyncOutcome } from '../../planner/model/facts.ts';
import { joinAnd, formatCount } from '../text/numbers.ts';
import type { Style } from '../style.ts';

type Mark = readonly [sign: string, colour: 'green' | 'red' | 'yellow' | 'dim'];

const GOOD: Mark = ['✓', 'green'];
const BAD: Mark = ['✗', 'red'];
const HALTED: Mark = ['!', 'yellow'];
const IDLE: Mark = ['○', 'dim'];

const MARKS: Readonly<Record<StepOutcome | SyncOutcome, Mark>> = {
  done: GOOD,
  succeeded: GOOD,
  unneeded: IDLE,
  failed: BAD,
  incomplete: HALTED,
  blocked: BAD,
  refused: HALTED,
  locked: HALTED,
  interrupted: HALTED,
  'not-run': IDLE,
  skipped: IDLE,
  disabled: IDLE,
};

/** The coloured mark of an outcome: ✓ ✗ ! or ○. */
export function outcomeMark(outcome: StepOutcome | SyncOutcome, style: Style): string {
  const [sign, colour] = MARKS[outcome];
  return style[colour](sign);
}

/** What a person should look at. */
export function isTrouble(outcome: StepOutcome | SyncOutcome): boolean {
  const mark = MARKS[outcome];
  return mark === BAD || mark === HALTED;
}

const ORDER: readonly SyncOutcome[] = [
  'succeeded',
  'incomplete',
  'failed',
  'refused',
  'locked',
  'interrupted',
  'blocked',
  'skipped',
  'disabled',
];

/** `3 succeeded, 1 failed and 2 skipped`; empty for none. */
export function outcomeCounts(outcomes: Partial<Record<SyncOutcome, number>>): string {
  const parts = ORDER.flatMap((outcome) => {
    const count = outcomes[outcome] ?? 0;
    return count === 0 ? [] : [`${formatCount(count)} ${outcome}`];
  });
  return joinAnd(parts);
}
