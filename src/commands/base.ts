import { Command } from '@oclif/core/command';
import * as Flags from '@oclif/core/flags';
import type { Input, ParserOutput } from '@oclif/core/interfaces';
import type { Finding } from '../planner/model/finding.ts';
import { EXIT, type ExitCode } from '../planner/model/exit-code.ts';
import type { Result } from '../planner/model/result.ts';
import { relativeEntries } from '../hosts/transport/environment.ts';
import { shellCommand } from '../reporters/text/shell.ts';
import type { Surroundings } from '../api/surroundings.ts';
import { closeAll } from './at-end.ts';
import { thisProcess } from './pipeline/this-user.ts';
import type { ExitCodeHelp } from './exit-codes.ts';
import { Output } from './output.ts';
import { systemError } from '../planner/model/system-error.ts';
import { refuseNonText } from '../api/text-paths.ts';
import { UsageError } from '../api/usage-error.ts';
import { parserError } from './usage-error.ts';

/** The flag of every command that reads a spec. */
export const specFlag = Flags.string({
  char: 'c',
  env: 'NBKP_SPEC',
  helpValue: 'FILE',
  summary: 'The spec. Without it: ./nbkp.toml, then nbkp/nbkp.toml in the configuration directory, then in /etc.',
});

/** Findings in place of an answer, on their way out of a command. */
class Failed extends Error {
  readonly findings: readonly Finding[];
  readonly code: ExitCode;

  constructor(findings: readonly Finding[], code: ExitCode) {
    super('the command has no answer');
    this.findings = findings;
    this.code = code;
  }
}

type Values = Record<string, unknown>;

/** What every command of nbkp has in common. */
export abstract class BaseCommand extends Command {
  static override baseFlags = {
    json: Flags.boolean({ summary: 'Print one JSON document; texts for people go to standard error.' }),
    quiet: Flags.boolean({ char: 'q', helpGroup: 'GLOBAL', summary: 'Say nothing unless something goes wrong.' }),
    verbose: Flags.boolean({
      char: 'v',
      helpGroup: 'GLOBAL',
      summary: 'Tell each step of a run in a line; -vv: each command that is run, too, with its time.',
    }),
    'log-file': Flags.string({
      helpGroup: 'GLOBAL',
      helpValue: 'FILE',
      summary: 'Append what is said to a file too, each line with its time.',
    }),
    syslog: Flags.boolean({ helpGroup: 'GLOBAL', summary: "Write what is said to the system's log too." }),
  };

  /** Shown in the help: see `exitCodes`. */
  static exitCodes: readonly ExitCodeHelp[];

  protected readonly output = new Output(this.argv);

  /** This process, for what is below the commands. */
  protected get around(): Surroundings {
    return thisProcess(this.config);
  }

  /** Does what the command is for and says how it ended. */
  protected abstract execute(): Promise<ExitCode>;

  override async run(): Promise<void> {
    refuseOpenPath();
    refuseNonText(this.typed, process.env, currentFolder());
    await this.#listen();
    const errors: Error[] = [];
    try {
      process.exitCode = await this.settled(() => this.execute());
    } catch (error) {
      errors.push(error instanceof Error ? error : new Error(String(error)));
    }
    const { output } = this;
    if (errors.length > 0 || process.exitCode !== EXIT.done) output.speak();
    for (const { message } of errors) output.log?.(message);
    const [first, ...others] = [...errors, ...(await closeAll())];
    for (const { message } of others) output.aside(`${message}\n`);
    if (first !== undefined) throw first;
  }

  /** What is seldom asked for is loaded only then. */
  async #listen(): Promise<void> {
    const { output } = this;
    const { env } = process;
    const { manner } = output;
    const aside = (text: string): void => output.aside(text);
    if (manner.logFile !== null || manner.syslog) {
      const { openLogs } = await import('./logs.ts');
      output.log = openLogs(manner, (text) => process.stderr.write(text));
      output.log(shellCommand(this.typed));
    }
    if (manner.verbosity > 1 || (env['NBKP_TRACE'] ?? env['DEBUG'])) {
      const { startTrace } = await import('./trace.ts');
      startTrace(env, aside, manner.verbosity > 1);
    }
  }

  /** The command as typed. */
  protected get typed(): string[] {
    return ['nbkp', ...(this.id ?? '').split(':'), ...this.argv];
  }

  /** Runs it with oclif's own frame around it. oclif's `run` would load the configuration a second time. */
  start(): Promise<void> {
    return this._run();
  }

  protected override async parse<F extends Values, B extends Values, A extends Values>(
    options?: Input<F, B, A>,
    argv?: string[],
  ): Promise<ParserOutput<F, B, A>> {
    const taken = options ?? this.ctor;
    const { args = {}, baseFlags } = taken;
    try {
      return await super.parse(
        Object.assign({}, taken, { baseFlags, args: fromWordsOnly(args) }) as Input<F, B, A>,
        argv,
      );
    } catch (error) {
      const { specAtHand } = await import('../api/spec-at-hand.ts');
      throw parserError(error, {
        command: (this.id ?? '').replaceAll(':', ' '),
        flags: { ...this.ctor.baseFlags, ...this.ctor.flags },
        args: this.ctor.args,
        names: (kind) => Object.keys(specAtHand(this.around, this.argv)?.[`${kind}s`] ?? {}),
      });
    }
  }

  /** oclif would print the error; `src/index.ts` does. */
  protected override catch(error: Error): Promise<never> {
    return Promise.reject(error);
  }

  /**
   * The value of a result. Findings in its place end the command.
   *
   * @throws Failed
   */
  protected need<T>(result: Result<T>, code: ExitCode | ((findings: readonly Finding[]) => ExitCode)): T {
    if (result.ok) return result.value;
    throw new Failed(result.findings, typeof code === 'function' ? code(result.findings) : code);
  }

  /** How work ended, and what it failed with is said. */
  protected async settled(work: () => Promise<ExitCode>): Promise<ExitCode> {
    try {
      return await work();
    } catch (error) {
      if (error instanceof Failed) return this.fail(error.findings, error.code);
      throw error;
    }
  }

  /** Ends a command that has findings instead of an answer. */
  protected fail(findings: readonly Finding[], code: ExitCode): ExitCode {
    this.output.findings(findings);
    return code;
  }
}

/** oclif would take what is piped into nbkp for an argument that was not typed. */
function fromWordsOnly(args: object): object {
  return Object.fromEntries(
    Object.entries(args).map(([name, arg]: [string, object]) => [name, { ...arg, ignoreStdin: true }]),
  );
}

/** Empty where it was removed: whatever needs it says so. */
function currentFolder(): string {
  try {
    return process.cwd();
  } catch (error) {
    if (systemError(error).code === 'ENOENT') return '';
    throw error;
  }
}

/** As root, a program that anybody put into the current folder may not be found. For others such entries do not count. */
function refuseOpenPath(): void {
  const path = process.env['PATH'];
  const [entry] = process.getuid?.() === 0 && path !== undefined ? relativeEntries(path) : [];
  if (entry === undefined) return;
  const named = entry === '' ? 'an empty entry, which is the current folder' : `the entry ${JSON.stringify(entry)}`;
  throw new UsageError(
    `PATH has ${named}. As root, nbkp starts programs from absolute folders only.`,
    'Set PATH to absolute folders, such as /usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
  );
}
