import { isMove, pruneBatches, type PruneBatch } from '../../../planner/kinds/prune/batches.ts';
import { pruneParams, type PruneParams } from '../../../planner/kinds/prune/planning.ts';
import { snapshotMounted } from '../../../planner/model/findings/destinations.ts';
import { mountedIn, type Removal } from '../../../planner/kinds/prune/removals.ts';
import { asWarning, type Finding } from '../../../planner/model/finding.ts';
import { snapshotPlaceholder, type Step } from '../../../planner/model/step.ts';
import { parseSnapshotName } from '../../../planner/retention/names.ts';
import type { StepContext, StepResult } from '../../contract.ts';
import { commandFailed, runCommands, type Broken } from '../command/run-commands.ts';
import { clockBehindLatest } from '../../../planner/model/findings/runs.ts';

/** Removes snapshots, many with one process, unless the clock shows that their order cannot be trusted. */
export async function applyPrune(step: Step, context: StepContext): Promise<StepResult> {
  const params = pruneParams(step);
  if (params === null) throw new Error(`the params of ${step.id} are not those of a prune step`);
  if (clockBehind(params, context)) return { outcome: 'unneeded', findings: [clockBehindLatest(params.sync)] };
  const pruned: string[] = [];
  // What was mounted since the plan was made, by a hook of the sync as well.
  const there = Object.values((await context.query.observe()).endpoints).find(({ path }) => path === params.root);
  const mountIn = ({ name, mounted }: Removal): Finding[] => {
    const target = mounted ?? (there === undefined ? null : mountedIn(there, name));
    return target === null ? [] : [snapshotMounted(name, target)];
  };
  const findings = params.remove.filter(({ mounted }) => mounted !== undefined).flatMap(mountIn);
  for (const batch of pruneBatches(params)) {
    // Those that would go with it stay as well: only what was shown is run.
    const mounted = batch.removals.flatMap(mountIn);
    findings.push(...mounted);
    if (mounted.length > 0) continue;
    const { gone, broken } = await (batch.removals.length === 1
      ? removeOne(batch, context)
      : removeMany(batch, context));
    pruned.push(...gone.flatMap(({ name, leftover }) => (leftover ? [] : [name])));
    findings.push(...(broken?.findings ?? []).map(withWayOn));
    // What cannot be removed is no reason to keep the others.
    if (broken !== null && !mayGoOn(broken)) return { outcome: broken.outcome, changes: { pruned }, findings };
  }
  // What could not be removed may still leave room enough: the transfer decides.
  if (params.first === true) return { outcome: 'done', changes: { pruned }, findings: findings.map(asWarning) };
  return { outcome: findings.length > 0 ? 'failed' : 'done', changes: { pruned }, findings };
}

interface BatchEnd {
  gone: Removal[];
  broken: Broken | null;
}

async function removeOne({ removals, commands }: PruneBatch, context: StepContext): Promise<BatchEnd> {
  const broken = await runCommands(commands, context, 'prune-failed');
  return { gone: broken === null ? removals : [], broken };
}

/** A program that fails for some of them names those in its complaints, ends with 1, and has done its work for the others. */
async function removeMany(batch: PruneBatch, context: StepContext): Promise<BatchEnd> {
  const { removals, commands } = batch;
  const isInterrupted = (): boolean => context.signal.aborted;
  const failed = new Map<Removal, Finding>();
  let nameless = false;
  const end = (outcome: Broken['outcome'], ...findings: Finding[]): BatchEnd => ({
    // Nobody can use a snapshot any more that has given up its name; the next run removes what is left of it.
    gone: outcome === 'interrupted' && nameless ? removals.filter((removal) => !failed.has(removal)) : [],
    broken: { outcome, findings: [...failed.values(), ...findings] },
  });
  for (const [index, argv] of commands.entries()) {
    if (isInterrupted()) return end('interrupted');
    // What was not moved keeps its mark. The others' marks are about nothing, and go with the next run.
    if (nameless && failed.size > 0 && argv[0] === 'rm') continue;
    const complaints = new Map<Removal, string>();
    const onStderrLine = (line: string): boolean => {
      const about = concerned(batch, line);
      if (about !== undefined) complaints.set(about, line);
      return false;
    };
    const result = await context.run(argv, { onStderrLine });
    const failure = (stderr: string[]) => commandFailed(shortened(argv), { ...result, stderr }, 'prune-failed');
    if (isInterrupted()) return end('interrupted');
    // A folder that could not be opened is what the removal complains of, if that matters.
    const isEnough = result.code === 0 || (result.code === 1 && argv[0] === 'find');
    if (!isEnough && (result.code !== 1 || complaints.size === 0)) return end('failed', failure(result.stderr));
    if (!isEnough)
      for (const [removal, line] of complaints) failed.set(removal, failed.get(removal) ?? failure([line]));
    if (!isEnough && index === 0) return end('failed');
    if (isMove(argv)) nameless = true;
  }
  const gone = removals.filter((removal) => !failed.has(removal));
  return { gone, broken: failed.size === 0 ? null : { outcome: 'failed', findings: [...failed.values()] } };
}

/** Which snapshot a program complains of: the end of its path has no character that any program writes otherwise. */
function concerned({ removals, doomed }: PruneBatch, line: string): Removal | undefined {
  return removals.find(
    ({ name }, index) => line.includes(`/${doomed[index] ?? ''}`) || line.includes(`/snapshots/${name}`),
  );
}

/** Without the paths of all that a program was given: its complaint has the one that matters. */
function shortened(argv: readonly string[]): string[] {
  return argv.length <= 8
    ? [...argv]
    : [...argv.slice(0, 1), '…', ...(argv[0] === 'sh' ? argv.slice(4, 5) : argv.slice(-1))];
}

function mayGoOn({ outcome, findings }: Broken): boolean {
  return outcome === 'failed' && findings.every(({ code }) => code === 'prune-failed');
}

/** What the last line says that a program complained with: rm(1) and btrfs(8) end it with the text of errno(3). */
const WAYS_ON: readonly [string, string][] = [
  ['Operation not permitted', 'A file in it may be immutable: lsattr -R shows it (flag i), chattr -i frees it.'],
  ['Permission denied', 'It belongs to another user: run nbkp as that user.'],
  ['Device or resource busy', 'Something is mounted in it: findmnt shows it.'],
  ['Read-only file system', 'A file system that turned read-only is often damaged: check the drive.'],
];

function withWayOn(finding: Finding): Finding {
  const known = WAYS_ON.find(([end]) => finding.message.endsWith(end));
  return known === undefined || finding.help !== undefined
    ? finding
    : { ...finding, help: `${known[1]} The next run removes the rest.` };
}

function clockBehind({ sync, previous }: PruneParams, context: StepContext): boolean {
  const made = context.values[snapshotPlaceholder(sync)];
  if (made === undefined || previous === null || made === previous) return false;
  return (parseSnapshotName(made) ?? 0) <= (parseSnapshotName(previous) ?? 0);
}
