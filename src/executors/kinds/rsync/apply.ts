import { transferCommands } from '../../../planner/kinds/rsync/argv.ts';
import { transferParams, type TransferParams } from '../../../planner/kinds/rsync/params.ts';
import { fill, snapshotPlaceholder, type Step } from '../../../planner/model/step.ts';
import type { StepContext, StepResult } from '../../contract.ts';
import { runCommands } from '../command/run-commands.ts';
import { changedSince } from './change-check.ts';
import { copy, type Copied } from './copy.ts';
import { goneAway, judgedPass, unlink, type Failure, type Job } from './job.ts';
import { snapshotValue } from './snapshot-value.ts';

/** Runs a transfer: is it needed, make the target ready, copy, clear up. Nothing is deleted before the guard has judged. */
export async function applyTransfer(step: Step, context: StepContext): Promise<StepResult> {
  const params = transferParams(step.params);
  const commands = transferCommands(params);
  const { changeCheck, prepare } = commands;
  const changed = changeCheck === null || (await changedSince(fill(changeCheck, context.values), context));
  if (!changed) return unneeded(params);
  const snapshot = snapshotValue(params, step.host, context);
  const values = { ...context.values, ...snapshot.values };
  const deadline = params.timeout === null ? null : context.now() + params.timeout;
  const job: Job = { step, params, commands, context, values, deadline };
  const unprepared = await runCommands(filled(prepare, job), context, 'transfer-prepare-failed');
  if (unprepared !== null) return unprepared;
  const copied = await copyWithRoom(job);
  if (copied.outcome !== 'copied') return endedEarly(copied, context);
  const { changes, findings } = copied;
  const unclean = await clearUp(job);
  if (unclean !== null) return endedEarly({ ...unclean, changes }, context);
  const gone = await goneAway(job);
  if (gone !== null) return endedEarly(gone, context);
  return { outcome: 'done', changes, findings: [...snapshot.findings, ...findings], values: snapshot.values };
}

/** The pieces of files that an earlier run has left can be what fills the drive, and the source may not have them any more. */
async function copyWithRoom(job: Job): Promise<Copied> {
  const { cleanUp } = job.commands;
  const copied = await copy(job);
  const full = copied.outcome === 'failed' && copied.findings.some(({ code }) => code === 'disk-full');
  if (!full || cleanUp.length === 0) return copied;
  const broken =
    (await runCommands(filled(cleanUp, job), job.context, 'transfer-clean-up-failed')) ?? (await unlink(job));
  return broken ?? copy(job);
}

/** The snapshot that is there already stands for the one that was not made. */
function unneeded({ sync, compareSnapshot, makesSnapshot }: TransferParams): StepResult {
  const known = makesSnapshot && compareSnapshot !== null ? { [snapshotPlaceholder(sync)]: compareSnapshot } : {};
  return { outcome: 'unneeded', findings: [], values: known };
}

async function clearUp(job: Job): Promise<Failure | null> {
  const { commands, context } = job;
  const broken = await runCommands(filled(commands.cleanUp, job), context, 'transfer-clean-up-failed');
  if (broken !== null || commands.lastPass === null) return broken;
  const last = await judgedPass(job, commands.lastPass);
  return 'ok' in last ? null : last;
}

function filled(commands: readonly string[][], { values }: Job): string[][] {
  return commands.map((argv) => fill(argv, values));
}

/** After an interruption nothing that was asked or run had its proper answer. */
function endedEarly(failure: Failure, { signal }: StepContext): Failure {
  return signal.aborted ? { ...failure, outcome: 'interrupted', findings: [] } : failure;
}
