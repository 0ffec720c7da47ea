import { drivesOf, planClosing, planOpening } from '../../api/drives.ts';
import { combine, EXIT, type ExitCode } from '../../planner/model/exit-code.ts';
import type { Planned } from '../../api/plan-backup.ts';
import type { Sync } from '../../planner/model/spec.ts';
import { Interruption } from '../../executors/run/interruption.ts';
import type { Output } from '../output.ts';
import { bookOf, endDrives, keyOf, useDrives } from '../../api/opened-drives.ts';
import { carryOut } from './carry-out.ts';
import type { Workspace } from '../../api/workspace.ts';

interface Look {
  syncs: readonly Sync[];
  /** As typed. */
  command: string[];
}

/**
 * Works while the drives of syncs are open: those that are plugged in and closed are opened before and closed after it,
 * whatever becomes of the work.
 */
export async function withOpenDrives(
  output: Output,
  workspace: Workspace,
  { syncs, command }: Look,
  work: () => Promise<ExitCode>,
): Promise<ExitCode> {
  const drives = drivesOf(workspace, syncs);
  if (drives.length === 0) return work();
  const book = bookOf(workspace, command);
  const unusable = useDrives(
    workspace,
    book,
    drives.flatMap((volume) => keyOf(volume) ?? []),
  );
  if (unusable !== null) {
    output.findings([unusable]);
    return EXIT.failed;
  }
  const carry = async (planned: Planned): Promise<ExitCode> => {
    if (planned.plan.steps.length === 0) return EXIT.done;
    return carryOut(output, workspace, planned, { flags: {}, planCode: EXIT.done, command, beside: true });
  };
  const planned = await planOpening(workspace, drives);
  const opening = await carry(planned);
  const opened = drives.filter(({ name }) => planned.plan.steps.some(({ volume }) => volume === name));
  // A signal from now on must not keep the drives open.
  const interruption = new Interruption();
  const stopListening = interruption.listen();
  const codes: ExitCode[] = [opening];
  try {
    if (opening !== EXIT.interrupted && opening !== EXIT.terminated) codes.push(await work());
  } finally {
    output.remarks(endDrives(workspace, book));
    stopListening();
    if (opened.length > 0) codes.push(await carry(await planClosing(workspace, opened)));
  }
  return combine([...codes, interruption.exitCode ?? EXIT.done]);
}
