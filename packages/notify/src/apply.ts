import type { Finding, ProcessResult, Step, StepContext, StepResult } from 'nbkp/executor';
import { commandFor, notifyParams } from './commands.ts';
import { configFor, messageFor, reportOf } from './message.ts';

/** Tells one target. Whatever becomes of that, the run is what it is: a failure is a warning. */
export async function applyNotify(step: Step, context: StepContext): Promise<StepResult> {
  const params = notifyParams(step.params);
  const run = context.soFar();
  const message = messageFor(params, run);
  if (message === null) return { outcome: 'unneeded', findings: [] };
  const missing = (step.secrets ?? []).map((id) => context.secretProblem(id)).find((problem) => problem !== null);
  if (missing != null) return untold(step, missing.message, missing.help);
  const argv = commandFor(params, message).map((word) => word.replace('{report:run}', reportOf(message, run)));
  const result = await context.run(argv, {
    stdin: configFor(params, message, run),
    timeoutMs: 45_000,
    // It is in the warning, as far as it may be.
    onStderrLine: () => true,
  });
  if (result.code === 0) return { outcome: 'done', findings: [] };
  const [program = ''] = argv;
  if (result.error === 'ENOENT') {
    const help = `sudo apt install ${program === 'curl' ? 'curl' : 'libnotify-bin'}`;
    return untold(step, `${program} is not installed.`, help);
  }
  return untold(step, program === 'curl' ? answerOf(result) : (result.stderr.at(-1) ?? `${program} failed.`));
}

/** curl(1), EXIT CODES. Its own words would name the address, which may be a credential. */
const REASONS: Readonly<Record<number, string>> = {
  3: 'the address is not a URL',
  5: 'the proxy is not known',
  6: 'the host is not known',
  7: 'nothing listens there',
  28: 'there was no answer in time',
  35: 'no secure connection could be made',
  60: 'its certificate is not trusted',
};

function answerOf({ code, stdout, timedOut }: ProcessResult): string {
  if (timedOut) return 'there was no answer in time.';
  if (code === 22) return `the answer was HTTP ${stdout.toString('latin1').trim()}.`;
  return `${REASONS[code ?? 0] ?? 'curl failed'} (curl's exit code ${code ?? 'is unknown'}).`;
}

function untold({ summary }: Step, why: string, help?: string): StepResult {
  const finding: Finding = {
    severity: 'warning',
    code: 'notify-failed',
    message: `Could not ${summary}: ${why}`,
    ...(help === undefined ? {} : { help }),
  };
  return { outcome: 'done', findings: [finding] };
}
