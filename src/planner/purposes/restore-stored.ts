import { destinationLock } from '../compile/locks.ts';
import { block, type Reached, type Stop } from '../compile/draft.ts';
import { historyPlanning, withResources } from '../compile/steps.ts';
import { orFault } from '../kinds/stored/fault.ts';
import { PREPARE } from '../kinds/create/planning.ts';
import { storeElsewhere, storeOpaque, storeToNewFolder } from '../model/findings/provided.ts';
import type { RestoreRequest } from '../model/plan.ts';
import { pointer } from '../model/pointer.ts';
import { endpointKey, hostAt, LOCAL_HOST } from '../model/spec.ts';
import { plannedStep, type Step } from '../model/step.ts';

interface From {
  /** Name of the snapshot. */
  name: string;
  /** The folder that it is brought back to exists. */
  targetExists: boolean;
  /** What was asked for, within the snapshot. */
  paths: string[];
}

/**
 * An executor brings back what it keeps, into a folder that is made for it: nothing that is there is replaced, since only it knows what
 * it would write.
 */
export function storedRestore(draft: Reached, { to }: RestoreRequest, from: From): Stop | Step[] {
  const { sync, input, destination } = draft;
  const executor = input.executors.find(({ name }) => name === sync.transfer);
  if (executor?.volumes === undefined) return block(draft, storeOpaque(sync.name, sync.transfer));
  if (hostAt(input.spec, sync.destination.volume) !== LOCAL_HOST) return block(draft, storeElsewhere(sync.name));
  if (from.targetExists) return block(draft, storeToNewFolder(to));
  const { name, paths } = from;
  const id = destination.snapshots?.[name]?.id ?? '';
  const key = endpointKey(sync.destination);
  const about = { sync: sync.name, host: LOCAL_HOST, action: 'create' as const };
  const mkdir = [['mkdir', '--', to]];
  const make = plannedStep({
    ...{ ...about, id: `create:${sync.name}`, kind: 'create', executor: PREPARE },
    summary: `make ${to}`,
    reason: 'what is brought back goes into a folder of its own',
    commands: mkdir,
    locks: [destinationLock('shared', destination.path, LOCAL_HOST, { host: LOCAL_HOST })],
    params: { commands: mkdir },
  });
  const { volumes } = executor;
  const work = orFault(() => volumes.restore?.(historyPlanning(draft), { id, at: name }, { path: to, paths }) ?? null);
  if (work === null) return block(draft, storeOpaque(sync.name, sync.transfer));
  if ('fault' in work) return block(draft, work.fault);
  const step = plannedStep({
    ...{ ...about, id: `restore:${sync.name}`, kind: 'restore' },
    executor: { name: executor.name, version: executor.version },
    summary: `bring ${paths.length === 0 ? 'everything' : paths.join(', ')} of ${sync.name}@${name} back to ${to}`,
    reason: 'the folder is made for it',
    dependsOn: [make.id],
    preconditions: [
      {
        fact: pointer('endpoints', key, 'snapshots', name, 'id'),
        check: 'equals',
        value: id,
        description: `snapshot ${name} of ${key}`,
      },
    ],
    ...work,
  });
  return [make, { ...withResources(draft, step), locks: make.locks }];
}
