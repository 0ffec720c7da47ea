import type { ExecutorPlanning, ExecutorQuestion } from '../model/executor.ts';
import type { Facts } from '../model/facts.ts';
import type { Spec } from '../model/spec.ts';
import type { Step } from '../model/step.ts';

/** A question, and who asks it about what. */
export interface AskedQuestion extends ExecutorQuestion {
  executor: string;
  sync: string;
}

/** Tells whether a step's preconditions are about what executors asked, so that it has to be asked again before the step. */
export function reliesOnAnswers({ preconditions }: Pick<Step, 'preconditions'>): boolean {
  return preconditions.some(({ fact }) => fact.startsWith('/answers/'));
}

/**
 * What the executors that syncs name want to know besides the facts.
 *
 * @param syncs names
 */
export function executorQuestions(
  spec: Spec,
  syncs: readonly string[],
  facts: Facts,
  executors: readonly ExecutorPlanning[],
): AskedQuestion[] {
  const curious = executors.filter((executor) => executor.questions !== undefined);
  if (curious.length === 0) return [];
  return syncs.flatMap((name) => {
    const sync = spec.syncs[name];
    if (sync === undefined) return [];
    const named = curious.filter((executor) =>
      [sync.transfer, sync.snapshots.mode, sync.sourceSnapshot].includes(executor.name),
    );
    return named.flatMap((executor) =>
      (executor.questions?.({ spec, facts, sync }) ?? []).map((asked) => ({
        ...asked,
        executor: executor.name,
        sync: name,
      })),
    );
  });
}
