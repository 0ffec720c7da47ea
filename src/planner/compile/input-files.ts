import { inputFileQuestion } from '../facts/answers.ts';
import type { ExecutorPlanning, InputFile, PlannedSteps } from '../model/executor.ts';
import { inputFileMissing } from '../model/findings/plugins.ts';
import type { FileRead, Precondition } from '../model/step.ts';
import { pointer } from '../model/pointer.ts';
import { hostAt } from '../model/spec.ts';
import type { Reached } from './draft.ts';

/** Puts into the steps of an executor which files they read besides the source, and that these have to be as they were seen. */
export function withInputFiles(
  { input: { spec, facts }, sync, opens }: Reached,
  executor: ExecutorPlanning,
  planned: PlannedSteps,
): PlannedSteps {
  const files = executor.inputFiles?.({ spec, facts, sync }) ?? [];
  if (files.length === 0) return planned;
  const seen = files.map((file) => {
    const { id } = inputFileQuestion(file, facts);
    const answer = facts.answers?.[executor.name]?.[sync.name]?.[id];
    return {
      file,
      fact: pointer('answers', executor.name, sync.name, id, 'stdout'),
      said: answer?.code === 0 ? answer.stdout : null,
      // It may be on a drive that is opened first: then it is planned again.
      waits: [...opens].some((volume) => hostAt(spec, volume) === file.host),
    };
  });
  const steps = planned.steps.map((step) => {
    const own = seen.filter(({ file }) => step.executor.name === executor.name && file.host === step.host);
    if (own.length === 0) return step;
    return {
      ...step,
      reads: own.map(({ file, said }): FileRead => ({ path: file.path, digest: digestIn(said) })),
      preconditions: [
        ...step.preconditions,
        ...own.flatMap(({ file, fact, said, waits }): Precondition[] =>
          said === null && waits
            ? []
            : [{ fact, check: 'equals', value: said ?? '', description: `the file ${file.path}, which it reads` }],
        ),
      ],
    };
  });
  return { steps, findings: [...planned.findings, ...missing(seen, executor, facts.basis === 'observed')] };
}

/** Recorded facts may be without the answers. */
function missing(
  seen: readonly { file: InputFile; said: string | null; waits: boolean }[],
  { name }: ExecutorPlanning,
  isObserved: boolean,
): PlannedSteps['findings'] {
  if (!isObserved) return [];
  return seen.flatMap(({ file, said, waits }) => (said === null && !waits ? [inputFileMissing(name, file.path)] : []));
}

/** Of what sha256sum(1) says: a backslash comes before it where the name has something that is escaped. */
function digestIn(said: string | null): string | null {
  return /^\\?(?<digest>[0-9a-f]{64}) /.exec(said ?? '')?.groups?.['digest'] ?? null;
}
