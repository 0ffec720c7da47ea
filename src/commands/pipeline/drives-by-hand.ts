import { buildMount, buildUnmount } from '../../planner/purposes/by-hand.ts';
import { volumeQuestion } from '../../planner/facts/questions.ts';
import type { Facts } from '../../planner/model/facts.ts';
import type { Spec, Volume } from '../../planner/model/spec.ts';
import { combine, EXIT, type ExitCode } from '../../planner/model/exit-code.ts';
import type { Output } from '../output.ts';
import { UsageError } from '../../api/usage-error.ts';
import { requestOf } from '../../api/request.ts';
import { namedVolumes } from '../../api/named.ts';
import { proposeAndRun } from './propose.ts';
import { observeWorld, planInput, type Workspace } from '../../api/workspace.ts';

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
  const { spec } = workspace;
  const wanted = namedDrives(spec, asked.names);
  const facts = await seenDrives(workspace, wanted);
  const unmounts = asked.purpose === 'unmount';
  const volumes = asked.names.length === 0 && unmounts ? wanted.filter(({ name }) => isOpened(facts, name)) : wanted;
  const request = requestOf({}, { volumes: asked.names.length === 0 ? [] : volumes.map(({ name }) => name) });
  const input = planInput(workspace, facts, request);
  const plan = unmounts ? buildUnmount(input, volumes) : buildMount(input, volumes);
  const code = await proposeAndRun(
    output,
    workspace,
    { plan, facts, remarks: [] },
    { flags: { yes: asked.yes }, command: asked.command },
  );
  const absent = !unmounts && asked.names.length > 0 && plan.findings.some(({ code: why }) => ABSENT.has(why));
  return combine([code, absent ? EXIT.absent : EXIT.done]);
}

const ABSENT = new Set(['drive-absent', 'host-not-observed', 'host-unreachable', 'volume-not-mounted']);

/** All drives of the spec without names; one that is named has to be a drive. */
export function namedDrives(spec: Spec, names: readonly string[]): Volume[] {
  const drives = Object.values(spec.volumes).filter(({ mount }) => mount !== null);
  if (names.length === 0) return drives;
  return namedVolumes(spec, names).map((volume) => {
    if (volume.mount !== null) return volume;
    const known = drives.map(({ name }) => name).join(', ');
    throw new UsageError(
      `${volume.name} is no drive: the spec has no mount.device-uuid for it.`,
      known === '' ? 'The spec has no drives.' : `Drives are: ${known}`,
    );
  });
}

/** Facts about drives, and about nothing else. */
export async function seenDrives(workspace: Workspace, drives: readonly Volume[]): Promise<Facts> {
  const { facts } = await observeWorld(workspace, [], drives.map(volumeQuestion));
  return facts;
}

function isOpened({ volumes }: Facts, name: string): boolean {
  return volumes[name]?.drive?.opened !== undefined;
}
