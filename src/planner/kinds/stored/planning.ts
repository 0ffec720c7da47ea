import { prunable } from '../prune/decide.ts';
import { unknownPrune } from '../prune/planning.ts';
import { wordsFor } from '../prune/removals.ts';
import type { ExecutorPlanning, HistoryPlanning, PlannedSteps, SnapshotPlanning } from '../../model/executor.ts';
import { orFault } from './fault.ts';
import { notKeptBy } from './not-kept.ts';
import { plainTarget } from '../snapshot/plain-target.ts';
import type { EndpointFacts } from '../../model/facts.ts';
import type { RetentionLine } from '../../model/plan.ts';
import { pointer } from '../../model/pointer.ts';
import { endpointKey } from '../../model/spec.ts';
import { forgetPlaceholder, plannedStep, type Step } from '../../model/step.ts';

/** The history of a sync to a volume that an executor provides: kept by the executor, pruned by the rules of nbkp. */
export function storedHistory(executor: ExecutorPlanning): SnapshotPlanning {
  return {
    target: (input) => ({ target: plainTarget(input.destination.path), findings: notKeptBy(executor, input) }),
    snapshot: () => ({ steps: [], findings: [] }),
    prune: (input, upcoming) => planForget(executor, input, upcoming),
    prepare: () => [],
  };
}

function planForget(
  executor: ExecutorPlanning,
  input: HistoryPlanning,
  upcoming: boolean,
): PlannedSteps & { retention: RetentionLine[] } {
  const { lines: judged, prune, findings } = prunable(input, upcoming);
  const { volumes } = executor;
  if (volumes?.forget === undefined) {
    const reasons = [`${executor.name} forgets none`];
    return { steps: [], findings, retention: judged.map((line) => ({ ...line, verdict: 'keep', reasons })) };
  }
  const { latest } = input.destination;
  // That the new one is there only the executor says: the one before it waits until it was seen.
  const spared = upcoming && latest.kind === 'snapshot' ? latest.name : null;
  const names = prune.filter((name) => name !== spared);
  const lines = judged.map((line): RetentionLine =>
    line.name === spared && line.verdict === 'prune'
      ? { ...line, verdict: 'keep', reasons: ['goes when the one after it was seen'] }
      : line,
  );
  const step = names.length === 0 ? null : orFault(() => forgetStep(executor, input, names, upcoming));
  if (step === null) return { steps: [], findings, retention: lines };
  return 'fault' in step
    ? { steps: [], findings: [...findings, step.fault], retention: lines }
    : { steps: [step], findings, retention: lines };
}

/** The step that stands for letting go of snapshots on a drive that is not open yet. It shows how far it may go. */
export function unknownForget(
  { name, version, volumes }: ExecutorPlanning,
  input: HistoryPlanning,
  upcoming: boolean,
): PlannedSteps {
  const [step] = unknownPrune(input, upcoming);
  const { facts, sync } = input;
  const unnamed = [{ id: forgetPlaceholder(sync.name), at: facts.observedAt }];
  const work = step === undefined ? null : orFault(() => volumes?.forget?.(input, unnamed) ?? null);
  if (step === undefined || work === null) return { steps: [], findings: [] };
  if ('fault' in work) return { steps: [], findings: [work.fault] };
  const dependsOn = upcoming ? [`transfer:${sync.name}`] : [];
  return { steps: [{ ...step, executor: { name, version }, dependsOn, ...work }], findings: [] };
}

function forgetStep(executor: ExecutorPlanning, input: HistoryPlanning, names: string[], upcoming: boolean): Step {
  const { sync, destination, hostId } = input;
  const { name, version, volumes } = executor;
  const key = endpointKey(sync.destination);
  const snapshots = names.map((each) => ({ id: idOf(destination, each), at: each }));
  const { commands, params, secrets } = volumes?.forget?.(input, snapshots) ?? { commands: [], params: null };
  return plannedStep({
    id: `prune:${sync.name}`,
    kind: 'prune',
    executor: { name, version },
    sync: sync.name,
    volume: sync.destination.volume,
    host: hostId,
    action: 'delete',
    ...wordsFor(names.map((each) => ({ name: each, kind: 'directory', leftover: false }))),
    dependsOn: upcoming ? [`transfer:${sync.name}`] : [],
    destructive: true,
    preconditions: [
      ...names.map((each, index) => ({
        fact: pointer('endpoints', key, 'snapshots', each, 'id'),
        check: 'equals' as const,
        value: snapshots[index]?.id ?? '',
        description: `snapshot ${each} of ${key}`,
      })),
      {
        fact: pointer('endpoints', key, 'latest', 'name'),
        check: 'none-of',
        value: names,
        description: `the newest snapshot of ${key}`,
      },
    ],
    commands,
    ...(secrets === undefined ? {} : { secrets }),
    params,
  });
}

function idOf({ snapshots }: EndpointFacts, name: string): string {
  return snapshots?.[name]?.id ?? '';
}
