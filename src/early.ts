import { BEGINNING, wholeBeginning } from './hosts/observe/beginning.ts';
import { LONGEST_ARGUMENT } from './hosts/observe/longest-argument.ts';
import { begin, type Begun } from './hosts/transport/begun.ts';

/**
 * Begins the look at this machine, so that it runs while the rest of nbkp is loaded: a bundle of its own, which bin/run.js loads
 * first. Nothing is known of the spec by then, but that it will mostly ask what it asked the last time.
 *
 * @param asked that; null where it is not known
 * @returns null where it could not be started: who needs it starts another later, and tells what became of that
 */
export function beginProbe(asked: string | null): Begun | null {
  const whole = asked === null ? null : wholeBeginning(asked);
  try {
    if (whole === null || Buffer.byteLength(whole) >= LONGEST_ARGUMENT) return begin(['sh', '-c', BEGINNING]);
    return begin(['sh', '-c', whole], asked);
  } catch {
    return null;
  }
}
