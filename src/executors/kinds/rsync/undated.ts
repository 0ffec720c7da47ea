import { UndatedFiles } from '../../../hosts/rsync/undated.ts';
import { undatedFindings } from '../../../planner/kinds/rsync/held.ts';
import type { TransferParams } from '../../../planner/kinds/rsync/params.ts';
import type { Finding } from '../../../planner/model/finding.ts';
import type { StepContext } from '../../contract.ts';

/** Looks at the times of all files that are copied from now on. */
export function lookAtTimes(
  params: TransferParams,
  context: StepContext,
): { context: StepContext; undated: () => Finding[] } {
  const files = new UndatedFiles(params.times);
  const copied: StepContext['copied'] = (file) => {
    files.add(file);
    context.copied(file);
  };
  const undated = () => undatedFindings(params, files.counted()).map((finding) => ({ ...finding, sync: params.sync }));
  // What else a context has is there when it is asked for, and some of it not in each run.
  return { context: Object.create(context, { copied: { value: copied } }) as StepContext, undated };
}
