import { type Finding, findingOf } from '../../planner/model/finding.ts';
import type { TransferProgress } from '../../planner/model/event.ts';
import type { StepRecord } from '../../planner/model/run.ts';
import { fill, putsRight, type Step } from '../../planner/model/step.ts';
import { checkPreconditions, staleFinding } from '../../planner/plan-file/staleness.ts';
import { isOfAnotherRun } from '../../planner/plan-file/renew.ts';
import { brokenConnection, connectionLost } from '../../planner/plan-file/gone.ts';
import type { CommandOutput, StepContext, StepResult } from '../contract.ts';
import type { Lock, ProcessResult, RunOptions } from '../../hosts/transport/transport.ts';
import { isIncomplete } from '../../store/record.ts';
import { BUILT_IN } from '../registry.ts';
import { CommandGuard } from './command-guard.ts';
import { mayLose } from './may-lose.ts';
import type { StepEnd } from './graph.ts';
import type { RunInput } from './run-input.ts';
import type { RunLog } from './run-log.ts';
import type { RunSteps } from './run-steps.ts';
import { inputOf, secretProblem } from './step-secrets.ts';
import type { Facts } from '../../planner/model/facts.ts';
import { LastLooks } from './last-looks.ts';
import { failure, success, type Result } from '../../planner/model/result.ts';
import { holders } from '../../hosts/observe/holders.ts';
import { prunableLater } from '../../hosts/observe/prunable.ts';
import type { DriveBook } from '../../store/drive-notes.ts';
import { runnerFor } from '../../hosts/world.ts';
import { withTotal } from '../../hosts/rsync/progress.ts';
import { countEntries, countUnshared, lossSince } from '../../hosts/rsync/count-entries.ts';
import { internalError as internalErrorIn, pruneHeld } from '../../planner/model/findings/runs.ts';
import { messageOf } from '../../planner/model/system-error.ts';

const LOG_LINES = 50;

interface Attempt {
  /** Those that the step's processes keep when this one is killed. */
  locks: readonly Lock[];
  /** Asks for the step's devices where they are for writing. */
  toWrite: () => Promise<void> | null;
  log: string[];
  /** Null for a step that was renewed already. */
  index: number | null;
}

/** A record of a step that ran. */
type EndedRecord = StepRecord & { outcome: StepEnd['outcome'] };

/** Runs single steps: note, check, apply, note. Knows nothing of their order. */
export class StepRunner {
  readonly #input: RunInput;
  readonly #log: RunLog;
  readonly #steps: RunSteps;
  /** Known values of placeholders. Grows as steps end. */
  readonly #values: Record<string, string>;
  /** Syncs of which not all of the source could be read. */
  readonly #incomplete = new Set<string | undefined>();
  readonly #looks: LastLooks;

  constructor(input: RunInput, log: RunLog, steps: RunSteps) {
    this.#input = input;
    this.#log = log;
    this.#steps = steps;
    this.#looks = new LastLooks(input.replanning);
    this.#values = { ...input.values };
  }

  get values(): Readonly<Record<string, string>> {
    return this.#values;
  }

  #skip({ id }: Step): StepEnd {
    const record = { id, startedAt: null, durationMs: null, findings: [], log: [] };
    this.#log.stepEnded({ ...record, outcome: 'unneeded' });
    return { outcome: 'unneeded', acquired: false };
  }

  async run(index: number, locks: readonly Lock[], toWrite: Attempt['toWrite']): Promise<StepEnd> {
    const step = this.#steps.at(index);
    if (this.#steps.isUnneeded(index)) return this.#skip(step);
    const { journal, now } = this.#input;
    const start = now();
    const startedAt = new Date(start).toISOString();
    const log: string[] = [];
    this.#log.emit({ type: 'step-started', step: step.id });
    const unnoted = await journal.begin(step.id, startedAt);
    // What was acquired is released even when that cannot be noted.
    const result: StepResult =
      unnoted === null || putsRight(step)
        ? await this.#attempt(step, { locks, toWrite, log, index })
        : { outcome: 'failed', findings: [unnoted] };
    const { outcome, changes, findings } = result;
    const durationMs = now() - start;
    const noted = await this.#note(step, {
      ...{ id: step.id, outcome, startedAt, durationMs, findings, log },
      ...(changes === undefined ? {} : { changes }),
    });
    if (succeeded(noted.outcome) && 'values' in result) Object.assign(this.#values, result.values);
    if ('incomplete' in result && step.sync !== undefined) this.#incomplete.add(step.sync);
    this.#log.stepEnded(noted);
    const acquired = outcome === 'done' || 'left' in result;
    return { outcome: noted.outcome, acquired, incomplete: isIncomplete(noted) };
  }

  async #attempt(step: Step, attempt: Attempt): Promise<StepResult> {
    const { locks, toWrite, log, index } = attempt;
    const { interruption, executor } = this.#input;
    const signal = putsRight(step) ? interruption.forced : interruption.gentle;
    try {
      const facts = step.preconditions.length === 0 ? null : await this.#looks.before(step);
      if (signal.aborted) return { outcome: 'interrupted', findings: [] };
      const mismatches = facts === null ? [] : checkPreconditions(step.preconditions, facts);
      if (facts !== null && mismatches.length > 0) {
        const broken = brokenConnection(facts);
        if (broken !== null) return { outcome: 'failed', findings: [connectionLost(step, broken)] };
        const renewed = index !== null && isOfAnotherRun(mismatches) ? await this.#steps.renew(index) : undefined;
        if (renewed === null) return { outcome: 'unneeded', findings: [] };
        if (renewed !== undefined) return await this.#attempt(renewed, { ...attempt, index: null });
        return { outcome: 'failed', findings: mismatches.map((mismatch) => staleFinding(step, mismatch)) };
      }
      const incomplete = this.#incomplete.has(step.sync);
      if (incomplete && step.kind === 'prune') return { outcome: 'unneeded', findings: [notPruned(step)] };
      const guard = new CommandGuard(step, this.#values);
      const result = await present(executor(step.executor.name), step.executor.name).apply(
        step,
        stepContext({
          ...{
            step,
            input: this.#input,
            log: this.#log,
            guard,
            locks,
            toWrite,
            values: this.#values,
            signal,
            incomplete,
          },
          ...{ looks: this.#looks, onLine: (line: string) => this.#heard(step, log, line) },
        }),
      );
      if ('values' in result) guard.checkValues(result.values ?? {});
      return result;
    } catch (error) {
      log.push(...stackOf(error).split('\n'));
      return { outcome: 'failed', findings: [internalError(step, error)] };
    }
  }

  #heard(step: Step, log: string[], line: string): void {
    log.push(line);
    if (log.length > LOG_LINES) log.shift();
    this.#log.emit({ type: 'step-output', step: step.id, line });
  }

  /** A success that is not on stable storage does not count: after a crash nobody would know of it. */
  async #note(step: Step, record: EndedRecord): Promise<EndedRecord> {
    const unnoted = await this.#input.journal.end(record);
    if (unnoted === null || record.findings.includes(unnoted)) return record;
    const outcome = succeeded(record.outcome) && !putsRight(step) ? 'failed' : record.outcome;
    return { ...record, outcome, findings: [...record.findings, unnoted] };
  }
}

function notPruned({ sync = '' }: Step): Finding {
  return { ...pruneHeld({ sync, snapshots: [] }), sync };
}

function succeeded(outcome: StepEnd['outcome']): boolean {
  return outcome === 'done' || outcome === 'unneeded';
}

function present<T>(value: T | undefined, name: string): T {
  if (value === undefined) throw new Error(`${name} is in the plan but not here`);
  return value;
}

function stackOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

function internalError(step: Step, error: unknown): Finding {
  return findingOf({ sync: step.sync }, internalErrorIn(step.id, messageOf(error)));
}

export interface ContextParts extends Pick<Attempt, 'locks' | 'toWrite'> {
  step: Step;
  input: RunInput;
  log: RunLog;
  guard: CommandGuard;
  looks: LastLooks;
  values: Readonly<Record<string, string>>;
  signal: AbortSignal;
  incomplete: boolean;
  /** Gets each line of the step's processes' standard error. */
  onLine: (line: string) => void;
}

/** What an executor may do and ask while it runs a step. */
function stepContext(parts: ContextParts): StepContext {
  const { step, input, log, guard, looks, locks, values, signal, incomplete } = parts;
  const begin = (argv: readonly string[]): void => {
    guard.check(argv);
    looks.begin(step);
  };
  const alone = !isOurs(step);
  const runner = runnerFor(input.world, step, { alone });
  const transport = input.world.transport(step.host);
  const inOrder = transport?.runInOrder?.bind(transport);
  return {
    ...(inOrder && {
      runInOrder: (commands) => {
        for (const argv of commands) begin(argv);
        return inOrder(commands, { onStderrLine: parts.onLine, locks, signal, alone });
      },
    }),
    run: (argv, output = {}): Promise<ProcessResult> => {
      begin(argv);
      const stdin = output.stdin === undefined ? {} : { stdin: inputOf(output.stdin, parts) };
      const options = { ...runOptions(output, parts.onLine), ...stdin, locks, signal };
      return runner.run(argv, options);
    },
    ...(step.devicesFor === 'writing' && { toWrite: parts.toWrite }),
    query: {
      countEntries: (path) => countEntries(runner, path, signal),
      rehearse: (argv, { signal: until = signal, ...options }) =>
        runner.run(rehearsal(step, argv, values), { ...options, signal: AbortSignal.any([signal, until]) }),
      countUnshared: (path) => countUnshared(runner, path, signal),
      lossSince: (copies) => lossSince(runner, copies, signal),
      observe: (): Promise<Facts> => looks.within(step),
      holders: (path) => holders(runner, path),
      prunable: () => prunableLater(step, input.plan.steps, runner),
    },
    get drives() {
      return bookOf(input);
    },
    secretProblem: (id) => secretProblem(id, parts),
    incomplete,
    soFar: () => log.soFar(),
    report: () => reportNow(parts),
    values,
    facts: input.facts,
    progress: (progress) => log.emit({ type: 'step-progress', step: step.id, progress: counted(progress, step) }),
    copied: (file) => {
      if (step.sync !== undefined) input.copied?.(step.sync, file);
    },
    mayLose: (loss) => mayLose(step, loss, input.allowDestructive),
    signal,
    now: input.now,
    allowDestructive: input.allowDestructive,
  };
}

/** What the step has not counted itself, the dry run for the plan may have. */
function counted(progress: TransferProgress, { estimate }: Step): TransferProgress {
  const isCounted = progress.total !== undefined || estimate?.basis !== 'dry-run';
  return isCounted ? progress : withTotal(progress, estimate.bytes);
}

/** Whether all that its programs do is known here, and that they leave nothing running. */
function isOurs({ kind, executor: { name } }: Step): boolean {
  return kind !== 'command' && BUILT_IN.some(({ planning }) => planning.name === name);
}

/** Whoever passes it on tells of the run even where no report can be made. */
async function reportNow({ step, input, log }: ContextParts): Promise<Result<string> | null> {
  try {
    return input.report === undefined ? null : success(await input.report(log.recordNow()));
  } catch (error) {
    return failure(internalError(step, error));
  }
}

function rehearsal(step: Step, argv: readonly string[], values: StepContext['values']): string[] {
  if (argv[0] === 'rsync' && argv.includes('--dry-run')) return fill(argv, values);
  throw new Error(`${step.id} takes for a dry run what is none: ${argv.join(' ')}`);
}

function runOptions({ onStdout, onStderrLine, timeoutMs }: CommandOutput, onLine: (line: string) => void): RunOptions {
  return {
    ...(onStdout === undefined ? {} : { onStdout }),
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
    onStderrLine: (line) => {
      if (onStderrLine?.(line) !== true) onLine(line);
    },
  };
}

function bookOf({ drives }: RunInput): DriveBook {
  if (drives === undefined) throw new Error('nobody keeps a book of the drives');
  return drives;
}
