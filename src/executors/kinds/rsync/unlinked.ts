import type { TransferParams } from '../../../planner/kinds/rsync/params.ts';
import type { Finding } from '../../../planner/model/finding.ts';
import { filesNotLinked } from '../../../planner/model/findings/file-systems.ts';
import { fill } from '../../../planner/model/step.ts';
import type { StepContext } from '../../contract.ts';
import type { Copied } from './job.ts';

/** Below this, what could not be linked is a few files of which somebody changed the mode. */
const MANY = 20;
const SHARE = 0.1;

/**
 * rsync counts no file that it copies whole since it cannot be linked: what has one name only, and was not
 * transferred. A run that goes on with another does not know what that one has transferred.
 */
export async function unlinkedRemarks(
  { sync, target, linkDest, compareSnapshot, resumes }: TransferParams,
  { changes, written = Infinity }: Extract<Copied, { outcome: 'copied' }>,
  { values, query }: Pick<StepContext, 'values' | 'query'>,
): Promise<Finding[]> {
  const { files = 0, entries = 0 } = changes;
  const isFew = (names: number): boolean => names < MANY || names < entries * SHARE;
  // All others are links: there cannot be more.
  if (linkDest === null || compareSnapshot === null || resumes || isFew(written - files)) return [];
  const [path = target] = fill([target], values);
  const unshared = await query.countUnshared(path);
  // Who cannot count them knows nothing against the run.
  const unlinked = (unshared ?? 0) - files;
  if (isFew(unlinked)) return [];
  return [{ ...filesNotLinked({ files: unlinked, snapshot: compareSnapshot }), sync }];
}
