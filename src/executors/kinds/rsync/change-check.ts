import type { StepContext } from '../../contract.ts';
import { parseItem } from '../../../hosts/rsync/items.ts';
import { OutputLines } from '../../../hosts/rsync/output-lines.ts';

/**
 * Runs the dry run that compares the source with the last snapshot. A dry run that did not succeed counts as a
 * change: the transfer will then say what is wrong.
 *
 * @param rules for its standard input, where it reads that
 */
export async function changedSince(
  argv: readonly string[],
  rules: Buffer | null,
  context: StepContext,
): Promise<boolean> {
  const counter = { items: 0 };
  const output = new OutputLines((line) => {
    if (parseItem(line) !== null) counter.items += 1;
  });
  const result = await context.run(argv, {
    onStdout: (chunk) => output.write(chunk),
    ...(rules === null ? {} : { stdin: [rules] }),
  });
  output.end();
  return counter.items > 0 || result.code !== 0;
}
