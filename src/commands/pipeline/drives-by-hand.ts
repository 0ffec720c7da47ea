import { planByHand } from '../../api/drives.ts';
import type { Workspace } from '../../api/workspace.ts';
import { combine, EXIT, type ExitCode } from '../../planner/model/exit-code.ts';
import type { Output } from '../output.ts';
import { proposeAndRun } from './propose.ts';

export interface ByHand {
  purpose: 'mount' | 'unmount';
  /** Of volumes; none: those that it makes sense for. */
  names: readonly string[];
  yes: boolean;
  /** As typed. */
  command: string[];
}

/** Shows what opens or closes drives, asks, and does it: as any other plan. */
export async function changeDrives(output: Output, workspace: Workspace, asked: ByHand): Promise<ExitCode> {
  const { purpose, names, yes, command } = asked;
  const planned = await planByHand(workspace, purpose, names);
  const code = await proposeAndRun(output, workspace, planned, { flags: { yes }, command });
  const { findings } = planned.plan;
  const isAbsent = purpose === 'mount' && names.length > 0 && findings.some(({ code: why }) => ABSENT.has(why));
  return combine([code, isAbsent ? EXIT.absent : EXIT.done]);
}

const ABSENT = new Set(['drive-absent', 'host-not-observed', 'host-unreachable', 'volume-not-mounted']);
