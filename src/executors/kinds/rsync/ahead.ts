import type { Transport } from '../../../hosts/transport/transport.ts';
import { OutputLines } from '../../../hosts/rsync/output-lines.ts';
import { sieveFor } from '../../../hosts/rsync/preview.ts';
import { TotalsReader } from '../../../hosts/rsync/totals.ts';
import { previewCommand, transferCommands } from '../../../planner/kinds/rsync/argv.ts';
import { countCommand } from '../../../planner/kinds/rsync/counting.ts';
import { transferParams } from '../../../planner/kinds/rsync/params.ts';
import { PLACEHOLDER, type Step } from '../../../planner/model/step.ts';

export interface Ahead {
  /** Whether the copy that is there is read too, and not the source alone. */
  readsCopy: boolean;
  /** Bytes; null where it cannot be told. Reads, and writes nothing. */
  count: (runner: Pick<Transport, 'run'>, signal: AbortSignal) => Promise<number | null>;
}

/**
 * How to tell, before a transfer begins, how many bytes it will copy. Null where a dry run has, where it is not known yet what it
 * copies, and where a server would have to look at all of it twice.
 */
export function aheadOf(step: Step): Ahead | null {
  if (step.kind !== 'transfer' || step.executor.name !== 'rsync' || step.estimate?.basis === 'dry-run') return null;
  if (step.deferred !== undefined || step.awaits !== undefined) return null;
  const planned = transferParams(step.params);
  const params = { ...planned, source: planned.live ?? planned.source };
  const isCompared = transferCommands(params).comparison !== null;
  const command = isCompared ? null : countCommand(params);
  if (command === null && params.remote !== null) return null;
  const argv = command ?? previewCommand(planned);
  if (argv.some((word) => word.search(PLACEHOLDER) >= 0)) return null;
  return {
    readsCopy: command === null || params.resumes,
    async count(runner, signal) {
      const totals = new TotalsReader();
      const lines = new OutputLines((line) => totals.read(line));
      const sieve = await sieveFor(planned, runner, signal);
      const stdin = sieve === null ? {} : { stdin: sieve.rules() };
      await runner.run(argv, { onStdout: (chunk) => lines.write(chunk), signal, ...stdin });
      lines.end();
      return totals.totals()?.bytes ?? null;
    },
  };
}
