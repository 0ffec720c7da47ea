import type { Plan, PlanInput } from '../model/plan.ts';
import { endpointKey, hostAt, type Sync } from '../model/spec.ts';
import type { Step } from '../model/step.ts';
import { removeLinks, temporaryLinks } from '../kinds/snapshot/common.ts';
import { destinationAvailable } from '../compile/available.ts';
import { historyOf } from '../compile/stored.ts';
import { closingOf, knownDrive, type KnownDrive } from '../kinds/drive/scope.ts';
import { driveName } from '../compile/openings.ts';
import { cleanUpStep } from '../kinds/clean-up/planning.ts';
import { owedCommands } from '../kinds/command/planning.ts';
import type { Finding } from '../model/finding.ts';
import { runAtWork } from '../model/findings/presence.ts';
import { unreached } from '../volumes/reachable.ts';
import { markOf } from '../volumes/marks.ts';
import { leadsOut } from '../volumes/contained.ts';
import { block, newDraft, skip, type Draft, type Planned, type Reached, type Stop } from '../compile/draft.ts';
import { Pipeline } from '../compile/pipeline.ts';
import { findingsOf, finishPlan, plannedSync } from '../compile/finish.ts';
import { pointer } from '../model/pointer.ts';
import { sourceLock } from '../compile/source-snapshot.ts';
import { sourcePreconditions } from '../kinds/rsync/preconditions.ts';
import { accept, executorNamed, historyPlanning, withResources } from '../compile/steps.ts';

/** Whose temporary snapshots a source may hold of a sync whose spec wants none any more: what it lies on tells. */
const SOURCE_SNAPSHOTS = ['btrfs', 'lvm'];

/** By sync, the dead run that has not run its `on-failure` commands. */
export type Owed = Readonly<Record<string, string>>;

/**
 * Plans the removal of what a dead run left and nobody needs: snapshots whose removal had begun, and temporary links.
 * Partial snapshots stay, since the next run resumes them. `on-failure` commands that a dead run owes come first. What
 * belongs to a run at work is left to it.
 */
export function buildRecover(input: PlanInput, syncs: readonly Sync[], owed: Owed = {}): Plan {
  // Without rules nothing but the leftovers goes.
  const drafts = syncs.map((sync) => newDraft(input, { ...sync, snapshots: { ...sync.snapshots, keep: null } }));
  const ended = Pipeline.start.check(notAtWork).add(destinationAvailable).add(cleanUps).run(drafts);
  const commands = owedOf(input, syncs, owed);
  const sources = drafts.flatMap((draft) => sourceCleanUp(draft));
  const steps = [...commands.steps, ...sources, ...ended.flatMap((each) => each.steps)];
  return finishPlan(input, 'recover', {
    syncs: ended.map(plannedSync),
    steps: [...steps, ...leftOpen(input).flatMap((drive) => closing(drive, steps))],
    findings: [...commands.findings, ...ended.flatMap(findingsOf)],
  });
}

function notAtWork(draft: Draft): Stop | null {
  const run = draft.input.facts.running?.[draft.sync.name];
  return run === undefined ? null : skip(draft, runAtWork(draft.sync.name, run));
}

/** A drive need not be here for them, but the machine that they run on. */
function owedOf(input: PlanInput, syncs: readonly Sync[], owed: Owed): { steps: Step[]; findings: Finding[] } {
  const { spec, facts } = input;
  const steps: Step[] = [];
  const findings: Finding[] = [];
  for (const sync of syncs) {
    const run = owed[sync.name];
    if (run === undefined || facts.running?.[sync.name] !== undefined) continue;
    const volumes = sync.onFailure.flatMap(({ onVolume }) => (onVolume === null ? [] : (spec.volumes[onVolume] ?? [])));
    const remarks = volumes.flatMap((volume) => unreached(volume, facts) ?? []);
    if (remarks.length > 0)
      findings.push(...remarks.map((remark) => ({ severity: 'info' as const, ...remark, sync: sync.name })));
    else steps.push(...owedCommands({ spec, sync }, run));
  }
  return { steps, findings };
}

/** Drives that a run has opened and that nobody uses: it died, or could not close them. */
export function leftOpen({ spec, facts }: Pick<PlanInput, 'spec' | 'facts'>): KnownDrive[] {
  const drives = new Map<string, KnownDrive>();
  for (const volume of Object.values(spec.volumes)) {
    const observed = facts.volumes[volume.name];
    const drive = observed === undefined || volume.mount === null ? null : knownDrive(volume, observed);
    if (drive?.opened == null || drive.opened.kept || drive.opened.users.length > 0) continue;
    if (closingOf(drive, 'scope', '').length > 0) drives.set(driveName(spec, volume), drive);
  }
  return [...drives.values()];
}

function closing(drive: KnownDrive, cleanUps: readonly Step[]): Step[] {
  const [first, ...others] = closingOf(drive, 'scope', `run ${drive.opened?.run ?? ''} had opened it`);
  const before = cleanUps.map(({ id }) => id);
  // What could not be cleaned up elsewhere is no reason to leave it open.
  return first === undefined ? [] : [{ ...first, dependsOn: before, runsOn: 'end' }, ...others];
}

function cleanUps(draft: Reached): Stop | Pick<Planned, 'steps'> {
  const { sync, input } = draft;
  const out = leadsOut(input.facts, sync);
  if (out !== null) return block(draft, out);
  const history = sync.snapshots.mode === 'none' ? undefined : historyOf(input.executors, sync);
  const pruned = history?.prune({ ...historyPlanning(draft), prune: true }, false) ?? { steps: [], findings: [] };
  const steps = [...pruned.steps, ...linkStep(draft)].map((step) => withResources(draft, step));
  return accept(draft, pruned.findings) ?? { steps };
}

/** What a dead run has left in a source that is here, wherever the destination is. */
function sourceCleanUp(draft: Draft): Step[] {
  const { sync, input } = draft;
  const source = input.facts.endpoints[endpointKey(sync.source)];
  if (source?.directory == null || input.facts.running?.[sync.name] !== undefined) return [];
  if (markOf(input, sync.source, 'source', sync.name) !== null) return [];
  const names = sync.sourceSnapshot === null ? SOURCE_SNAPSHOTS : [sync.sourceSnapshot];
  const commands = names.flatMap((name) => executorNamed(draft, name)?.sourceSnapshots?.cleanUp(source, sync) ?? []);
  if (commands.length === 0) return [];
  const key = endpointKey(sync.source);
  return [
    cleanUpStep({
      ...{ suffix: ':source', sync: sync.name, volume: sync.source.volume },
      host: hostAt(input.spec, sync.source.volume),
      summary: `remove the temporary snapshot of ${key}`,
      reason: 'a run that was interrupted had made it to copy from',
      preconditions: sourcePreconditions({ ...input, sync, source }),
      commands,
      locks: [sourceLock(source.directory.realPath, sync.name)],
    }),
  ];
}

function linkStep(draft: Reached): Step[] {
  const { sync, destination, input } = draft;
  const links = temporaryLinks(destination);
  if (links.length === 0) return [];
  const key = endpointKey(sync.destination);
  return [
    cleanUpStep({
      ...{ suffix: '', sync: sync.name, volume: sync.destination.volume },
      host: historyPlanning(draft).hostId,
      summary: `remove ${links.length} temporary link${links.length === 1 ? '' : 's'} of an interrupted run`,
      reason: 'latest was about to be moved; the links point to snapshots, which stay',
      preconditions: [
        {
          fact: pointer('endpoints', key, 'sentinels', 'destination'),
          check: 'equals',
          value: input.facts.endpoints[key]?.sentinels.destination ?? false,
          description: `the sentinel of ${key}`,
        },
      ],
      commands: removeLinks(destination.path, links),
      locks: [],
    }),
  ];
}
