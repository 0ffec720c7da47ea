const closers: (() => Promise<void>)[] = [];

/** What has to be closed when the command is over, however it ends. */
export function atEnd(close: () => Promise<void>): void {
  closers.push(close);
}

/** Closes all of it, whatever goes wrong with one. Returns what went wrong. */
export async function closeAll(): Promise<Error[]> {
  const ended = await Promise.allSettled(closers.splice(0).map(async (close) => close()));
  const reasons = ended.flatMap((each): unknown[] => (each.status === 'rejected' ? [each.reason] : []));
  return reasons.map((reason) => (reason instanceof Error ? reason : new Error(String(reason))));
}

/**
 * From now on the process lives no longer than this, whatever still holds it: a connection that does not answer, a
 * process that not even SIGKILL ends. `process.exitCode` stays what it is.
 */
export function leaveSoon(): void {
  setTimeout(() => process.exit(), LEAVE_MS).unref();
}

const LEAVE_MS = 700;
