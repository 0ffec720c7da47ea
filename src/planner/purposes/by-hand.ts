import { type Finding, locate, type Remark } from '../model/finding.ts';
import type { Plan, PlanInput } from '../model/plan.ts';
import { containerOpen, driveClosed, driveInUse, driveUnknown, nothingToMount } from '../model/findings/drives.ts';
import type { Volume } from '../model/spec.ts';
import type { Step } from '../model/step.ts';
import { absence } from '../volumes/absence.ts';
import { driveState } from '../volumes/drive.ts';
import { closingOf, knownDrive, scopeOf, type KnownDrive } from '../kinds/drive/scope.ts';
import { finishPlan } from '../compile/finish.ts';
import { driveName, openable } from '../compile/openings.ts';
import { seenVolume } from '../volumes/reachable.ts';

type Part = { steps: Step[]; remark?: Remark } | { remark: Remark };

/** Plans opening drives that then stay open. */
export function buildMount(input: PlanInput, volumes: readonly Volume[]): Plan {
  return planOf(input, 'mount', volumes, (volume) => mounting(input, volume));
}

/** Plans opening drives for a look at what is on them: what is open already, or not here, needs no step and no word. */
export function buildOpening(input: PlanInput, volumes: readonly Volume[]): Plan {
  return planOf(input, 'mount', volumes, (volume) => {
    const seen = seenDrive(input, volume, true);
    return { steps: 'remark' in seen ? [] : scopeOf(seen.drive, 'scope', 'what is on it is asked for').acquire };
  });
}

/** Plans closing what was opened for a look, unless others use it. */
export function buildClosing(input: PlanInput, volumes: readonly Volume[]): Plan {
  return planOf(input, 'unmount', volumes, (volume) => {
    const seen = seenDrive(input, volume, false);
    return { steps: 'remark' in seen ? [] : closingOf(seen.drive, 'scope', 'it was opened for a look') };
  });
}

/** Plans closing drives, whoever has opened them. */
export function buildUnmount(input: PlanInput, volumes: readonly Volume[]): Plan {
  return planOf(input, 'unmount', volumes, (volume) => unmounting(input, volume));
}

function planOf(
  input: PlanInput,
  purpose: 'mount' | 'unmount',
  volumes: readonly Volume[],
  plan: (volume: Volume) => Part,
): Plan {
  const drives = new Map(volumes.map((volume) => [driveName(input.spec, volume), volume]));
  const parts = [...drives.values()].map((volume) => ({ volume, part: plan(volume) }));
  return finishPlan(input, purpose, {
    syncs: [],
    steps: parts.flatMap(({ part }) => ('steps' in part ? part.steps : [])),
    findings: parts.flatMap(({ volume, part }) =>
      part.remark === undefined ? [] : [findingOf(input, volume, part.remark)],
    ),
  });
}

function findingOf({ spec }: PlanInput, { name }: Volume, remark: Remark): Finding {
  return { severity: 'info', ...locate(spec, `/volumes/${name}`), volume: name, ...remark };
}

function mounting(input: PlanInput, volume: Volume): Part {
  const seen = seenDrive(input, volume, true);
  if ('remark' in seen) return seen;
  const { drive } = seen;
  if (drive.target === null || (drive.opened?.mountedAt != null && !drive.opened.kept)) {
    return { steps: scopeOf(drive, 'keep', 'it stays open').acquire };
  }
  return { remark: nothingToMount(volume.name, drive.target) };
}

function unmounting(input: PlanInput, volume: Volume): Part {
  const seen = seenDrive(input, volume, false);
  if ('remark' in seen) return seen;
  const { drive } = seen;
  const [user] = drive.opened?.users ?? [];
  if (user !== undefined) return { remark: driveInUse(volume.name, user) };
  const steps = closingOf(drive, 'close', openedBy(drive));
  if (drive.inContainer) return { steps, remark: containerOpen(volume.name) };
  return steps.length > 0 ? { steps } : { remark: driveClosed(volume.name) };
}

function openedBy({ opened }: KnownDrive): string {
  return opened === null ? 'it was opened by other means than nbkp' : `opened by run ${opened.run}`;
}

/** @param opens what keeps it from being opened counts */
function seenDrive(input: PlanInput, volume: Volume, opens: boolean): { drive: KnownDrive } | { remark: Remark } {
  const seen = seenVolume(volume, input.facts);
  if ('remark' in seen) return seen;
  const { host, observed } = seen;
  const drive = knownDrive(volume, observed);
  const opening = !opens || drive === null || drive.target !== null ? null : openable(input, volume, observed, host);
  if (drive !== null && (opening === null || opening === true)) return { drive };
  const state = driveState(volume, observed);
  if (state.state === 'unusable') return { remark: state.remark };
  const why = opening === true ? null : opening;
  return { remark: why ?? absence(volume, observed) ?? driveUnknown(volume.name) };
}
