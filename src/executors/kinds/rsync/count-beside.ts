import { setTimeout as sleep } from 'node:timers/promises';
import { OutputLines } from '../../../hosts/rsync/output-lines.ts';
import { TotalsReader } from '../../../hosts/rsync/totals.ts';
import { countCommand } from '../../../planner/kinds/rsync/counting.ts';
import { fill } from '../../../planner/model/step.ts';
import type { Comparison } from './compare.ts';
import type { Job } from './job.ts';
import { bytesLeft } from './moves.ts';

/** Milliseconds. Nobody wants to know how much it is of what is done by then. */
const BEFORE_COUNTING = 1000;

/** What is known, while a pass copies, of how much that is. */
interface Counting {
  /** Bytes; undefined as long as nothing has counted them. */
  total: () => number | undefined;
  /** The pass is over. Nothing counts any more when this has ended. */
  end: () => Promise<void>;
}

/** How much the first pass has to copy: what the comparison has found, or else what is counted beside it. */
export function countBeside(job: Job, comparison: Comparison | null): Counting {
  const command = comparison === null ? countCommand(job.params) : null;
  let total = comparison === null ? undefined : bytesLeft(comparison);
  const ended = new AbortController();
  const counted = command === null ? Promise.resolve(total) : bytesOf(job, command, ended.signal);
  const known = counted.then((bytes) => void (total = bytes));
  // Whoever ends the counting is told what went wrong with it.
  known.catch(() => undefined);
  return {
    total: () => total,
    end: () => {
      ended.abort();
      return known;
    },
  };
}

/** Undefined where the pass was over before. */
async function bytesOf(
  { context, sifted, values }: Job,
  command: string[],
  signal: AbortSignal,
): Promise<number | undefined> {
  const isDue = await sleep(BEFORE_COUNTING, true, { signal }).catch(() => false);
  if (!isDue) return undefined;
  const totals = new TotalsReader();
  const lines = new OutputLines((line) => totals.read(line));
  const { sieve } = sifted;
  await context.query.rehearse(fill(command, values), {
    onStdout: (chunk) => lines.write(chunk),
    signal,
    ...(sieve === null ? {} : { stdin: sieve.rules() }),
  });
  lines.end();
  return totals.totals()?.bytes;
}
