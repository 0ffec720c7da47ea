import { setFlagsFromString } from 'node:v8';

/** How many times as much room V8 takes for what is new when that was full. */
const GROWTH = '--semi-space-growth-factor';
const OF_V8 = 2;
/** A Node that does not know the option would complain of it to the user. */
const NEWEST_KNOWN = 24;

/**
 * Lets V8 take no more room for what is new: it would take up to 48 MiB for what a run reads and forgets. Afterwards all is as
 * before: compiled code is kept for the next start, which takes none that was compiled with other options.
 */
export async function inLittleMemory<T>(run: () => Promise<T>): Promise<T> {
  if (Number(process.versions.node.split('.')[0]) > NEWEST_KNOWN) return run();
  setFlagsFromString(`${GROWTH}=1`);
  try {
    return await run();
  } finally {
    setFlagsFromString(`${GROWTH}=${OF_V8}`);
  }
}
