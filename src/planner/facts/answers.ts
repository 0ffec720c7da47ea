import type { ExecutorPlanning, ExecutorQuestion, InputFile } from '../model/executor.ts';
import type { Facts } from '../model/facts.ts';
import type { Spec, Sync } from '../model/spec.ts';
import type { Step } from '../model/step.ts';
import { partsOf } from '../model/pointer.ts';

/** A question, and who asks it about what. */
export interface AskedQuestion extends ExecutorQuestion {
  executor: string;
  sync: string;
}

/** What of what executors asked a step's preconditions are about, so that it has to be asked again before the step. */
export function reliesOnAnswers({ preconditions }: Pick<Step, 'preconditions'>): boolean | 'files' {
  const about = preconditions.map(({ fact }) => partsOf(fact)).filter(([kind]) => kind === 'answers');
  if (about.length === 0) return false;
  return about.every(([, , , id = '']) => isAboutFile({ id })) ? 'files' : true;
}

const FILE = 'file:';

/** It asks what is in a file that an executor reads. */
export function isAboutFile({ id }: Pick<ExecutorQuestion, 'id'>): boolean {
  return id.startsWith(FILE);
}

/** The names of the executors that a sync names. */
function executorsOfSync({ transfer, snapshots, sourceSnapshot }: Sync): (string | null)[] {
  return [transfer, snapshots.mode, sourceSnapshot];
}

/**
 * What the executors that syncs name want to know besides the facts, and what is in the files that they read.
 *
 * @param syncs names
 */
export function executorQuestions(
  spec: Spec,
  syncs: readonly string[],
  facts: Facts,
  executors: readonly ExecutorPlanning[],
): AskedQuestion[] {
  const curious = executors.filter((each) => each.questions !== undefined || each.inputFiles !== undefined);
  if (curious.length === 0) return [];
  return syncs.flatMap((name) => {
    const sync = spec.syncs[name];
    if (sync === undefined) return [];
    const named = curious.filter((executor) => executorsOfSync(sync).includes(executor.name));
    return named.flatMap((executor) => {
      const files = executor.inputFiles?.({ spec, facts, sync }) ?? [];
      const asked = [
        ...(executor.questions?.({ spec, facts, sync }) ?? []),
        ...files.map((file) => inputFileQuestion(file, facts)),
      ];
      return asked.map((question) => ({ ...question, executor: executor.name, sync: name }));
    });
  });
}

/** What a file holds, as a digest. */
export function inputFileQuestion({ host, path }: InputFile, { hosts }: Pick<Facts, 'hosts'>): ExecutorQuestion {
  const there = hosts[host];
  const isMac = there?.reachable === true && there.os === 'darwin';
  return { id: `${FILE}${path}`, host, argv: [...(isMac ? ['shasum', '-a', '256'] : ['sha256sum']), '--', path] };
}
