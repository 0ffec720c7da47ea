import { createHash } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import type { LockHolder } from '../../../planner/model/event.ts';
import { isRecord, parseJson } from '../../../planner/model/json.ts';

/** A process on the server, by its number and by when it started (clock ticks since the boot, proc(5)). */
export interface ServerProcess {
  pid: string;
  start: string;
}

/**
 * What is written into the lock of a server: who holds it, and which `ssh` of this machine keeps the connection. The
 * server adds the process there that holds it. Without /proc only the holder is said, and nobody ends it for us.
 *
 * @param ssh its process id
 */
export function holderText(holder: LockHolder, ssh: number | undefined): string {
  const machine = thisMachine();
  const start = ssh === undefined ? null : startOf(String(ssh));
  return JSON.stringify(
    machine === null || start === null
      ? holder
      : { ...holder, client: [...machine, ssh, start, ...machineId(holder.host)].join(' ') },
  );
}

/**
 * The process on the server that holds a lock for a connection of this machine that has ended here, or with the boot that
 * kept it: nobody can write through it any more, and the server has not noticed. Null for every other holder, and where that is not certain.
 *
 * @param text of the lock
 */
export function deadHolder(text: string): ServerProcess | null {
  const { client, server, host } = marksIn(text);
  const [, boot, namespace, ssh = '', began, id] =
    /^([0-9a-f-]+) (pid:\[\d+\]) (\d+) (\d+)(?: ([0-9a-f]{64}))?$/.exec(client) ?? [];
  const [, pid, start] = /^([1-9]\d+) (\d+)$/.exec(server) ?? [];
  const machine = thisMachine();
  if (machine === null || pid === undefined || start === undefined) return null;
  // What ran before the last boot of this machine is over.
  if (boot !== undefined && boot !== machine[0] && id !== undefined && machineId(host)[0] === id) return { pid, start };
  // Elsewhere that number would be another process.
  if (boot !== machine[0] || namespace !== machine[1]) return null;
  return startOf(ssh) === began ? null : { pid, start };
}

function marksIn(text: string): { client: string; server: string; host: string } {
  const value = parseJson(text);
  const { client, server, host } = isRecord(value) ? value : {};
  if (typeof client === 'string' && typeof server === 'string') {
    return { client, server, host: typeof host === 'string' ? host : '' };
  }
  return { client: '', server: '', host: '' };
}

/**
 * Tells this machine under this name from all others: machine-id(5) asks that the id itself is given to nobody, and a copy
 * of a machine has another name. Empty without one.
 */
function machineId(host: string): string[] {
  try {
    const id = readFileSync('/etc/machine-id', 'utf8').trim();
    return /^[0-9a-f]{32}$/.test(id) && host === hostname()
      ? [createHash('sha256').update(`nbkp ${id} ${host}`).digest('hex')]
      : [];
  } catch {
    return [];
  }
}

/** This boot of this machine, and the process ids that are seen; null without /proc. */
function thisMachine(): [boot: string, namespace: string] | null {
  try {
    return [readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim(), readlinkSync('/proc/self/ns/pid')];
  } catch {
    return null;
  }
}

/** Null when there is no such process, or it has ended and only its parent has not been told. */
function startOf(pid: string): string | null {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ');
    return fields[0] === 'Z' ? null : (fields[19] ?? null);
  } catch {
    return null;
  }
}
