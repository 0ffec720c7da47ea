import { buildClosing, buildOpening } from '../../planner/purposes/by-hand.ts';
import { combine, EXIT, type ExitCode } from '../../planner/model/exit-code.ts';
import type { Plan } from '../../planner/model/plan.ts';
import type { Sync, Volume } from '../../planner/model/spec.ts';
import { Interruption } from '../../executors/run/interruption.ts';
import type { Output } from '../output.ts';
import { seenDrives } from './drives-by-hand.ts';
import { requestOf } from '../../api/request.ts';
import { bookOf, endDrives, keyOf, useDrives } from '../../api/opened-drives.ts';
import { carryOut } from './carry-out.ts';
import { planInput, type Workspace } from '../../api/workspace.ts';

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
  const change = async (build: typeof buildOpening, volumes: readonly Volume[]): Promise<[Plan, ExitCode]> => {
    const facts = await seenDrives(workspace, volumes);
    const names = volumes.map(({ name }) => name);
    const plan = build(planInput(workspace, facts, requestOf({}, { volumes: names })), volumes);
    if (plan.steps.length === 0) return [plan, EXIT.done];
    const planned = { plan, facts, remarks: [], seen: true };
    return [
      plan,
      await carryOut(output, workspace, planned, { flags: {}, planCode: EXIT.done, command, beside: true }),
    ];
  };
  const [plan, opening] = await change(buildOpening, drives);
  const opened = drives.filter(({ name }) => plan.steps.some(({ volume }) => volume === name));
  // A signal from now on must not keep the drives open.
  const interruption = new Interruption();
  const stopListening = interruption.listen();
  const codes: ExitCode[] = [opening];
  try {
    if (opening !== EXIT.interrupted && opening !== EXIT.terminated) codes.push(await work());
  } finally {
    output.remarks(endDrives(workspace, book));
    stopListening();
    if (opened.length > 0) codes.push((await change(buildClosing, opened))[1]);
  }
  return combine([...codes, interruption.exitCode ?? EXIT.done]);
}

function drivesOf({ spec }: Workspace, syncs: readonly Sync[]): Volume[] {
  const names = new Set(syncs.flatMap(({ source, destination }) => [source.volume, destination.volume]));
  return [...names].flatMap((name) => spec.volumes[name] ?? []).filter(({ mount }) => mount !== null);
}
