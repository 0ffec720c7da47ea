import { setTimeout as sleep } from 'node:timers/promises';
import { OutputLines } from '../../../hosts/rsync/output-lines.ts';
import { TotalsReader } from '../../../hosts/rsync/totals.ts';
import type { Accepted } from '../../../hosts/rsync/verdict.ts';
import { countCommand } from '../../../planner/kinds/rsync/counting.ts';
import { fill } from '../../../planner/model/step.ts';
import type { Comparison } from './compare.ts';
import { judgedPass, type Failure, type Job } from './job.ts';
import { bytesLeft } from './moves.ts';

/** Milliseconds. Nobody wants to know how much it is of what is done by then. */
const BEFORE_COUNTING = 1000;

/** The pass that copies, told how much that is: by the comparison, or else counted beside it. */
export async function firstPass(job: Job, comparison: Comparison | null): Promise<Accepted | Failure> {
  const { commands, params } = job;
  if (comparison !== null) {
    const total = bytesLeft(comparison);
    return judgedPass(job, commands.firstPass, { total: () => total });
  }
  const command = countCommand(params);
  if (command === null) return judgedPass(job, commands.firstPass);
  const ended = new AbortController();
  let total: number | undefined;
  const [pass] = await Promise.all([
    judgedPass(job, commands.firstPass, { total: () => total }).finally(() => ended.abort()),
    counted(job, command, ended.signal).then((bytes) => (total = bytes)),
  ]);
  return pass;
}

/** Bytes; undefined where the pass was over before. */
async function counted(
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
