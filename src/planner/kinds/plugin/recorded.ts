import type { ExecutorPlanning, HistoryPlanning, PlannedSteps } from '../../model/executor.ts';
import { pluginNotRun } from '../../model/findings/plugins.ts';
import { endpointKey } from '../../model/spec.ts';
import { plannedStep, type Step } from '../../model/step.ts';
import type { TrustedExecutor } from '../../model/stored.ts';
import { plainTarget } from '../snapshot/plain-target.ts';

/**
 * Stands for the executor of a plugin where none of its code may run: a step for what it would do, without commands and
 * with the reason. No plan with such a step can be applied.
 *
 * @param origin the package that brings it, as `NAME@VERSION`
 */
export function recordedPlanning(recorded: TrustedExecutor, origin: string): ExecutorPlanning {
  const { name, version, kinds, uses, settings } = recorded;
  const step = (kind: string, input: HistoryPlanning): PlannedSteps => ({
    steps: [unknownStep(kind, input, { name, version }, origin)],
    findings: [],
  });
  const planning: ExecutorPlanning = {
    ...{ name, version, kinds },
    settings: {
      ...(settings.sync === null ? {} : { sync: settings.sync }),
      ...(settings.spec === null ? {} : { spec: settings.spec }),
      ...(settings.volume === undefined ? {} : { volume: settings.volume }),
    },
    commands: () => [],
  };
  if (uses.includes('transfer')) planning.planTransfer = (input) => step('transfer', input);
  if (uses.includes('table')) planning.planRun = () => ({ steps: [], findings: [pluginNotRun(name, origin)] });
  if (uses.includes('volume')) {
    planning.volumes = { history: () => ({ state: 'absent', reason: 'nobody has asked' }) };
  }
  if (uses.includes('snapshots.mode')) {
    planning.snapshots = {
      target: ({ destination }) => ({ target: plainTarget(destination.path), findings: [] }),
      snapshot: (input) => step('snapshot', input),
      prune: () => ({ steps: [], findings: [], retention: [] }),
      prepare: () => [],
    };
  }
  return planning;
}

function unknownStep(
  kind: string,
  { sync, hostId }: HistoryPlanning,
  executor: Step['executor'],
  origin: string,
): Step {
  const [from, to] = [endpointKey(sync.source), endpointKey(sync.destination)];
  return plannedStep({
    id: `${kind}:${sync.name}`,
    kind,
    executor,
    sync: sync.name,
    volume: sync.destination.volume,
    host: hostId,
    action: kind === 'transfer' ? 'update' : 'create',
    summary: kind === 'transfer' ? `copy ${from} to ${to} with ${executor.name}` : `a snapshot with ${executor.name}`,
    reason: 'the spec asks for it',
    dependsOn: kind === 'transfer' ? [] : [`transfer:${sync.name}`],
    commands: [],
    deferred: `what it does only ${origin} knows, and none of its code is run where a spec is only read`,
    params: {},
  });
}
