import {
  mkdirCommands,
  partCommands,
  restoreParams,
  setsRoot,
  type RestoreParams,
} from '../../../planner/kinds/restore/command.ts';
import type { Changes, TransferProgress } from '../../../planner/model/event.ts';
import type { CountedPaths, RestorePart } from '../../../planner/model/at-target.ts';
import type { Finding } from '../../../planner/model/finding.ts';
import {
  restoreIntoDestination,
  restoreKept,
  restoreLinkLeft,
  restoreReplaces,
} from '../../../planner/model/findings/restores.ts';
import type { Step } from '../../../planner/model/step.ts';
import { surveyOfNewFolder, isPartial, fileList, survey, sumOfParts } from '../../../hosts/restore/survey.ts';
import type { Survey } from '../../../hosts/restore/surveyor.ts';
import { Target } from '../../../hosts/restore/target.ts';
import { failuresOf } from '../../../hosts/rsync/exit-codes.ts';
import { runPass, type Pass } from '../../../hosts/rsync/pass.ts';
import { verdictOf } from '../../../hosts/rsync/verdict.ts';
import type { CommandOutput, StepContext, StepResult } from '../../contract.ts';
import { runCommands } from '../command/run-commands.ts';

type Todo = Pick<Survey, 'missing' | 'copied' | 'changed' | 'touched'>;

/** Copies out of a snapshot with rsync: looks at what is there, then writes what that leaves to do, by name. */
export async function applyRestore(step: Step, context: StepContext): Promise<StepResult> {
  const params = restoreParams(step.params);
  const broken = await runCommands(mkdirCommands(params), context, 'restore-failed');
  if (broken !== null) return broken;
  const seen: Survey[] = [];
  // All parts, before anything is written to any.
  for (const part of params.create ? [] : params.parts) {
    const one = await survey(params, part, (argv, { stdin, ...output }) =>
      context.run(argv, { ...output, ...(stdin === undefined ? {} : { stdin: [stdin] }) }),
    );
    if (one.pass !== null && !isPartial(one.pass)) return ended(context, {}, failuresIn(one.pass, params));
    seen.push(one);
  }
  const backups = sumOfParts(seen, 'backups');
  const [backup] = backups.paths;
  if (backup !== undefined)
    return { outcome: 'refused', findings: about(params, restoreIntoDestination(`${toOf(params)}/${backup}`)) };
  const inTheWay = sumOfParts(seen, 'inTheWay');
  if (inTheWay.count > 0)
    return { outcome: 'refused', findings: about(params, restoreReplaces(toOf(params), inTheWay)) };
  return write(params, seen, context);
}

async function write(params: RestoreParams, seen: readonly Survey[], context: StepContext): Promise<StepResult> {
  // What could not be seen is missing from what is written: that is said at the end.
  const unseen = seen.flatMap(({ pass }) => (pass === null || pass.result.code === 0 ? [] : failuresIn(pass, params)));
  const changes = { files: 0, bytes: 0, created: 0, entries: 0 };
  for (const [index, part] of params.parts.entries()) {
    const failures = await writePart(params, part, seen[index] ?? surveyOfNewFolder(part), { context, changes });
    if (failures.length > 0) return ended(context, changes, failures);
  }
  if (unseen.length > 0) return ended(context, changes, unseen);
  return { outcome: 'done', changes, findings: news(params, seen, context) };
}

/** @returns why it did not succeed; empty when it did */
async function writePart(
  params: RestoreParams,
  part: RestorePart,
  { missing, copied, changed, touched }: Todo,
  {
    context,
    changes,
  }: { context: StepContext; changes: Required<Pick<Changes, 'files' | 'bytes' | 'created' | 'entries'>> },
): Promise<Finding[]> {
  const commands = partCommands(params, part);
  const run = async (argv: string[], names: readonly string[] | null): Promise<Finding[]> => {
    if (names?.length === 0) return [];
    const stdin = names === null ? {} : { stdin: [fileList(names)] };
    const watcher = {
      run: (words: readonly string[], output: CommandOutput) => context.run(words, { ...output, ...stdin }),
      copied: () => undefined,
      progress: (progress: TransferProgress) => context.progress(progress),
      now: () => context.now(),
    };
    const pass = await runPass(argv, watcher);
    changes.files += pass.totals?.files ?? 0;
    changes.bytes += pass.totals?.bytes ?? 0;
    changes.created += pass.totals?.created ?? 0;
    if (argv === commands.copy) changes.entries += pass.totals?.entries ?? 0;
    const verdict = verdictOf(pass, { sync: params.sync, tolerate: [], restoring: true });
    return verdict.ok ? [] : verdict.findings;
  };
  const unmade = await run(commands.makeFolders, missing);
  if (unmade.length > 0) return unmade;
  const uncopied = await run(commands.copy, copied);
  new Target(part.to, params.links).setTimes(touched);
  const unset = await run(commands.setFolders, [...missing, ...changed]);
  const unrooted = setsRoot(params, part) ? await run(commands.setRoot, null) : [];
  return [...uncopied, ...unset, ...unrooted];
}

/** What stays as it is though the plan did not say so: it came there since. */
function news(params: RestoreParams, seen: readonly Survey[], { facts }: StepContext): Finding[] {
  const told = facts.previews[params.sync];
  const kept = sumOfParts(seen, 'kept');
  const left = sumOfParts(seen, 'linksLeft');
  const unplanned = seen
    .flatMap(({ linked }) => linked)
    .filter(({ below, to }) => !params.parts.some((part) => part.below === below && part.to === to));
  const links = {
    count: left.count + unplanned.length,
    paths: [...left.paths, ...unplanned.map(({ below }) => below)],
  };
  const isNew = (now: CountedPaths, then: CountedPaths | undefined): boolean => now.count > (then?.count ?? 0);
  return [
    ...(isNew(kept, told?.kept) ? about(params, restoreKept(toOf(params), kept, params.overwrite)) : []),
    ...(isNew(links, told?.linksLeft) ? about(params, restoreLinkLeft(toOf(params), links)) : []),
  ];
}

function failuresIn(pass: Pass, { sync }: RestoreParams): Finding[] {
  return failuresOf(pass, pass.result.code, true).map((finding) => ({ sync, ...finding }));
}

function ended({ signal }: StepContext, changes: Changes, findings: Finding[]): StepResult {
  return { outcome: signal.aborted ? 'interrupted' : 'failed', changes, findings };
}

function about({ sync }: RestoreParams, finding: Finding): Finding[] {
  return [{ ...finding, sync }];
}

function toOf({ parts: [target] }: RestoreParams): string {
  return target?.to ?? '';
}
