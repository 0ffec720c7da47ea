import type { Finding, InputPart, ProcessResult, RunSoFar, Step, StepContext, StepResult } from 'nbkp/executor';
import { commandFor, notifyParams, type Message, type NotifyParams } from './commands.ts';
import { mailOf, type Mail } from './mail.ts';
import { configFor, messageFor, reportOf } from './message.ts';

/** Tells one target. Whatever becomes of that, the run is what it is: a failure is a warning. */
export async function applyNotify(step: Step, context: StepContext): Promise<StepResult> {
  const params = notifyParams(step.params);
  const run = context.soFar();
  const message = messageFor(params, run, context.facts.history);
  if (message === null) return { outcome: 'unneeded', findings: [] };
  const missing = (step.secrets ?? []).map((id) => context.secretProblem(id)).find((problem) => problem !== null);
  if (missing != null) return untold(step, missing.message, missing.help);
  const argv = commandFor(params, message).map((word) => word.replace('{report:run}', reportOf(message, run)));
  const result = await context.run(argv, {
    stdin: await inputFor(params, message, run, context),
    timeoutMs: 45_000,
    // It is in the warning, as far as it may be.
    onStderrLine: () => true,
  });
  if (result.code === 0) return { outcome: 'done', findings: [] };
  const [program = ''] = argv;
  if (result.error === 'ENOENT') {
    const help = `sudo apt install ${PACKAGES[program] ?? 'msmtp-mta'}`;
    return untold(step, `${program} is not installed.`, help);
  }
  return untold(step, program === 'curl' ? answerOf(result) : (result.stderr.at(-1) ?? `${program} failed.`));
}

/** Debian's, by program; any other is one that sends mails. */
const PACKAGES: Readonly<Record<string, string>> = { curl: 'curl', 'notify-send': 'libnotify-bin' };

async function inputFor(
  params: NotifyParams,
  message: Message,
  run: RunSoFar,
  context: StepContext,
): Promise<readonly InputPart[]> {
  const { target } = params;
  if (target.kind !== 'mail') return configFor(params, message, run);
  const report = target.report && message !== 'start' ? await reportFor(context) : null;
  return [mailOf({ target, message, run, now: context.now(), report })];
}

async function reportFor(context: StepContext): Promise<Mail['report']> {
  const made = await context.report();
  if (made === null) return { why: 'the program that ran this makes none. By hand: nbkp report' };
  return made.ok ? { html: made.value } : { why: made.findings.map((finding) => finding.message).join(' ') };
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
