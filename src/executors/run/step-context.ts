import type { Facts } from '../../planner/model/facts.ts';
import type { Step } from '../../planner/model/step.ts';
import type { Finding } from '../../planner/model/finding.ts';
import type { Result } from '../../planner/model/result.ts';
import { holders } from '../../hosts/observe/holders.ts';
import type { CommandOutput, InputPart, StepContext } from '../contract.ts';
import type { DriveBook } from '../../store/drive-notes.ts';
import type { Lock, ProcessResult, RunOptions } from '../../hosts/transport/transport.ts';
import { runnerFor } from '../../hosts/world.ts';
import { countEntries } from './count-entries.ts';
import type { CommandGuard } from './command-guard.ts';
import type { RunInput } from './run-input.ts';
import type { RunLog } from './run-log.ts';

export interface ContextParts {
  step: Step;
  input: RunInput;
  log: RunLog;
  guard: CommandGuard;
  /** Those that the step's processes keep when this one is killed. */
  locks: readonly Lock[];
  values: Readonly<Record<string, string>>;
  signal: AbortSignal;
  /** Gets each line of the step's processes' standard error. */
  onLine: (line: string) => void;
}

/** What an executor may do and ask while it runs a step. */
export function stepContext(parts: ContextParts): StepContext {
  const { step, input, log, guard, locks, values, signal } = parts;
  const runner = runnerFor(input.world, step);
  return {
    run: (argv, output = {}): Promise<ProcessResult> => {
      guard.check(argv);
      const stdin = output.stdin === undefined ? {} : { stdin: inputOf(output.stdin, parts) };
      const options = { ...runOptions(output, parts.onLine), ...stdin, locks, signal };
      return runner.run(argv, options);
    },
    query: {
      countEntries: (path) => countEntries(runner, path, signal),
      observe: (): Promise<Facts> => input.replanning.observeStep(step),
      holders: (path) => holders(runner, path),
    },
    get drives() {
      return bookOf(input);
    },
    secretProblem: (id) => secretProblem(id, parts),
    soFar: () => log.soFar(),
    values,
    facts: input.facts,
    progress: (progress) => log.emit({ type: 'step-progress', step: step.id, progress }),
    copied: (file) => {
      if (step.sync !== undefined) input.copied?.(step.sync, file);
    },
    signal,
    now: input.now,
    allowDestructive: input.allowDestructive,
  };
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

function secretProblem(id: string, parts: ContextParts): Finding | null {
  const secret = secretOf(id, parts);
  const [finding = null] = secret.ok ? [] : secret.findings;
  return finding;
}

function secretOf(id: string, { step, input }: ContextParts): Result<string> {
  const secret = step.secrets?.includes(id) === true ? input.secrets?.get(id) : undefined;
  if (secret === undefined) throw new Error(`the plan does not say that ${step.id} uses the passphrase ${id}`);
  return secret;
}

function inputOf(stdin: readonly InputPart[], parts: ContextParts): string | Uint8Array {
  const written = stdin.map((part) => (part instanceof Uint8Array ? part : textOf(part, parts)));
  if (written.every((part) => typeof part === 'string')) return written.join('');
  return Buffer.concat(written.map((part) => Buffer.from(part)));
}

/** Nothing at all stands for a passphrase that is not at hand. */
function textOf(part: Exclude<InputPart, Uint8Array>, parts: ContextParts): string {
  if (typeof part === 'string') return part;
  const secret = secretOf(part.secret, parts);
  const value = secret.ok ? secret.value : '';
  return part.escaped === true ? value.replace(/["\\]/g, '\\$&') : value;
}
