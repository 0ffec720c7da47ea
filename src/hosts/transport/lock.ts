import { setTimeout as sleep } from 'node:timers/promises';
import type { LockHolder } from '../../planner/model/event.ts';
import type { LockRequest } from '../../planner/model/step.ts';
import { codeOf } from '../../planner/model/system-error.ts';
import { closeLockFile, openLockFile, readHolder, writeHolder } from './lock-file.ts';
import type { Lock, LockOptions, LockResult, ProcessResult } from './transport.ts';

const POLL_MS = 500;
/** Of `flock -n` when another holds the lock (flock(1)). */
const BUSY = 1;

/** Asks the kernel for the same lock (flock(2)), where there is no flock(1), as on macOS. */
const BY_PERL = 'use Fcntl ":flock"; open(my $file, "<&=", 3) or exit 2; exit !flock($file, LOCK_NB | shift)';
/** Of flock(2), the same on Linux and on BSD. */
const MODES = { shared: '1', exclusive: '2' };

/** Runs a program that gets an open file as its descriptor 3. */
export type RunWithFile = (argv: readonly string[], descriptor: number) => Promise<ProcessResult>;

/**
 * Takes a lock with flock(1), or by perl. The lock belongs to the open file, not to the process that asked for it, so it stays
 * with us when `flock` ends, and with our children when we do.
 */
export function takeLock(
  request: LockRequest,
  holder: LockHolder,
  options: LockOptions,
  run: RunWithFile,
): Promise<LockResult> {
  // Opened anew each time: whoever waits must not end up with a file that was deleted meanwhile.
  return whenFree(() => tryOnce(request, holder, run), options);
}

/** Tries to take a lock until it is no longer busy or the time is over. */
export async function whenFree(attempt: () => Promise<LockResult>, options: LockOptions): Promise<LockResult> {
  const { waitMs = 0, onWaiting, signal } = options;
  const until = performance.now() + waitMs;
  for (let first = true; ; first = false) {
    const result = await attempt();
    const left = until - performance.now();
    if (result.state !== 'busy' || left <= 0 || signal?.aborted === true) return result;
    if (first) onWaiting?.(result.holder);
    await sleep(Math.min(left, POLL_MS), undefined, signal && { signal }).catch(() => undefined);
  }
}

async function tryOnce(request: LockRequest, holder: LockHolder, run: RunWithFile): Promise<LockResult> {
  let descriptor;
  try {
    descriptor = await openLockFile(request);
  } catch (error) {
    return { state: 'failed', message: `${request.path} cannot be locked: ${reason(error)}` };
  }
  const first = await run(['flock', '-n', request.mode === 'shared' ? '-s' : '-x', '3'], descriptor);
  const isMissing = first.error === 'ENOENT';
  const result = isMissing ? await run(['perl', '-e', BY_PERL, MODES[request.mode]], descriptor) : first;
  if (result.code === 0) {
    if (request.mode === 'exclusive') await writeHolder(descriptor, holder);
    return { state: 'held', lock: heldLock(request, descriptor) };
  }
  const other = await readHolder(descriptor);
  await closeLockFile(descriptor);
  if (result.code === BUSY) return { state: 'busy', holder: other };
  return { state: 'failed', message: `${request.path} cannot be locked: ${failed(result)}` };
}

function heldLock(request: LockRequest, descriptor: number): Lock {
  let held = true;
  return {
    request,
    descriptor,
    release: async () => {
      // By the second time the number may stand for another file.
      if (!held) return;
      held = false;
      // Else the next run would take us for the holder while readers share the lock.
      if (request.mode === 'exclusive') await writeHolder(descriptor, null);
      await closeLockFile(descriptor);
    },
  };
}

function reason(error: unknown): string {
  const code = codeOf(error);
  if (code === 'ELOOP') return 'it is a symbolic link. Remove it';
  return error instanceof Error ? error.message : code;
}

function failed({ error, code, signal, stderr }: ProcessResult): string {
  if (error === 'ENOENT') return 'neither flock (package util-linux) nor perl is installed';
  return stderr.at(-1) ?? `flock ended with ${error ?? code ?? signal ?? 'an unknown error'}`;
}
