import { BEGINNING } from './hosts/observe/beginning.ts';
import { begin, type Begun } from './hosts/transport/begun.ts';

/**
 * Begins the look at this machine, so that it runs while the rest of nbkp is loaded: a bundle of its own, which bin/run.js loads
 * first. Nothing is known of the spec by then.
 *
 * @returns null where it could not be started: who needs it starts another later, and tells what became of that
 */
export function beginProbe(): Begun | null {
  try {
    return begin(['sh', '-c', BEGINNING]);
  } catch {
    return null;
  }
}
