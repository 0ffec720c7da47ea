import type { StepContext } from '../../contract.ts';
import { parseItem } from '../../../hosts/rsync/items.ts';
import type { Sieve } from '../../../hosts/rsync/left-out.ts';
import { OutputLines } from '../../../hosts/rsync/output-lines.ts';

/**
 * Runs the dry run that compares the source with the last snapshot. A dry run that did not succeed counts as a
 * change: the transfer will then say what is wrong.
 *
 * @param sieve has the rules for its standard input, where it reads that
 */
export async function changedSince(
  argv: readonly string[],
  sieve: Sieve | null,
  context: StepContext,
): Promise<boolean> {
  const counter = { items: 0 };
  const output = new OutputLines((line) => {
    const item = parseItem(line);
    if (item !== null && sieve?.spares(item) !== true) counter.items += 1;
  });
  const result = await context.run(argv, {
    onStdout: (chunk) => output.write(chunk),
    ...(sieve === null ? {} : { stdin: [sieve.rules()] }),
  });
  output.end();
  return counter.items > 0 || result.code !== 0;
}
