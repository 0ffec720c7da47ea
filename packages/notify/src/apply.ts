import type { Finding, Step, StepContext, StepResult } from 'nbkp/executor';
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
  const { code, error, stderr } = await context.run(argv, {
    stdin: configFor(params, message, run),
    timeoutMs: 45_000,
    // It is in the warning.
    onStderrLine: () => true,
  });
  if (code === 0) return { outcome: 'done', findings: [] };
  if (error === 'ENOENT')
    return untold(
      step,
      `${argv[0] ?? ''} is not installed.`,
      `sudo apt install ${argv[0] === 'curl' ? 'curl' : 'libnotify-bin'}`,
    );
  return untold(step, stderr.at(-1) ?? `${argv[0] ?? ''} ended with exit code ${code ?? 'none'}.`);
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
