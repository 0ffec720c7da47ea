import type { Style } from '../style.ts';
import type { PreviewItem } from '../../planner/model/facts.ts';
import type { StepAction } from '../../planner/model/step.ts';

interface Symbol {
  sign: string;
  /** For the legend. */
  means: string;
  colour: 'green' | 'yellow' | 'red' | 'cyan' | 'blue';
}

const SYMBOLS: Readonly<Record<StepAction, Symbol>> = {
  create: { sign: '+', means: 'create', colour: 'green' },
  update: { sign: '~', means: 'change', colour: 'yellow' },
  delete: { sign: '-', means: 'delete', colour: 'red' },
  acquire: { sign: '↑', means: 'take', colour: 'cyan' },
  release: { sign: '↓', means: 'give back', colour: 'cyan' },
  run: { sign: '>', means: 'run', colour: 'blue' },
};

/** The sign of an action or of a changed entry, coloured. */
export function symbol(action: StepAction | PreviewItem['change'], style: Style): string {
  const { sign, colour } = SYMBOLS[action];
  return style[colour](sign);
}

/** `+ create  ~ change` for the actions that occur, in a fixed order. */
export function legend(actions: ReadonlySet<StepAction>, style: Style): string {
  const order: readonly StepAction[] = ['create', 'update', 'delete', 'acquire', 'release', 'run'];
  return order
    .filter((action) => actions.has(action))
    .map((action) => `${symbol(action, style)} ${style.dim(SYMBOLS[action].means)}`)
    .join('   ');
}
