import { readFileSync } from 'node:fs';
import { isThere } from '../hosts/transport/process-group.ts';
import type { ProcessIdentity } from '../planner/model/stored.ts';
import { systemError } from '../planner/model/system-error.ts';

export function identityOf(pid: number): ProcessIdentity {
  return { pid, startTicks: startOf(pid), bootId: readProc('/proc/sys/kernel/random/boot_id') };
}

/**
 * Is it still running? A process of another boot can only be judged when it was on this machine (`sameMachine`); on
 * another one, which may share the directory, it is taken to be alive.
 */
export function isAlive(identity: ProcessIdentity, sameMachine: boolean): boolean {
  const now = identityOf(identity.pid);
  // Without /proc nobody can tell a process from a later one with its number, and a run that goes on is left alone.
  if (now.bootId === null) return isThere(identity.pid);
  if (identity.bootId !== now.bootId) return !sameMachine;
  return now.startTicks !== null && now.startTicks === identity.startTicks;
}

/** Null for a process that is not there, or that has ended and is only waited for. */
function startOf(pid: number): string | null {
  const stat = readProc(`/proc/${pid}/stat`);
  if (stat === null) return null;
  // The command's name is in parentheses and may hold spaces and parentheses itself.
  const [state = 'X', ...fields] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return 'ZX'.includes(state) ? null : (fields[18] ?? null);
}

function readProc(path: string): string | null {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch (error) {
    systemError(error);
    return null;
  }
}
