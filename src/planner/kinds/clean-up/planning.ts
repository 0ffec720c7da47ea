import type { ExecutorPlanning } from '../../model/executor.ts';
import { plannedStep, type LockRequest, type Precondition, type Step } from '../../model/step.ts';
import { argvList } from '../command/params.ts';

const RECOVER = { name: 'recover', version: '1.0.0' };

/** The executor of what a dead run left and nobody needs. */
export const recoverPlanning: ExecutorPlanning<'clean-up'> = { ...RECOVER, kinds: ['clean-up'], commands: argvList };

interface CleanUp {
  /** Behind the name of the sync in the step's id; empty for what is at the destination. */
  suffix: '' | ':source';
  sync: string;
  volume: string;
  host: string;
  summary: string;
  reason: string;
  preconditions: Precondition[];
  commands: string[][];
  locks: LockRequest[];
}

/** A step that removes what a dead run left. It holds nothing that was backed up. */
export function cleanUpStep({ suffix, sync, volume, host, summary, reason, commands, ...needs }: CleanUp): Step {
  return plannedStep({
    id: `clean-up:${sync}${suffix}`,
    kind: 'clean-up',
    executor: RECOVER,
    ...{ sync, volume, host, action: 'delete', summary, reason },
    preconditions: needs.preconditions,
    commands,
    locks: needs.locks,
    params: { commands },
  });
}
