import type { CopiedFile } from '../../src/planner/model/verification.ts';
import type { StepContext } from '../../src/executors/contract.ts';
import { countEntries, countUnshared, lossSince } from '../../src/hosts/rsync/count-entries.ts';
import { mayLose } from '../../src/executors/run/may-lose.ts';
import { CommandGuard } from '../../src/executors/run/command-guard.ts';
import { fill } from '../../src/planner/model/step.ts';
import type { ProcessResult, Transport } from '../../src/hosts/transport/transport.ts';
import type { TransferProgress } from '../../src/planner/model/event.ts';
import type { Facts } from '../../src/planner/model/facts.ts';
import type { Step } from '../../src/planner/model/step.ts';

export interface ContextOptions {
  transport: Transport;
  facts: Facts;
  observe: () => Promise<Facts>;
  values?: Record<string, string>;
  signal?: AbortSignal;
  now?: () => number;
  allowDestructive?: boolean;
  onProgress?: (progress: TransferProgress) => void;
  toWrite?: StepContext['toWrite'];
  /** Called after each command, with what it did: for bringing about an order of events. */
  onRan?: (argv: readonly string[], result: ProcessResult) => void | Promise<void>;
}

/** The context of a step on the real transport. It remembers what ran and what that wrote. */
export interface RecordedContext extends StepContext {
  ran: string[][];
  stdout: string[];
  copiedFiles: CopiedFile[];
}

export function stepContext(step: Step, options: ContextOptions): RecordedContext {
  const { transport, facts, values = {}, signal = new AbortController().signal } = options;
  const guard = new CommandGuard(step, values);
  const ran: string[][] = [];
  const stdout: string[] = [];
  const copied: CopiedFile[] = [];
  return {
    ran,
    stdout,
    copiedFiles: copied,
    run: async (argv, output = {}) => {
      guard.check(argv);
      const index = ran.push([...argv]) - 1;
      stdout[index] = '';
      const onStdout = (chunk: Buffer): void => {
        stdout[index] = (stdout[index] ?? '') + chunk.toString('latin1');
        output.onStdout?.(chunk);
      };
      const { stdin = [], ...others } = output;
      const parts = stdin.map((part) => (typeof part === 'string' || part instanceof Uint8Array ? part : ''));
      const input = stdin.length === 0 ? {} : { stdin: Buffer.concat(parts.map((part) => Buffer.from(part))) };
      const result = await transport.run(argv, { ...others, ...input, onStdout, signal });
      await options.onRan?.(argv, result);
      return result;
    },
    ...(options.toWrite && { toWrite: options.toWrite }),
    mayLose: (loss) => mayLose(step, loss, false),
    query: {
      countEntries: (path) => countEntries(transport, path, signal),
      rehearse: (argv, { signal: until = signal, ...input }) =>
        transport.run(fill(argv, values), { ...input, signal: AbortSignal.any([signal, until]) }),
      countUnshared: (path) => countUnshared(transport, path, signal),
      lossSince: (copies) => lossSince(transport, copies, signal),
      observe: options.observe,
      holders: () => Promise.resolve([]),
      prunable: () => Promise.resolve({ snapshots: [], bytes: null }),
    },
    get drives(): never {
      throw new Error('this step is about no drive');
    },
    secretProblem: () => null,
    report: () => Promise.resolve(null),
    soFar: () => ({ exitCode: 0, syncs: [], steps: [], findings: [] }),
    values,
    facts,
    progress: (progress) => options.onProgress?.(progress),
    copied: (file) => copied.push(file),
    signal,
    now: options.now ?? Date.now,
    incomplete: false,
    allowDestructive: options.allowDestructive ?? false,
  };
}
