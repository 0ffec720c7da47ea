import type { RunRecord, StepRecord } from '../../planner/model/run.ts';
import type { Style } from '../style.ts';
import { groupBy } from '../text/group.ts';
import { outcomeMark } from './outcomes.ts';

const KINDS = new Set(['take-over', 'unlock', 'mount', 'unmount', 'lock']);

/** Where a run has unmounted a drive, these can only be about its container. */
const UNLOCKED: ReadonlySet<string> = new Set(['drive-open', 'container-open']);

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
    const closed = closing.length > 0 && !isOpen(own);
    const shut = unlocked.has(name) ? 'unmounted, and still unlocked: not safe to unplug' : 'closed: safe to unplug';
    const state = closed
      ? shut
      : (left?.message ?? (isOpen(own) ? 'still open: not safe to unplug' : 'left as it was'));
    const text = trouble === undefined ? state : `${kindOf(trouble.id)} ${trouble.outcome}; ${state}`;
    return [outcomeMark(trouble?.outcome ?? 'done', style), style.bold(name), text];
  });
}

/** What was unlocked or mounted and not closed again. */
function isOpen(steps: readonly StepRecord[]): boolean {
  const done = new Set(steps.filter(({ outcome }) => outcome === 'done').map(({ id }) => kindOf(id)));
  const mounted = done.has('mount') && !done.has('unmount');
  const unlocked = done.has('unlock') && !done.has('lock');
  return mounted || unlocked || (done.has('take-over') && !done.has('unmount') && !done.has('lock'));
}

function kindOf(id: string): string {
  return id.slice(0, id.indexOf(':'));
}
