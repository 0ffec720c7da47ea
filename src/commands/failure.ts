import { CLIError, ExitError } from '@oclif/core/errors';
import { EXIT } from '../planner/model/exit-code.ts';
import { bugText, usageText } from '../reporters/human/failure.ts';
import { Output } from './output.ts';
import { Interrupted } from './pipeline/confirm.ts';
import { UsageError } from '../api/usage-error.ts';
import { usage } from '../planner/model/findings/questions.ts';

/**
 * Says what an exception is about: a command line that was not understood, what a plugin of oclif reports, or a bug.
 *
 * @param version of nbkp
 * @returns the exit code
 */
export function reportFailure(error: unknown, argv: readonly string[], version: string): number {
  const output = new Output(argv);
  output.speak();
  if (error instanceof UsageError) return reportUsage(output, error);
  if (error instanceof Interrupted) {
    output.findings([error.finding]);
    return error.exitCode;
  }
  if (error instanceof ExitError) return error.oclif.exit ?? EXIT.failed;
  if (error instanceof CLIError && error.code !== 'MODULE_NOT_FOUND') {
    output.aside(`${error.message}\n`);
    return error.oclif.exit ?? EXIT.failed;
  }
  const platform = `node ${process.version}, ${process.platform} ${process.arch}`;
  output.aside(bugText({ error, argv, version, platform }));
  return EXIT.failed;
}

function reportUsage(output: Output, { message, help }: UsageError): number {
  const finding = usage(message, help);
  if (output.json) output.findings([finding]);
  else output.aside(usageText(finding, output.asideStyle()));
  return EXIT.usage;
}
