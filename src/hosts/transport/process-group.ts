import { codeOf } from '../../planner/model/system-error.ts';

/** Whether a process of that number is there, whoever it belongs to: signal 0 only looks (kill(2)). */
export function isThere(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return codeOf(error) !== 'ESRCH';
  }
}

/** Sends a signal to all processes of a group. */
export function signalGroup(group: number | undefined, signal: NodeJS.Signals): void {
  if (group === undefined) return;
  try {
    process.kill(-group, signal);
  } catch (error) {
    // ESRCH: all have ended. EPERM: what is left belongs to another user (sudo) and ends by itself.
    if (!['ESRCH', 'EPERM'].includes(codeOf(error))) throw error;
  }
}
