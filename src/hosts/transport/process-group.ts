import { codeOf } from './error-code.ts';

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
