import type { TransferCommands } from '../../../planner/kinds/rsync/argv.ts';
import type { TransferParams } from '../../../planner/kinds/rsync/params.ts';
import { fill, type Step } from '../../../planner/model/step.ts';
import type { Changes } from '../../../planner/model/event.ts';
import type { Code, Finding } from '../../../planner/model/finding.ts';
import { runPass, type Pass, type PassOptions } from '../../../hosts/rsync/pass.ts';
import { verdictOf, type Accepted, type Verdict } from '../../../hosts/rsync/verdict.ts';
import type { StepContext, StepResult } from '../../contract.ts';
import { brokenOrGone, goneMeanwhile } from '../command/gone-meanwhile.ts';
import { runCommands } from '../command/run-commands.ts';
import { changesBeforeEnd } from './changes.ts';
import type { Sieve } from '../../../hosts/rsync/left-out.ts';
import type { ListedNames } from '../../../hosts/rsync/listed-names.ts';
import type { Comparison } from './compare.ts';
import type { Sifted } from './sift.ts';

/** One transfer on its way. */
export interface Job {
  step: Step;
  params: TransferParams;
  commands: TransferCommands;
  /** What every pass has to leave out, on its standard input. */
  sifted: Sifted;
  context: StepContext;
  /** What is known of the placeholders. */
  values: Readonly<Record<string, string>>;
  /** Milliseconds since 1970; null for no limit. */
  deadline: number | null;
  /** The comparison, where that has shown already that something changed. */
  compared?: { comparison: Comparison; listed: ListedNames };
}

export type Failure = Extract<StepResult, { outcome: 'failed' | 'refused' | 'interrupted' }>;

/**
 * `clean`: nothing that a run could have left is in the copy. `incomplete`: something of the source could not be read.
 * `written`: entries that are no links to the last snapshot, where that is known.
 */
export type Copied =
  | {
      outcome: 'copied';
      changes: Changes;
      findings: Finding[];
      clean?: true;
      incomplete?: true;
      written?: number;
    }
  | Failure;

/** Something is to be written, and another step writes to the drive up to then. */
export interface Busy {
  outcome: 'busy';
  until: Promise<void>;
}

/** Asks for the drive before the first thing is written. */
export function isBusy({ context }: Job): Busy | null {
  const until = context.toWrite?.() ?? null;
  return until && { outcome: 'busy', until };
}

/** Runs a pass and judges it. A failure is looked into: the cause may be a drive that is gone. */
export async function runJudged(
  job: Job,
  argv: readonly string[],
  options: Pick<PassOptions, 'stdin' | 'onLine' | 'total'> = {},
): Promise<Accepted | Failure> {
  const { sifted, context, values } = job;
  const { sieve } = sifted;
  const stdin = sieve === null ? {} : { stdin: Buffer.concat([sieve.rules(), options.stdin ?? Buffer.of()]) };
  const pass = await runPass(fill(argv, values), context, { ...options, ...stdin, ...timeLeft(job) });
  return judgePass(job, withUnseen(pass, sieve));
}

/** What the rules keep a pass from seeing, since it is as it should be, is in the copy all the same. */
export function withUnseen(pass: Pass, sieve: Sieve | null): Pass {
  const { totals } = pass;
  if (totals === null || sieve === null) return pass;
  return { ...pass, totals: { ...totals, entries: totals.entries + sieve.asTheyAre } };
}

/** What a pass may take, in milliseconds. */
export function timeLeft({ deadline, context }: Job): Pick<PassOptions, 'timeoutMs'> {
  return { timeoutMs: deadline === null ? null : Math.max(1, deadline - context.now()) };
}

/** Judges a pass, as `judgedPass` does. */
export async function judgePass(job: Job, pass: Pass): Promise<Accepted | Failure> {
  const verdict = verdictOf(pass, job.params);
  return verdict.ok ? verdict : passFailure(job, pass, verdict);
}

export async function passFailure({ step, context }: Job, pass: Pass, verdict: Verdict): Promise<Failure> {
  const said = verdict.ok ? [] : verdict.findings;
  const changes = changesBeforeEnd(pass);
  const gone = await goneMeanwhile(step, context);
  // Without its drive, all that rsync says has that one cause.
  const findings = gone.some(({ code }) => code !== 'plan-stale') ? gone : [...gone, ...said];
  return { outcome: 'failed', ...changes, findings };
}

/** Takes out of the target what older snapshots have too, so that a pass may write into it. */
export function unlink(job: Job): Promise<Failure | null> {
  return around(job, job.commands.unlink, 'transfer-prepare-failed');
}

/** Runs commands around the passes. */
export async function around(
  { step, context, values }: Job,
  commands: readonly string[][],
  code: Code,
): Promise<Failure | null> {
  const filled = commands.map((argv) => fill(argv, values));
  return brokenOrGone(step, context, await runCommands(filled, context, code));
}

/**
 * Looks again at what the transfer needs. What its passes have counted was another world when that is gone: no figures to
 * judge the next run by.
 */
export async function goneAway({ step, context }: Pick<Job, 'step' | 'context'>): Promise<Failure | null> {
  const findings = await goneMeanwhile(step, context);
  return findings.length === 0 ? null : { outcome: 'failed', findings };
}

/** After a copy. */
export async function clearUp(job: Job): Promise<Failure | null> {
  const { commands } = job;
  const broken = await around(job, commands.cleanUp, 'transfer-clean-up-failed');
  if (broken !== null || commands.lastPass === null) return broken;
  const last = await runJudged(job, commands.lastPass);
  return 'ok' in last ? null : last;
}
