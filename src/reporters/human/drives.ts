import type { StepOutcome } from '../../planner/model/event.ts';
import type { RunRecord, StepRecord } from '../../planner/model/run.ts';
import type { Style } from '../style.ts';
import { groupBy } from '../text/group.ts';
import { outcomeMark } from './outcomes.ts';

const KINDS = new Set(['take-over', 'unlock', 'mount', 'unmount', 'lock']);

/** Where a run has unmounted a drive, these can only be about its container. */
const UNLOCKED: ReadonlySet<string> = new Set(['drive-open', 'container-open']);

const CLOSED_IN_VAIN: ReadonlySet<StepOutcome> = new Set(['failed', 'interrupted']);

/** Steps that open or close a drive: `mount:usb`. A sync may have the drive's name. */
export function isDriveStep({ id }: StepRecord): boolean {
  return KINDS.has(kindOf(id));
}

/** What became of each drive that the run touched, and whether it may be unplugged. */
export function driveRows({ steps, findings }: RunRecord, style: Style): string[][] {
  // What was unlocked before is not locked by the run.
  const unlocked = new Set(findings.filter(({ code }) => UNLOCKED.has(code)).map(({ volume }) => volume));
  const drives = groupBy(steps.filter(isDriveStep), ({ id }) => id.slice(id.indexOf(':') + 1));
  return [...drives].map(([name, own]) => {
    const trouble = own.find(
      ({ outcome }) => outcome === 'failed' || outcome === 'interrupted' || outcome === 'refused',
    );
    const closing = own.filter(({ id, outcome }) => outcome === 'done' && ['unmount', 'lock'].includes(kindOf(id)));
    const left = own.flatMap(({ findings }) => findings).find(({ code }) => code === 'drive-left-open');
    const isTaken = own.some(({ id, outcome }) => kindOf(id) === 'take-over' && outcome === 'done');
    const isOpen = isLeft(own, 'mount', 'unmount') || (isTaken && closing.length === 0);
    const isUnlocked = unlocked.has(name) || isLeft(own, 'unlock', 'lock');
    const shut = isUnlocked ? 'unmounted, and still unlocked: not safe to unplug' : 'closed: safe to unplug';
    const none = isOpen || isUnlocked ? 'still open: not safe to unplug' : 'left as it was';
    const state = closing.length > 0 && !isOpen ? shut : (left?.message ?? none);
    const text = trouble === undefined ? state : `${kindOf(trouble.id)} ${trouble.outcome}; ${state}`;
    return [outcomeMark(trouble?.outcome ?? 'done', style), style.bold(name), text];
  });
}

/** Is it as a step has left it that opened it, or that was to close it and could not? */
function isLeft(steps: readonly StepRecord[], opening: string, closing: string): boolean {
  const outcomes = new Map(steps.map(({ id, outcome }) => [kindOf(id), outcome]));
  const closed = outcomes.get(closing) ?? 'not-run';
  return closed !== 'done' && (outcomes.get(opening) === 'done' || CLOSED_IN_VAIN.has(closed));
}

function kindOf(id: string): string {
  return id.slice(0, id.indexOf(':'));
}
