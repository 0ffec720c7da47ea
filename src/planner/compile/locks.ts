import type { LockRequest, Step } from '../model/step.ts';

const NAME = '/.nbkp-lock';

/**
 * The lock of a destination: whoever writes there holds it, and whoever only reads there shares it.
 *
 * @param folder of the destination
 * @param host that it is on; a lock says so where its step runs on another
 */
export function destinationLock(
  mode: LockRequest['mode'],
  folder: string,
  host: string,
  step: Pick<Step, 'host'>,
): LockRequest {
  return { path: `${folder}${NAME}`, mode, ...(host === step.host ? {} : { host }) };
}

/** The folder of the destination that a lock is of. */
export function lockedFolder({ path }: LockRequest): string {
  return path.slice(0, -NAME.length);
}
